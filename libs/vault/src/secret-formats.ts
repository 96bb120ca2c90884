// Every pattern runs in time linear in the value: a match can begin at one place of a run of token characters only, and
// runs that may not end are bounded.
const tokens = [
  /gh[pousr]_[A-Za-z0-9]{6,}/, // GitHub
  /github_pat_\w{6,}/,
  /gl(?:pat|dt|rt|cbt|ptt|ft|soat)-[\w-]{6,}/, // GitLab
  /(?:sk|rk|whsec)[-_][\w-]{8,}/, // OpenAI, Anthropic, Stripe, our own team keys
  /xox[a-z]-[\w-]{6,}/, // Slack
  /xapp-[\w-]{6,}/,
  /(?:AKIA|ASIA)[0-9A-Z]{12,}/, // AWS
  /AIza[\w-]{20,}/, // Google
  /ya29\.[\w-]{10,}/,
  /eyJ[\w-]{6,}\.[\w-]{6,}(?:\.[\w-]*){0,3}/, // JWT and JWE
  /npm_[A-Za-z0-9]{12,}/,
  /pypi-[\w-]{16,}/,
  /hf_[A-Za-z0-9]{16,}/, // Hugging Face
  /SG\.[\w-]{10,}\.[\w-]{10,}/, // SendGrid
  /hvs\.[\w-]{16,}/, // HashiCorp Vault
  /dckr_pat_[\w-]{10,}/,
  /do[oprt]_v1_[a-f0-9]{16,}/, // DigitalOcean
  /shp(?:at|ca|pa|ss)_[A-Fa-f0-9]{16,}/, // Shopify
  /(?:lin_api|ntn|figd)_[\w-]{16,}/, // Linear, Notion, Figma
  /AGE-SECRET-KEY-1[0-9A-Z]{20,}/,
  /crewship_(?:cli|admin)_\w{4,}/, // our own
  /ak_[\w-]{8,}/, // Composio
  /\d{8,10}:[\w-]{35}(?![\w-])/, // Telegram bots
];

/** The forms, as patterns without flags of their own that matter: none is global. */
export const secretFormats: readonly RegExp[] = [
  new RegExp(String.raw`(?<![\w-])(?:${tokens.map((token) => token.source).join('|')})`),
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY/,
  /^\s*Bearer\s+\S/i,
  /^\s*(?:Basic|Token)\s+[\w+/=.~-]{8,}\s*$/i,
  // A password in a URL, which people forget to encode: it may hold / # ? but `host:8080/@scope` is a port and a path.
  /[a-z][a-z0-9+.-]{0,20}:\/\/[^\s/?#@:]{0,256}:(?!\d{1,5}[/?#])[^\s@]{1,512}@/i,
  /[?&](?:auth|sig|signature|key)=[^&\s]{4}/i,
  // Queries and connection strings: `?api_key=…`, `Server=db;Password=…`, `host=db password=…`.
  /(?:^|[?&;,\s])(?:api[_-]?key|(?:shared)?access[_-]?key|account[_-]?key|(?:access[_-]?)?token|secret|password|pwd)=[^&;\s]{2}/i,
  /hooks\.slack\.com\/(?:services|workflows|triggers)\/\w/i,
  /discord(?:app)?\.com\/api\/webhooks\/\d/i,
];

/** Whether a value is, or holds, a credential of a known form: vendor tokens, private keys, passwords in URLs. */
export function hasSecretFormat(value: string): boolean {
  return secretFormats.some((format) => format.test(value));
}
