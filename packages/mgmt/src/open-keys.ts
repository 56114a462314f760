import { join } from 'node:path';
import { createFolderKeys, type SealedKeys } from './authorities/index.ts';
import type { MgmtConfig } from './config.ts';

/** Where the keys of roots are, sealed, and the passphrase that Vault has wrapped. */
export interface OpenKeys {
  readonly keys: SealedKeys;
  readonly wrapped: SealedKeys;
  close(): Promise<void>;
}

/** Opens what the configuration of the store means. Asks nothing yet. */
export async function openKeys({ dataDir }: Pick<MgmtConfig, 'dataDir'>): Promise<OpenKeys> {
  const close = async (): Promise<void> => undefined;
  return { keys: createFolderKeys(join(dataDir, 'keys')), wrapped: createFolderKeys(dataDir), close };
}
