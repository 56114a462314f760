const maxChars = 500;
/** Shorter values are words of the protocol, such as `rsa`, and stand in many messages of Vault. */
const minSecretChars = 8;

const looksSecret = [
  /-----BEGIN [^-]*PRIVATE KEY-----[\s\S]*?(?:-----END [^-]*-----|$)/g,
  /\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g,
  /\b(?:hv[sbr]|[sbr])\.[\w-]{20,}/g,
];

/**
 * Words of Vault, fit for a message of ours: one line, of bounded length, without any of the `secrets` and without what looks
 * like a token or a private key. Vault quotes what it was sent when that is not as it should be.
 */
export function quoteWords(words: readonly string[], secrets: readonly string[]): string {
  let text = words.join('; ');
  for (const secret of secrets.filter(({ length }) => length >= minSecretChars)) {
    for (const form of [secret, JSON.stringify(secret).slice(1, -1)]) text = text.replaceAll(form, '[cut out]');
  }
  for (const pattern of looksSecret) text = text.replace(pattern, '[cut out]');
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return line.length <= maxChars ? line : `${line.slice(0, maxChars)}…`;
}

/** Every text inside a value, as JSON has it. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
