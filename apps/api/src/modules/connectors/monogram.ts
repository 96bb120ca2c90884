/**
 * A neutral picture for a connector: its initial on its colour. Vendors' logos are theirs; this is nobody's.
 * The text is made of characters that need no escaping in XML.
 */
export function monogram(name: string, color: string | undefined): string {
  const background = color ?? '#64748B';
  const initial = /[\p{L}\p{N}]/u.exec(name)?.[0]?.toUpperCase() ?? '?';
  const ink = luminance(background) > 0.45 ? '#111827' : '#FFFFFF';
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="0 0 64 64" role="img">' +
    `<rect width="64" height="64" rx="14" fill="${background}"/>` +
    `<text x="32" y="33" fill="${ink}" font-family="system-ui, sans-serif" font-size="32" font-weight="600"` +
    ` text-anchor="middle" dominant-baseline="central">${initial}</text></svg>`
  );
}

// Relative luminance of #RRGGBB (WCAG 2.2).
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
