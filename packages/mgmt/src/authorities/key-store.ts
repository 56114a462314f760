import { RerootError } from '@reroot/shared/errors';
import { checkName, countKeys, type SealedKeys } from './sealed-keys.ts';
import { sealText, unsealText } from './sealed-text.ts';

/** Private keys, each encrypted. */
export interface KeyStore {
  /**
   * Keeps a key under a name; durable when it resolves.
   * @throws RR_KEYSTORE_UNWRITABLE
   */
  write(name: string, privateKeyPem: string): Promise<void>;
  /**
   * @returns the key in PEM
   * @throws RR_KEYSTORE_KEY_MISSING, RR_KEYSTORE_CORRUPT, RR_KEYSTORE_UNWRITABLE
   */
  read(name: string): Promise<string>;
  /**
   * Removes a key for good; durable when it resolves. One that is not there is removed already.
   * @throws RR_KEYSTORE_UNWRITABLE
   */
  remove(name: string): Promise<void>;
}

/** Where keys lie and what they are encrypted with. */
export interface KeyStoreOptions {
  readonly keys: SealedKeys;
  readonly passphrase: string;
  /** Work factor of scrypt for new keys: 128 MiB and a third of a second at the default, 2^17. */
  readonly scryptCost?: number;
}

const defaultScryptCost = 2 ** 17;
const checkText = 'reroot';

/**
 * Opens the key store, and makes it where there is nothing yet.
 * @throws RR_KEYSTORE_WRONG_PASSPHRASE, RR_KEYSTORE_CORRUPT, RR_KEYSTORE_UNWRITABLE
 */
export async function openKeyStore(options: KeyStoreOptions): Promise<KeyStore> {
  const { keys, passphrase, scryptCost: cost = defaultScryptCost } = options;
  const seal = (name: string, text: string): Promise<string> => sealText(text, passphrase, { label: name, cost });
  const find = async (name: string): Promise<Found> => {
    const content = await keys.read(name);
    if (content === undefined) return { kind: 'none' };
    const text = await open(content, keys.placeOf(name), passphrase, name);
    return text === undefined ? { kind: 'closed' } : { kind: 'open', text };
  };

  await requirePassphrase(keys, find, () => seal(checkName, checkText));
  return {
    write: async (name, privateKeyPem) => {
      const sealed = await seal(name, privateKeyPem);
      if ((await keys.add(name, sealed)) === 'added') return;
      const before = await find(name).catch((error: unknown): Found => {
        if (error instanceof RerootError && error.code === 'RR_KEYSTORE_CORRUPT') return { kind: 'closed' };
        throw error;
      });
      if (before.kind === 'open' && before.text === privateKeyPem) return;
      // What is there is no key that anybody could sign with.
      await keys.remove(name);
      await keys.add(name, sealed);
    },
    read: async (name) => {
      const place = keys.placeOf(name);
      const found = await find(name);
      if (found.kind === 'open') return found.text;
      if (found.kind === 'none') throw new RerootError('RR_KEYSTORE_KEY_MISSING', `there is no key ${name}`, { place });
      throw new RerootError('RR_KEYSTORE_CORRUPT', 'the key does not open, though the passphrase is right', { place });
    },
    remove: async (name) => {
      // Without it the store would open with any passphrase, or not at all.
      if (name === checkName) throw new RerootError('RR_INTERNAL', `${checkName} is no key`, { place: keys.placeOf(name) });
      await keys.remove(name);
    },
  };
}

/** A name that was looked for. `closed`: there is something, and the passphrase does not open it. */
type Found = { readonly kind: 'none' | 'closed' } | { readonly kind: 'open'; readonly text: string };

/** Of two replicas that make it at once, one is late and goes by the check of the other. */
async function requirePassphrase(
  keys: SealedKeys,
  find: (name: string) => Promise<Found>,
  makeCheck: () => Promise<string>,
): Promise<void> {
  let check = await find(checkName);
  if (check.kind === 'none') {
    await requireNoKeys(keys);
    if ((await keys.add(checkName, await makeCheck())) === 'added') return;
    check = await find(checkName);
  }
  if (check.kind === 'open' && check.text === checkText) return;
  const { place } = keys;
  throw new RerootError('RR_KEYSTORE_WRONG_PASSPHRASE', 'the passphrase does not open the key store', { place });
}

/** Without its check, a store that has keys would take any passphrase, and keep new keys under another than the old. */
async function requireNoKeys(keys: SealedKeys): Promise<void> {
  const count = await countKeys(keys);
  if (count === 0) return;
  const missing = `${checkName} is missing beside ${count} ${count === 1 ? 'key' : 'keys'}`;
  throw new RerootError('RR_KEYSTORE_CORRUPT', missing, { place: keys.place });
}

async function open(content: string, place: string, passphrase: string, label: string): Promise<string | undefined> {
  try {
    return await unsealText(content, passphrase, label);
  } catch (error) {
    throw error instanceof RerootError ? new RerootError(error.code, error.message, { place, cause: error }) : error;
  }
}
