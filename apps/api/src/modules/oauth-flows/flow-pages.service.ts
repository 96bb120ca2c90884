import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { AppConfig } from '#config';
import type { AppError } from '#kernel';
import { connectionPage, type Page, type PageContent } from './connection-page.js';
import { adviceOf } from './failure-advice.js';
import type { CompletedFlow } from './oauth-flows.types.js';

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
      sentences: ['Authorization successful! You can close this window.'],
      signal: { type: 'crewship:oauth', status: 'ok', credential_id: credentialId, flow_id: flowId, code: null },
    });
  }

  /** It did not, and what to do. */
  failed(error: AppError): Page {
    const { heading, advice } = adviceOf(error.code);
    const signal = {
      type: 'crewship:oauth',
      status: 'failed',
      credential_id: null,
      flow_id: null,
      code: error.code,
    } as const;
    return this.#page({ heading, sentences: [asSentence(error.message), advice], signal });
  }

  /** Asks before going on to a provider, where a foreign page sent the browser here. */
  confirm(credentialName: string, href: string): Page {
    return this.#page({
      heading: `Connect “${credentialName}” again?`,
      sentences: [
        'Another page sent you here. Go on only if you wanted to connect this credential: the account that you approve ' +
          'with at the provider is the one that agents will use.',
      ],
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

function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
