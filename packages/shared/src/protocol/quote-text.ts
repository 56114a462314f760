const maxChars = 80;

/** A text of somebody else's for a message of ours: quoted, cut, and without anything that a terminal would obey. */
export function quoteText(text: string): string {
  return JSON.stringify(text.slice(0, maxChars)).replaceAll(
    /[\p{C}\p{Zl}\p{Zp}]/gu,
    (char) => `\\u{${char.codePointAt(0)?.toString(16) ?? ''}}`,
  );
}
