import { STATUS_CODES } from 'node:http';
import { Injectable } from '@nestjs/common';
import { type Manifest, resolveHttp, type TemplateSource } from '#connector-manifests';
import { Egress, type EgressReply, findRefusal } from '#egress';
import { AppError, isJsonObject, type JsonValue, Secret } from '#kernel';
import type { ProviderWords } from './provider-words.js';
import { invalidField } from './submitted-values.js';
import { accepted, rejected, type Verdict, verifyDeadlineMs } from './verdict.js';

type HttpVerify = NonNullable<NonNullable<Manifest['verify']>['http']>;

/** Tries values with one HTTP call to the provider. */
@Injectable()
export class HttpVerifyService {
  constructor(private readonly egress: Egress) {}

  /** @throws AppError 400 for a value that cannot stand where the call needs it. */
  async verify(source: TemplateSource, http: HttpVerify, words: ProviderWords): Promise<Verdict> {
    const call = resolveHttp(source, http);
    if (!call.ok) throw invalidField(call);
    // All headers count as credentials: none follows a redirect to another origin.
    const headers = Object.fromEntries(Object.entries(call.headers).map(([name, value]) => [name, new Secret(value)]));
    try {
      const reply = await this.egress.request(call.url, {
        purpose: 'connector.verify',
        method: http.method,
        headers,
        redirects: { max: 3 },
        deadlineMs: verifyDeadlineMs,
        maxBytes: 65_536,
      });
      return judged(reply, http, words);
    } catch (error) {
      if (error instanceof AppError) return rejected(explained(error));
      throw error;
    }
  }
}

function explained(error: AppError): string {
  const refusal = findRefusal(error);
  return refusal === null ? `provider unreachable: ${error.message}` : `verify URL rejected: ${refusal.reason}`;
}

function judged(reply: EgressReply, http: HttpVerify, words: ProviderWords): Verdict {
  if (reply.status !== http.expect_status) {
    const status = `${reply.status} ${STATUS_CODES[reply.status] ?? ''}`.trim();
    return rejected(words.after(`provider returned ${status}`, reply.text()));
  }
  const member = http.expect_json_field;
  if (member === undefined) return accepted();
  const body = jsonOf(reply.text());
  if (!isJsonObject(body)) return rejected('verify response body was not valid JSON');
  if (Object.hasOwn(body, member) && body[member] === true) return accepted();
  const reason = [body.error, body.message].find((text) => typeof text === 'string' && text !== '');
  return rejected(words.after('provider rejected credentials', typeof reason === 'string' ? reason : ''));
}

function jsonOf(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
