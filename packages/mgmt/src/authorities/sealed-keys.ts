/**
 * Where sealed texts lie by their names: the private keys of roots, what tells a wrong passphrase, and the passphrase that Vault has
 * wrapped. It knows nothing of what is in them.
 */
export interface SealedKeys {
  /** Where all of them are, for messages. */
  readonly place: string;
  /** Where one of them is. */
  placeOf(name: string): string;
  /** Undefined when there is none. @throws RR_KEYSTORE_UNWRITABLE, RR_KEYSTORE_CORRUPT */
  read(name: string): Promise<string | undefined>;
  /**
   * Keeps a text under a name that has none yet; durable when it resolves. Never writes over one: another process may have made it.
   * @throws RR_KEYSTORE_UNWRITABLE
   */
  add(name: string, text: string): Promise<'added' | 'there-already'>;
  /** Removes one for good; durable when it resolves. One that is not there is removed already. @throws RR_KEYSTORE_UNWRITABLE */
  remove(name: string): Promise<void>;
  /** The names of all, sorted; none where nothing was kept yet. @throws RR_KEYSTORE_UNWRITABLE */
  list(): Promise<readonly string[]>;
}

/** Opens with the right passphrase only: this is how a wrong one is told from a damaged key. */
export const checkName = 'passphrase-check';

/** The passphrase itself, as Vault has encrypted it. */
export const wrappedName = 'wrapped-passphrase';

/** How many keys of roots there are. @throws RR_KEYSTORE_UNWRITABLE */
export async function countKeys(keys: Pick<SealedKeys, 'list'>): Promise<number> {
  return (await keys.list()).filter((name) => name !== checkName && name !== wrappedName).length;
}
