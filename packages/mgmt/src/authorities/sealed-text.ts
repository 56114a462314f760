import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { RerootError } from '@reroot/shared/errors';
import { z } from 'zod';

/** Names the format, and is part of what each file authenticates. */
const format = 'reroot-sealed-1';

const keyBytes = 32;
const saltBytes = 16;
const nonceBytes = 12;
const tagBytes = 16;
const blockSize = 8;

/** A work factor beyond this would let a changed file keep mgmt busy instead of being refused. */
const maxCost = 2 ** 20;

const base64 = z.base64();
const sealedSchema = z.strictObject({
  format: z.literal(format),
  kdf: z.strictObject({
    name: z.literal('scrypt'),
    cost: z
      .int()
      .min(2)
      .max(maxCost)
      .refine((cost) => (cost & (cost - 1)) === 0, 'must be a power of two'),
    blockSize: z.literal(blockSize),
    parallelization: z.literal(1),
    salt: base64,
  }),
  cipher: z.literal('aes-256-gcm'),
  nonce: base64,
  tag: base64,
  data: base64,
});

/** What text is sealed with, besides the passphrase. */
export interface SealOptions {
  /** Where the text belongs; it opens under no other label. */
  readonly label: string;
  /** Work factor of scrypt, a power of two. */
  readonly cost: number;
}

/** Encrypts text with AES-256-GCM under a key that scrypt makes of the passphrase and a fresh salt. */
export async function sealText(text: string, passphrase: string, options: SealOptions): Promise<string> {
  const salt = randomBytes(saltBytes);
  const nonce = randomBytes(nonceBytes);
  const key = await deriveKey(passphrase, salt, options.cost);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(associated(options.label));
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  const sealed: z.infer<typeof sealedSchema> = {
    format,
    kdf: { name: 'scrypt', cost: options.cost, blockSize, parallelization: 1, salt: salt.toString('base64') },
    cipher: 'aes-256-gcm',
    nonce: nonce.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    data: data.toString('base64'),
  };
  return `${JSON.stringify(sealed, undefined, 2)}\n`;
}

/**
 * Opens what `sealText` made.
 * @returns undefined when the passphrase, the label or a byte differs: encryption cannot tell which
 * @throws RR_KEYSTORE_CORRUPT when the content is not of this format
 */
export async function unsealText(content: string, passphrase: string, label: string): Promise<string | undefined> {
  const { kdf, nonce, tag, data } = parseSealed(content);
  const key = await deriveKey(passphrase, Buffer.from(kdf.salt, 'base64'), kdf.cost);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64'), { authTagLength: tagBytes });
    decipher.setAAD(associated(label));
    decipher.setAuthTag(Buffer.from(tag, 'base64'));
    return Buffer.concat([decipher.update(Buffer.from(data, 'base64')), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

function parseSealed(content: string): z.infer<typeof sealedSchema> {
  try {
    return sealedSchema.parse(JSON.parse(content));
  } catch (cause) {
    throw new RerootError('RR_KEYSTORE_CORRUPT', `the file is not of the format ${format}`, { cause });
  }
}

function associated(label: string): Buffer {
  return Buffer.from(`${format}:${label}`, 'utf8');
}

function deriveKey(passphrase: string, salt: Buffer, cost: number): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const options = { N: cost, r: blockSize, p: 1, maxmem: 256 * cost * blockSize };
  scrypt(passphrase.normalize('NFKC'), salt, keyBytes, options, (error, key) => {
    if (error === null) resolve(key);
    else
      reject(
        new RerootError('RR_KEYSTORE_CORRUPT', 'the key cannot be derived with the parameters of the file', { cause: error }),
      );
  });
  return promise;
}
