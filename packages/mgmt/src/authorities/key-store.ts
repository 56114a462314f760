import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { removeDurably, writeDurably } from '@reroot/shared/durable-file';
import { RerootError } from '@reroot/shared/errors';
import { guardDisk, readIfPresent } from './guard-disk.ts';
import { sealText, unsealText } from './sealed-text.ts';

/** Private keys on disk, one encrypted file each. */
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
  readonly dir: string;
  readonly passphrase: string;
  /** Work factor of scrypt for new files: 128 MiB and a third of a second at the default, 2^17. */
  readonly scryptCost?: number;
}

const defaultScryptCost = 2 ** 17;

/** Opens with the right passphrase only: this is how a wrong one is told from a damaged key. */
const checkName = 'passphrase-check';
const checkText = 'reroot';

/**
 * Opens the key store, and makes it when the directory is empty.
 * @throws RR_KEYSTORE_WRONG_PASSPHRASE, RR_KEYSTORE_CORRUPT, RR_KEYSTORE_UNWRITABLE
 */
export async function openKeyStore(options: KeyStoreOptions): Promise<KeyStore> {
  const { dir, passphrase, scryptCost: cost = defaultScryptCost } = options;
  const fileOf = (name: string): string => join(dir, `${name}.json`);
  const write = async (name: string, text: string): Promise<void> => {
    const sealed = await sealText(text, passphrase, { label: name, cost });
    await guardDisk(fileOf(name), () => writeDurably(fileOf(name), sealed));
  };

  await guardDisk(dir, () => mkdir(dir, { recursive: true, mode: 0o700 }));
  const check = await readIfPresent(fileOf(checkName));
  if (check === undefined) {
    await requireNoKeys(dir);
    await write(checkName, checkText);
  } else if ((await open(check, fileOf(checkName), passphrase, checkName)) !== checkText) {
    throw new RerootError('RR_KEYSTORE_WRONG_PASSPHRASE', 'the passphrase does not open the key store', { place: dir });
  }

  return {
    write,
    read: async (name) => {
      const place = fileOf(name);
      const content = await readIfPresent(place);
      if (content === undefined) throw new RerootError('RR_KEYSTORE_KEY_MISSING', `there is no key ${name}`, { place });
      const text = await open(content, place, passphrase, name);
      if (text === undefined) {
        throw new RerootError('RR_KEYSTORE_CORRUPT', 'the key does not open, though the passphrase is right', { place });
      }
      return text;
    },
    remove: async (name) => {
      // Without it the store would open with any passphrase, or not at all.
      if (name === checkName) throw new RerootError('RR_INTERNAL', `${checkName} is no key`, { place: fileOf(name) });
      await guardDisk(fileOf(name), () => removeDurably(fileOf(name)));
    },
  };
}

/** How many keys lie in a key store; none where it has not been made yet or cannot be read, which opening it will tell. */
export async function countKeys(dir: string): Promise<number> {
  const files = await readdir(dir).catch((): string[] => []);
  return files.filter((file) => file.endsWith('.json') && file !== `${checkName}.json`).length;
}

/** Without its check, a store that has keys would take any passphrase, and keep new keys under another than the old. */
async function requireNoKeys(dir: string): Promise<void> {
  const keys = (await guardDisk(dir, () => readdir(dir))).filter((file) => file.endsWith('.json'));
  if (keys.length === 0) return;
  throw new RerootError('RR_KEYSTORE_CORRUPT', `${checkName}.json is missing beside ${keys.length} keys`, { place: dir });
}

async function open(content: string, place: string, passphrase: string, label: string): Promise<string | undefined> {
  try {
    return await unsealText(content, passphrase, label);
  } catch (error) {
    throw error instanceof RerootError ? new RerootError(error.code, error.message, { place, cause: error }) : error;
  }
}
