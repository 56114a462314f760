import type { VaultRoot } from '../mesh/index.ts';

/** Where the key of a root is, and so who can sign with it; stored beside the root, so it outlives the spec it came from. */
export type Custody =
  | KeyStoreCustody
  | VaultCustody
  /** Out of mgmt's reach: the agents obtain intermediates under this root by themselves. */
  | { readonly kind: 'agents' };

/** In mgmt's own encrypted key store. */
export interface KeyStoreCustody {
  readonly kind: 'key-store';
  readonly keyRef: string;
  /** PEM of the CAs from the one that has the key up to below the root; empty where the root signs by itself. */
  readonly chain: readonly string[];
}

/** In Vault, as an issuer of a PKI mount. */
export interface VaultCustody {
  readonly kind: 'vault';
  readonly vault: Omit<VaultRoot, 'issuer'>;
  readonly issuerId: string;
  readonly keyId: string;
  /** Whether reroot had it made, and so may destroy it. */
  readonly madeBy: 'reroot' | 'somebody';
}
