/** Markdown as agents write it, in Slack's own notation. Fenced code stays as it is; nobody can call everybody. */
export function slackMarkdown(text: string): string {
  const pieces = text.split(/(```[\s\S]*?(?:```|$))/);
  return pieces.map((piece, index) => (index % 2 === 1 ? piece : proseOf(piece))).join('');
}

function proseOf(text: string): string {
  return tablesAsCode(text)
    .split(/(```\n[\s\S]*?\n```)/)
    .map((piece, index) => (index % 2 === 1 ? piece : piece.split('\n').map(lineOf).join('\n')))
    .join('');
}

function lineOf(line: string): string {
  if (/^ {0,3}([-*_])( *\1){2,} *$/.test(line)) return '----------';
  const heading = /^ {0,3}#{1,6} +(.+?) *#* *$/.exec(line)?.[1];
  if (heading !== undefined) return `*${inlineOf(heading).replaceAll('*', '')}*`;
  return inlineOf(line);
}

function inlineOf(text: string): string {
  return text
    .replace(/<!(channel|here|everyone)(\|[^>]*)?>/g, '&lt;!$1&gt;')
    .replace(/\[([^\]\n]+)\]\((https?:\/\/[^\s)|>]+)\)/g, '<$2|$1>')
    .replace(/\*\*([^*\n]+)\*\*/g, '*$1*')
    .replace(/~~([^~\n]+)~~/g, '~$1~');
}

const row = /^ *\|.*\| *$/;
const ruler = /^ *\|(?: *:?-+:? *\|)+ *$/;

// Slack has no tables: as code their columns stay in line.
function tablesAsCode(text: string): string {
  const lines = text.split('\n');
  const out: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (!row.test(line) || !ruler.test(lines[at + 1] ?? '')) {
      out.push(line);
      continue;
    }
    let end = at;
    while (end < lines.length && row.test(lines[end] ?? '')) end += 1;
    out.push('```', ...lines.slice(at, end), '```');
    at = end - 1;
  }
  return out.join('\n');
}
