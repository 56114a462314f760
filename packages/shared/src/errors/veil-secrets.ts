/** How secrets look that show what they are, and what stands in their place. */
const marked: readonly (readonly [RegExp, string])[] = [
  // Up to its end, or as far as a text that was cut goes on; its lines may be parted by `\n` as JSON writes it.
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----(?:[\w+/=\s\\]*-----END [A-Z ]*PRIVATE KEY-----|(?:\\n|[\w+/=\n])*)/g, '[a private key]'],
  [/\brrt_[\w-]{8,}/g, '[a token]'],
  [/\bhv[brs]\.[\w-]{8,}/g, '[a token of Vault]'],
  [/\bS[ACNOUX][A-Z2-7]{20,}/g, '[a seed]'],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, '[a JWT]'],
];

/**
 * Takes out of a text what is a secret by its looks: people put keys where the name of a file belongs, and tokens where names
 * do, and an error says with which value it went wrong. A passphrase looks like any other text, and stays.
 */
export function veilSecrets(text: string): string {
  return marked.reduce((veiled, [pattern, veil]) => veiled.replace(pattern, veil), text);
}
