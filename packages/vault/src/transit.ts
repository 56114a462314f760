import { z } from 'zod';
import { parseAnswer } from './parse-answer.ts';
import type { Vault } from './vault.ts';
import { below } from './vault-path.ts';

const encryptedSchema = z.object({ ciphertext: z.string().regex(/^vault:v\d+:/) });
const decryptedSchema = z.object({ plaintext: z.base64() });

/**
 * Encrypts with a key of the transit engine, which does not leave Vault.
 * @param mount of the transit engine
 * @returns text that names the version of the key: `vault:v1:…`
 */
export async function encrypt(
  vault: Vault,
  mount: string,
  key: string,
  plaintext: Uint8Array,
  signal: AbortSignal,
): Promise<string> {
  const path = below(mount, `encrypt/${key}`);
  const body = { plaintext: Buffer.from(plaintext).toString('base64') };
  return parseAnswer(encryptedSchema, await vault.write(path, body, signal, 'repeatable'), path).ciphertext;
}

/**
 * Decrypts what `encrypt` gave, after the key was rotated too.
 * @throws RR_VAULT_REFUSED for a text that was not encrypted with this key
 */
export async function decrypt(
  vault: Vault,
  mount: string,
  key: string,
  ciphertext: string,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const path = below(mount, `decrypt/${key}`);
  const answer = await vault.write(path, { ciphertext }, signal, 'repeatable');
  return Buffer.from(parseAnswer(decryptedSchema, answer, path).plaintext, 'base64');
}
