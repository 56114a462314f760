const maxChars = 500;
const jsonWebToken = /\beyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g;

/** What somebody else wrote, fit for a message of ours: one line, of bounded length, with what looks like a token cut out. */
export function clipMessage(text: string): string {
  const line = text.replace(jsonWebToken, '[token]').replace(/\s+/g, ' ').trim();
  return line.length <= maxChars ? line : `${line.slice(0, maxChars)}…`;
}
