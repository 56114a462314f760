import { readFile, stat } from 'node:fs/promises';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import { type NatsCredentials, readCredsText } from '@reroot/shared/nats-auth';
import { othersMayRead } from '@reroot/shared/private-file';

/**
 * The credentials of a `.creds` file that only its owner can read.
 * @throws RR_NATS_CREDENTIALS_INVALID; the message never quotes the seed
 */
export async function readCredentialsFile(file: string): Promise<NatsCredentials> {
  try {
    const found = await stat(file);
    if (othersMayRead(found)) throw invalid(file, `others than its owner may read it (mode ${(found.mode & 0o777).toString(8)})`);
    return readCredsText(await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof RerootError && error.place === file) throw error;
    throw invalid(file, errorMessage(error), error);
  }
}

function invalid(place: string, why: string, cause?: unknown): RerootError {
  return new RerootError('RR_NATS_CREDENTIALS_INVALID', `the credentials cannot be used: ${why}`, { place, cause });
}
