import { readFile } from 'node:fs/promises';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import { sha256Hex } from '@reroot/shared/pki';
import { publicKeyDerOf } from '@reroot/shared/protocol';
import { Option } from 'commander';

/** The option of verbs that verify what mgmt has signed. */
export function mgmtKeyOption(): Option {
  return new Option('--mgmt-key <key>', 'fingerprint of the key of mgmt, or a file with its public half in PEM').env(
    'REROOT_MGMT_KEY',
  );
}

/**
 * The fingerprint that is meant: SHA-256 of the SPKI.
 * @throws RR_CONFIG_UNREADABLE, RR_IDENTITY_INVALID
 */
export async function readMgmtKey(given: string | undefined): Promise<string | undefined> {
  if (given === undefined || /^[0-9a-f]{64}$/.test(given)) return given;
  let pem: string;
  try {
    pem = await readFile(given, 'utf8');
  } catch (cause) {
    throw new RerootError('RR_CONFIG_UNREADABLE', `the key of mgmt cannot be read: ${errorMessage(cause)}`, {
      place: given,
      cause,
    });
  }
  return sha256Hex(publicKeyDerOf(pem));
}

/**
 * Says by which key something was signed, and what that proves.
 * @param keyIds those that have signed it, the last one last
 * @throws RR_AUDIT_OTHER_KEY
 */
export function tellSigner(keyIds: readonly string[], wanted: string | undefined, what: string): string {
  const last = keyIds.at(-1);
  if (wanted === undefined) {
    if (last === undefined) return `nobody has signed ${what}: it holds in itself, which anybody could have made so`;
    return `${what} was signed by key ${last}. Whose that is was not asked: name the key of mgmt with --mgmt-key, else this proves only that it holds in itself`;
  }
  if (last !== wanted) {
    throw new RerootError(
      'RR_AUDIT_OTHER_KEY',
      `${what} was signed by ${last === undefined ? 'no key' : `key ${last}`}, and not by key ${wanted}`,
    );
  }
  const before = keyIds.filter((keyId) => keyId !== wanted);
  return before.length === 0
    ? `${what} was signed by the key of mgmt, ${wanted}`
    : `${what} was signed by the key of mgmt, ${wanted}; earlier parts by ${before.join(', ')}`;
}
