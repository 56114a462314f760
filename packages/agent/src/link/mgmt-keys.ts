import { sha256Hex } from '@reroot/shared/pki';
import { type Keyring, keyringOf, publicKeyDerOf } from '@reroot/shared/protocol';

/** Keys of mgmt, for opening its messages and for naming them. */
export interface MgmtKeys {
  readonly keyring: Keyring;
  readonly ids: readonly string[];
}

/**
 * @param pems SPKI in PEM
 * @throws RR_IDENTITY_INVALID when one is none
 */
export function mgmtKeysOf(pems: readonly string[]): MgmtKeys {
  return { keyring: keyringOf(pems), ids: pems.map((pem) => sha256Hex(publicKeyDerOf(pem))) };
}
