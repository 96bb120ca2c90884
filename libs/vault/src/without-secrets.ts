import { looksSecret } from './secret-detection.js';
import { secretFormats } from './secret-formats.js';

const mask = '***';

const privateKey = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----|$)/g;
const authorization = /\b(Bearer|Basic)\s{1,4}[\w+/=.~-]{8,}/gi;
// What ends a secret in running text.
const untilItEnds = '[^\\s&;,"\'`<>()]*';
const everywhere = secretFormats.map(
  (format) => new RegExp(`(?:${format.source})${untilItEnds}`, `g${format.flags.replace('g', '')}`),
);
const assignment = /\b([A-Za-z_][\w-]{0,80})=(["']?)([^\s"']{4,512})/g;

/**
 * A text for people and agents with every secret of a known form replaced by `***`: private keys as a whole, vendor tokens,
 * passwords in URLs, `Bearer …`, and what is assigned to a name of a secret (`API_KEY=…`).
 */
export function withoutSecrets(text: string): string {
  let clean = text.replace(privateKey, mask).replace(authorization, `$1 ${mask}`);
  for (const format of everywhere) clean = clean.replace(format, mask);
  return clean.replace(assignment, (whole, name: string, quote: string, value: string) =>
    value !== mask && looksSecret(name, value) ? `${name}=${quote}${mask}` : whole,
  );
}
