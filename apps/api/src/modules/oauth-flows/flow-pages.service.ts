import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { AppConfig } from '#config';
import type { AppError } from '#kernel';
import { connectionPage, type Page, type PageContent } from './connection-page.js';
import { adviceOf } from './failure-advice.js';
import type { CompletedFlow, Flow } from './oauth-flows.types.js';

/** The pages that people see at the end of a flow. */
@Injectable()
export class FlowPages {
  readonly #origins: readonly string[];

  constructor(config: AppConfig) {
    this.#origins = [...new Set([new URL(config.http.publicUrl).origin, ...config.http.allowedOrigins])];
  }

  /** All went well. */
  connected({ credentialId, flowId }: CompletedFlow): Page {
    return this.#page({
      heading: 'Connected',
      sentences: [
        'Authorization successful! You can close this window.',
        'Crewship keeps the access sealed. Go on where you began.',
      ],
      detail: null,
      signal: { type: 'crewship:oauth', status: 'ok', credential_id: credentialId, flow_id: flowId, code: null },
    });
  }

  /** It did not, and what to do. `flow`: the one that it went wrong with, where the browser may know it. */
  failed(error: AppError, flow: Flow | null): Page {
    const { heading, advice, toldByAdvice } = adviceOf(error.code);
    const signal = {
      type: 'crewship:oauth',
      status: 'failed',
      credential_id: flow?.credentialId ?? null,
      flow_id: flow?.id ?? null,
      code: error.code,
    } as const;
    return this.#page({ heading, sentences: advice, detail: toldByAdvice ? null : error.message, signal });
  }

  /** Asks before going on to a provider, where a foreign page sent the browser here. */
  confirm(credentialName: string, href: string): Page {
    return this.#page({
      heading: `Connect “${credentialName}” again?`,
      sentences: [
        'Another page sent you here. Go on only if you wanted to connect this credential: the account that you approve ' +
          'with at the provider is the one that agents will use.',
      ],
      detail: null,
      signal: null,
      link: { href, text: 'Go on to the provider' },
    });
  }

  /** Answers a page. Its own policy replaces the API's, which lets pages do nothing. */
  send(response: Response, status: number, { html, contentSecurityPolicy }: Page): void {
    response.status(status);
    response.setHeader('Content-Security-Policy', contentSecurityPolicy);
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('Referrer-Policy', 'no-referrer');
    response.type('html').send(html);
  }

  #page(content: PageContent): Page {
    return connectionPage(content, this.#origins);
  }
}
