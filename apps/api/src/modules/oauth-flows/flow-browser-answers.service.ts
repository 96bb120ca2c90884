import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { unauthenticated } from '#access';
import { AppError, type CallerScope, raise } from '#kernel';
import { FlowBrowser } from './flow-browser.service.js';
import { FlowCallback } from './flow-callback.service.js';
import type { FlowAnswer } from './flow-completion.service.js';
import { FlowPages } from './flow-pages.service.js';
import { FlowReconnect } from './flow-reconnect.service.js';
import { toConnectedResponse } from './oauth-flows.mapper.js';
import type { Flow } from './oauth-flows.types.js';

/** Answers browsers with pages, and programs that ask for JSON with JSON. */
@Injectable()
export class FlowBrowserAnswers {
  constructor(
    private readonly callbacks: FlowCallback,
    private readonly reconnects: FlowReconnect,
    private readonly browser: FlowBrowser,
    private readonly pages: FlowPages,
  ) {}

  /** Takes the provider's answer. @throws AppError for programs, and for faults of ours. */
  callback(caller: CallerScope, response: Response): Promise<void> {
    const request = response.req;
    return this.#answer(response, async () => {
      const answer = await this.callbacks.read(caller, this.browser.hashOf(request), queryOf(request));
      await this.#answer(response, () => this.#complete(caller, answer, response), answer.flow);
    });
  }

  /** Sends the browser to the provider once more. @throws AppError for programs, and for faults of ours. */
  reconnect(caller: CallerScope, credentialId: string, response: Response): Promise<void> {
    const request = response.req;
    return this.#answer(response, async () => {
      response.setHeader('Cache-Control', 'no-store');
      if (caller.actor.userId === null) return this.#signIn(response);
      const { scope, credential } = await this.reconnects.find(caller, credentialId);
      // A foreign page may have signed the browser in at the provider as somebody of its choice.
      if (request.headers['sec-fetch-site'] === 'cross-site')
        return this.pages.send(response, 200, this.pages.confirm(credential.name, pathOf(request)));
      const flow = await this.reconnects.start(scope, credential, this.browser.bind(response));
      response.status(302).location(flow.authUrl).end();
    });
  }

  async #complete(caller: CallerScope, answer: FlowAnswer, response: Response): Promise<void> {
    const done = await this.callbacks.complete(caller, answer);
    response.setHeader('Cache-Control', 'no-store');
    if (wantsJson(response.req)) response.status(200).json(toConnectedResponse(done));
    else this.pages.send(response, 200, this.pages.connected(done));
  }

  #signIn(response: Response): void {
    if (wantsJson(response.req)) raise(unauthenticated('no_credentials'));
    response
      .status(302)
      .location(`/login?callbackUrl=${encodeURIComponent(pathOf(response.req))}`)
      .end();
  }

  // The page of a failure names the flow only to the browser of its initiator: `flow` is given once that is settled.
  async #answer(response: Response, work: () => Promise<void>, flow: Flow | null = null): Promise<void> {
    // Link checkers ask for the head of what they find. That must neither use a state up nor begin anything.
    if (response.req.method === 'HEAD') {
      response.status(200).setHeader('Cache-Control', 'no-store').type('html').end();
      return;
    }
    try {
      await work();
    } catch (error) {
      // A fault of ours is answered, and logged, as everywhere else.
      if (!(error instanceof AppError) || error.kind === 'internal' || wantsJson(response.req)) throw error;
      this.pages.send(response, error.status, this.pages.failed(error, flow));
    }
  }
}

function wantsJson(request: Request): boolean {
  return request.accepts(['html', 'json']) === 'json';
}

function pathOf(request: Request): string {
  return request.originalUrl.split('?', 1)[0] ?? '/';
}

function queryOf(request: Request): URLSearchParams {
  const start = request.originalUrl.indexOf('?');
  return new URLSearchParams(start === -1 ? '' : request.originalUrl.slice(start));
}
