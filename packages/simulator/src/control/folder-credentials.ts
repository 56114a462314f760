import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { VaultCredentials } from '@reroot/agent';
import { errorMessage, RerootError } from '@reroot/shared/errors';

/** Credentials of Vault for the agents of simulated clusters, which have no Secrets: files `DIR/NAMESPACE/NAME/token`. */
export function createFolderCredentials(dir: string): VaultCredentials {
  return {
    readToken: async ({ namespace, name }, signal) => {
      const file = join(dir, namespace, name, 'token');
      try {
        return (await readFile(file, { encoding: 'utf8', signal })).trim();
      } catch (error) {
        signal.throwIfAborted();
        throw new RerootError('RR_VAULT_CREDENTIAL_INVALID', `there is no token: ${errorMessage(error)}`, { place: file });
      }
    },
    readJwt: async () => {
      throw new RerootError('RR_VAULT_CREDENTIAL_UNSUPPORTED', 'a simulated cluster has no service accounts');
    },
    discard: () => undefined,
  };
}
