const widest = 110;
const gap = '  ';

/**
 * Rows of cells as aligned columns, at most 110 characters wide. The last column takes what is left and wraps.
 * Cells of other columns that repeat the row above are left out where `merge` names their number of leading columns.
 */
export function table(headings, rows, { merge = 0 } = {}) {
  const cells = rows.map((row) => row.map((cell) => String(cell ?? '–')));
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const last = widths.length - 1;
  const before = widths.slice(0, last).reduce((sum, width) => sum + width + gap.length, 2);
  widths[last] = Math.max(20, Math.min(widths[last], widest - before));
  const lines = [headings, widths.map((width) => '─'.repeat(width))].map((row) => line(row, widths));
  for (const [index, row] of cells.entries()) {
    const above = index > 0 ? cells[index - 1] : [];
    const same = row.findIndex((cell, column) => cell !== above[column]);
    const shown = row.map((cell, column) => (column < Math.min(merge, same) ? '' : cell));
    const [first, ...more] = wrap(shown[last], widths[last]);
    lines.push(line([...shown.slice(0, last), first], widths));
    for (const rest of more) lines.push(line([...widths.slice(0, last).map(() => ''), rest], widths));
  }
  return lines.join('\n');
}

/** Names and values, one a line. */
export function facts(entries) {
  const width = Math.max(...Object.keys(entries).map((name) => name.length));
  return Object.entries(entries)
    .map(([name, value]) => `  ${name.padEnd(width)}  ${value ?? '–'}`)
    .join('\n');
}

function line(row, widths) {
  return `  ${row.map((cell, column) => cell.padEnd(widths[column])).join(gap)}`.trimEnd();
}

// Words longer than the column are left whole: half an identifier helps nobody.
function wrap(text, width) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const current = lines.at(-1);
    if (current === '') lines[lines.length - 1] = word;
    else if (current.length + 1 + word.length <= width) lines[lines.length - 1] = `${current} ${word}`;
    else lines.push(word);
  }
  return lines;
}
