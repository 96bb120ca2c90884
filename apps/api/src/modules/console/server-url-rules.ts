import { checkSecureEndpoint, type EgressPolicy } from '#egress';

/** Why a server may not be registered at this URL, without the member's name; null when it may. */
export function serverUrlFault(text: string, policy: EgressPolicy): string | null {
  // The console knows no references: with one, a key could have any secret of the workspace sent to a host of its choice.
  if (text.includes('{{')) return 'must not contain references';
  const check = checkSecureEndpoint(text, policy);
  if (!check.ok) return check.rule === 'plain_http' ? 'must be an https URL' : `is not allowed: ${check.reason}`;
  return check.url.hash === '' && !text.includes('#') ? null : 'must not have a fragment';
}

/** Whether two URLs are of one scheme, host and port. */
export function isSameOrigin(left: string | null, right: string | null): boolean {
  if (left === null || right === null || !URL.canParse(left) || !URL.canParse(right)) return false;
  return new URL(left).origin === new URL(right).origin;
}
