import { createDecipheriv, scryptSync } from 'node:crypto';
import { z } from 'zod';

const sealedSchema = z.object({
  format: z.string(),
  kdf: z.object({ cost: z.int(), blockSize: z.int(), salt: z.base64() }),
  nonce: z.base64(),
  tag: z.base64(),
  data: z.base64(),
});

/** Opens a file of mgmt's key store without the code of mgmt, as docs/configuration.md says that it is made. */
export function openSealedKey(content: string, passphrase: string, label: string): string {
  const { format, kdf, nonce, tag, data } = sealedSchema.parse(JSON.parse(content));
  const { cost, blockSize, salt } = kdf;
  const derivation = { N: cost, r: blockSize, p: 1, maxmem: 256 * cost * blockSize };
  const key = scryptSync(passphrase, Buffer.from(salt, 'base64'), 32, derivation);
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64'));
  decipher.setAAD(Buffer.from(`${format}:${label}`));
  decipher.setAuthTag(Buffer.from(tag, 'base64'));
  return Buffer.concat([decipher.update(Buffer.from(data, 'base64')), decipher.final()]).toString();
}
