// A key that holds one of these words holds a secret: GITHUB_TOKEN, clientSecret, X-Api-Key, SECRET_KEY_BASE.
const secretWords = new Set(
  `secret secrets token tokens password passwords passwd passphrase passcode pass pwd credential credentials cred creds
  authorization bearer cookie cookies jwt pat apikey apikeys mnemonic`.split(/\s+/),
);

// Words written together, by their end (DBPASSWORD, authtoken, openaiapikey), and two words of a key read as one
// (API_KEY_PROD). The middle of a word counts for nothing.
const gluedWord =
  /(?:secret|token|password|passwd|passphrase|credentials?|(?:api|access|secret|private|auth|signing)keys?)$/;

// These alone are vague: they count as the last word only, and not after a word that makes them harmless.
const vagueWords = new Set(['key', 'keys', 'auth', 'authentication']);
const harmlessKeys = new Set(
  'primary foreign sort partition cache idempotency routing row column lookup group host hot map'.split(' '),
);

// A key that ends so tells something about a secret (where it is, how long it lives) and not the secret: TOKEN_URL.
const descriptions = new Set(
  `path paths file filename dir directory folder url uri endpoint host hostname port region domain issuer audience realm id
  ids name names label user username email type kind format alg algorithm scheme method mode provider source store backend
  header prefix suffix field version length size count limit max min ttl timeout expiry expires expiration lifetime
  rotation interval enabled disabled required optional scope scopes usage policy hint description`.split(/\s+/),
);

const passwordWord = /(?:pass(?:word|wd|phrase|code)|pwd|secret)s?$/;

/** The words of a key, lower case: `githubToken`, `GITHUB_TOKEN` and `X-GitHub-Token` all have `token`. */
function wordsOf(key: string): string[] {
  return key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '');
}

/**
 * Whether a variable, header or member of this name is meant to hold a secret. A key that ends in a description
 * (`TOKEN_URL`, `AWS_ACCESS_KEY_ID`), a public key, and a bare `PWD` (the working directory) is not.
 */
export function isSecretName(key: string): boolean {
  const words = wordsOf(key);
  const last = words.at(-1);
  if (last === undefined || descriptions.has(last)) return false;
  if (words.length === 1 && last === 'pwd') return false;
  if (words.some((word) => secretWords.has(word) || gluedWord.test(word))) return true;
  if (words.includes('public') || words.includes('publishable')) return false;
  const compounds = words.slice(1).map((word, index) => `${words[index]}${word}`);
  if (compounds.some((compound) => gluedWord.test(compound))) return true;
  return vagueWords.has(last) && !harmlessKeys.has(words.at(-2) ?? '');
}

/** Whether the name asks for a password or a shared secret, which may be as short and simple as `1234` or `on`. */
export function isPasswordName(key: string): boolean {
  const words = wordsOf(key);
  return words.at(-1) === 'pass' || words.some((word) => passwordWord.test(word));
}
