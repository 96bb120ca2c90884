import { hash } from 'node:crypto';

/** What the page tells its opener, by `postMessage` and on the channel `crewship:oauth`. */
export interface ConnectionSignal {
  type: 'crewship:oauth';
  status: 'ok' | 'failed';
  credential_id: string | null;
  flow_id: string | null;
  /** Code of the error; null when all went well. */
  code: string | null;
}

/** What stands on a page. Plain texts: the page escapes them. */
export interface PageContent {
  heading: string;
  sentences: readonly string[];
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

const style = `
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 15vh auto 0; padding: 0 1.25rem; }
h1 { font-size: 1.375rem; line-height: 1.3; }
.mark { font-size: 2rem; margin: 0; }
a { color: LinkText; }
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
})();
`;

const contentSecurityPolicy = [
  "default-src 'none'",
  `script-src '${sourceHash(script)}'`,
  `style-src '${sourceHash(style)}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A small page that needs nothing from anywhere. `origins` are those of the pages that may hear its signal. */
export function connectionPage({ heading, sentences, signal, link }: PageContent, origins: readonly string[]): Page {
  const isBad = signal?.status === 'failed';
  const told = signal
    ? ` data-signal="${escaped(JSON.stringify(signal))}" data-origins="${escaped(JSON.stringify(origins))}"`
    : '';
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escaped(heading)} – Crewship</title>
<style>${style}</style>
</head>
<body>
<main role="${isBad ? 'alert' : 'status'}"${told}>
<p class="mark" aria-hidden="true">${signal === null ? '?' : isBad ? '✗' : '✓'}</p>
<h1>${escaped(heading)}</h1>
${sentences.map((sentence) => `<p>${escaped(sentence)}</p>`).join('\n')}
${link ? `<p><a href="${escaped(link.href)}">${escaped(link.text)}</a></p>` : ''}
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
