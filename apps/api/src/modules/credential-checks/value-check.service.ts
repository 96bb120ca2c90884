import { Injectable } from '@nestjs/common';
import { Egress } from '#egress';
import { AppError, type Secret } from '#kernel';
import { testableProvider } from '../credentials/credential-provider-rules.js';
import { VendorProbes } from './vendor-probes.js';

/** What a try at the provider found. */
export interface CheckResult {
  valid: boolean;
  /** Status of the provider's answer; 0 when there was none. */
  status: number;
  /** A sentence; null when there is nothing to say. Never the provider's words, which may repeat the value. */
  error: string | null;
  /** Whether values of this kind can be tried out. */
  supported: boolean;
  /** Class of the failure, for a credential's health: `http_401`, `timeout`, `connection_failed`; null when valid. */
  errorClass: string | null;
}

const deadlineMs = 10_000;
const unsupported: CheckResult = {
  valid: true,
  status: 0,
  error: 'No validation available for this provider',
  supported: false,
  errorClass: null,
};

/** Tries values out at the providers that they belong to. */
@Injectable()
export class ValueCheckService {
  constructor(
    private readonly probes: VendorProbes,
    private readonly egress: Egress,
  ) {}

  /** Whether values of this provider and type can be tried out. */
  supports(provider: string, type: string): boolean {
    return testableProvider(provider, type) !== null;
  }

  /** Sends the value to its provider, if that is one of the known ones. A failure of the network is a result as well. */
  async check(provider: string, type: string, value: Secret): Promise<CheckResult> {
    const known = testableProvider(provider, type);
    if (known === null) return unsupported;
    const probe = this.probes.of(known);
    if (probe.unprobed.some((beginning) => value.reveal().startsWith(beginning))) return accepted(0);
    try {
      const { status } = await this.egress.request(probe.url, {
        purpose: 'credential.test',
        method: probe.method,
        headers: probe.headers(value),
        deadlineMs,
        redirects: 'refuse',
      });
      return probe.valid.includes(status) ? accepted(status) : refused(status);
    } catch (error) {
      return unanswered(error);
    }
  }
}

function accepted(status: number): CheckResult {
  return { valid: true, status, error: null, supported: true, errorClass: null };
}

function refused(status: number): CheckResult {
  return { valid: false, status, error: sentenceOf(status), supported: true, errorClass: `http_${status}` };
}

function sentenceOf(status: number): string {
  if (status === 429) return 'The provider limits requests right now (429). Try again later';
  if (status >= 500) return `The provider has a problem (${status}). Try again later`;
  if (status === 403) return 'The provider does not let this credential in (403). Check its permissions';
  if (status === 400 || status === 401) return `The provider does not accept the credential (${status})`;
  return `The provider answered with status ${status}`;
}

function unanswered(error: unknown): CheckResult {
  const failed = (sentence: string, errorClass: string): CheckResult => ({
    valid: false,
    status: 0,
    error: sentence,
    supported: true,
    errorClass,
  });
  if (!(error instanceof AppError)) throw error;
  switch (error.code) {
    case 'egress.header_not_allowed':
      return failed('The value holds characters that no header may hold, such as a line break', 'malformed_value');
    case 'egress.deadline_exceeded':
      return failed('The provider did not answer within 10 s', 'timeout');
    case 'egress.redirect_refused':
    case 'egress.response_too_large':
      return failed('The provider answered in an unexpected way', 'unexpected_answer');
    default:
      return failed('The provider could not be reached', 'connection_failed');
  }
}
