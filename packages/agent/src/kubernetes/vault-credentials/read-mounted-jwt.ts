import { readFile } from 'node:fs/promises';
import { RerootError } from '@reroot/shared/errors';
import { requireJwt } from '../../vault/vault-credentials.ts';

/**
 * The token that stands in a file. It is read each time: the kubelet replaces it before it expires.
 * @throws RR_VAULT_CREDENTIAL_INVALID names the file and quotes nothing of it
 */
export async function readMountedJwt(file: string, signal: AbortSignal): Promise<string> {
  return requireJwt(await read(file, signal), file);
}

async function read(file: string, signal: AbortSignal): Promise<string> {
  try {
    return await readFile(file, { encoding: 'utf8', signal });
  } catch (error) {
    signal.throwIfAborted();
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new RerootError('RR_VAULT_CREDENTIAL_INVALID', `${file} cannot be read (${code})`);
  }
}
