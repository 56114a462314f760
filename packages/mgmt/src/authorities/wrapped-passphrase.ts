import { randomBytes } from 'node:crypto';
import { RerootError } from '@reroot/shared/errors';
import { decrypt, encrypt, type Vault } from '@reroot/vault';
import { z } from 'zod';
import { type SealedKeys, wrappedName } from './sealed-keys.ts';

/** A passphrase that is kept only as Vault's transit engine has encrypted it. */
export interface WrappedPassphraseOptions {
  readonly vault: Vault;
  /** Of the transit engine. */
  readonly mount: string;
  readonly key: string;
  /** Where the encrypted passphrase is kept. */
  readonly kept: Pick<SealedKeys, 'placeOf' | 'read' | 'add'>;
  /** How many keys lie in the key store: with one already, no new passphrase would open it. */
  readonly keysBeside: number;
}

const wrappedSchema = z.strictObject({ format: z.literal('reroot-wrapped-1'), ciphertext: z.string().min(1) });
const passphraseBytes = 32;

/**
 * Has Vault decrypt the passphrase; the first time, makes one of 256 random bits and keeps it encrypted.
 * @throws RR_KEYSTORE_WRAPPED_MISSING when it is gone and keys are there, RR_KEYSTORE_WRAPPED_INVALID when it is damaged or of
 *   another key; RR_KEYSTORE_UNWRITABLE, RR_VAULT_*
 */
export async function unwrapPassphrase(options: WrappedPassphraseOptions, signal: AbortSignal): Promise<string> {
  const { kept } = options;
  const content = await kept.read(wrappedName);
  if (content !== undefined) return decryptWrapped(content, options, signal);
  return wrapNew(options, signal);
}

async function decryptWrapped(
  content: string,
  { vault, mount, key, kept }: WrappedPassphraseOptions,
  signal: AbortSignal,
): Promise<string> {
  const place = kept.placeOf(wrappedName);
  const ciphertext = parseWrapped(content, place);
  const passphrase = await decrypt(vault, mount, key, ciphertext, signal).catch((error: unknown) => {
    if (!(error instanceof RerootError) || error.code !== 'RR_VAULT_REFUSED') throw error;
    throw invalid(`${mount}/${key} does not decrypt it: ${error.message}`, place);
  });
  // Whoever can encrypt with the key could have put a passphrase there that is easily guessed.
  if (passphrase.length !== passphraseBytes) throw invalid(`it has ${passphrase.length} bytes, not ${passphraseBytes}`, place);
  return textOf(passphrase);
}

/** A passphrase is text, and these are any bytes. */
function textOf(passphrase: Uint8Array): string {
  return Buffer.from(passphrase).toString('base64url');
}

async function wrapNew(options: WrappedPassphraseOptions, signal: AbortSignal): Promise<string> {
  const { vault, mount, key, kept, keysBeside } = options;
  if (keysBeside > 0) {
    const message = `the wrapped passphrase is gone, and ${keysBeside} keys are encrypted with it`;
    throw new RerootError('RR_KEYSTORE_WRAPPED_MISSING', message, { place: kept.placeOf(wrappedName) });
  }
  const passphrase = randomBytes(passphraseBytes);
  const ciphertext = await encrypt(vault, mount, key, passphrase, signal);
  const content = `${JSON.stringify({ format: 'reroot-wrapped-1', ciphertext }, undefined, 2)}\n`;
  if ((await kept.add(wrappedName, content)) === 'added') return textOf(passphrase);
  // Another replica was faster: its passphrase is the one.
  return decryptWrapped((await kept.read(wrappedName)) ?? content, options, signal);
}

function parseWrapped(content: string, place: string): string {
  try {
    return wrappedSchema.parse(JSON.parse(content)).ciphertext;
  } catch {
    throw invalid('it is not what reroot writes', place);
  }
}

function invalid(why: string, place: string): RerootError {
  return new RerootError('RR_KEYSTORE_WRAPPED_INVALID', `the wrapped passphrase cannot be used: ${why}`, { place });
}
