import { hash } from 'node:crypto';

/** What the page tells its opener, by `postMessage` and on the channel `crewship:oauth`. */
export interface ConnectionSignal {
  type: 'crewship:oauth';
  status: 'ok' | 'failed';
  /** Null for a failure before the flow was known, or that is shown to somebody other than its initiator. */
  credential_id: string | null;
  /** Null like `credential_id`. */
  flow_id: string | null;
  /** Code of the error; null when all went well. */
  code: string | null;
}

/** What stands on a page. Plain texts: the page escapes them. */
export interface PageContent {
  heading: string;
  /** Paragraphs, in words that anybody understands. */
  sentences: readonly string[];
  /** For those who look into it: shown small, below. Null for nothing. */
  detail: string | null;
  /** Null for pages that ask something instead of telling an end. */
  signal: ConnectionSignal | null;
  /** A way on. */
  link?: { href: string; text: string };
}

/** A page, with the policy that lets exactly its own script and style run. */
export interface Page {
  html: string;
  contentSecurityPolicy: string;
}

// Every pair of colours has a contrast of 4.5 or more (WCAG 2.2, 1.4.3), in both schemes.
const style = `
:root { color-scheme: light dark; --ground: #fff; --text: #1c1917; --quiet: #57534e; --ok: #15803d; --failed: #b91c1c; --ask: #1d4ed8; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #18181b; --text: #f4f4f5; --quiet: #b4b4bb; --ok: #4ade80; --failed: #fca5a5; --ask: #93c5fd; }
}
body { margin: 0; background: var(--ground); color: var(--text); font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
main { max-width: 34rem; margin: 0 auto; padding: min(14vh, 7rem) 1.5rem 2rem; }
h1 { margin: 1rem 0; font-size: 1.5rem; line-height: 1.25; text-wrap: balance; }
p { margin: 0 0 1rem; }
svg { display: block; width: 3rem; height: 3rem; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
.ok { color: var(--ok); }
.failed { color: var(--failed); }
.ask { color: var(--ask); }
.detail { color: var(--quiet); font-size: .875rem; }
a, button { display: inline-block; padding: .625rem 1.125rem; border: 0; border-radius: .5rem; background: var(--ask); color: var(--ground); font: inherit; text-decoration: none; cursor: pointer; }
:focus-visible { outline: 3px solid var(--text); outline-offset: 3px; }
[hidden] { display: none; }
`;

// The opener may be gone, or hidden by the provider's opener policy: then the channel reaches our own pages.
const script = `
(() => {
  const { signal, origins } = document.querySelector('main').dataset;
  if (!signal) return;
  const message = JSON.parse(signal);
  for (const origin of JSON.parse(origins)) {
    try { window.opener?.postMessage(message, origin); } catch {}
  }
  if ('BroadcastChannel' in window) {
    const channel = new BroadcastChannel('crewship:oauth');
    channel.postMessage(message);
    channel.close();
  }
  if (message.status === 'ok') setTimeout(() => window.close(), 250);
  else if (window.opener) {
    const button = document.querySelector('button');
    button.hidden = false;
    button.addEventListener('click', () => window.close());
  }
})();
`;

const marks = {
  ok: '<path d="m7.5 12.5 3 3 6-6.5"/>',
  failed: '<path d="m8.5 8.5 7 7m0-7-7 7"/>',
  ask: '<path d="M9.5 9.5a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8M12 16.75v.01"/>',
} as const;

const contentSecurityPolicy = [
  "default-src 'none'",
  `script-src '${sourceHash(script)}'`,
  `style-src '${sourceHash(style)}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A small page that needs nothing from anywhere. `origins` are those of the pages that may hear its signal. */
export function connectionPage(content: PageContent, origins: readonly string[]): Page {
  const { heading, sentences, detail, signal, link } = content;
  const kind = signal?.status ?? 'ask';
  const told = signal
    ? ` data-signal="${escaped(JSON.stringify(signal))}" data-origins="${escaped(JSON.stringify(origins))}"`
    : '';
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${escaped(heading)} – Crewship</title>
<style>${style}</style>
</head>
<body>
<main${told}>
<svg class="${kind}" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="10"/>${marks[kind]}</svg>
<h1>${escaped(heading)}</h1>
${sentences.map((sentence) => `<p>${escaped(sentence)}</p>`).join('\n')}
${detail === null ? '' : `<p class="detail">${escaped(detail)}</p>`}
${link ? `<p><a href="${escaped(link.href)}">${escaped(link.text)}</a></p>` : ''}
${kind === 'failed' ? '<button type="button" hidden>Close this window</button>' : ''}
</main>
<script>${script}</script>
</body>
</html>
`;
  return { html, contentSecurityPolicy };
}

function sourceHash(source: string): string {
  return `sha256-${hash('sha256', source, 'base64')}`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
