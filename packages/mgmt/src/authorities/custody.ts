import type { RootSource, VaultRoot } from '../mesh/index.ts';

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

/**
 * The custody with what the mesh says today of how that Vault is reached: its certificate and the name of a token's Secret may
 * change while a root is in force, the mount that has the key may not. A mesh that takes its roots from elsewhere says nothing.
 */
export function withPresentAccess(custody: Custody, source: RootSource): Custody {
  if (custody.kind !== 'vault' || source.kind !== 'vault') return custody;
  const [was, now] = [custody.vault, source.vault];
  const same = was.server === now.server && was.namespace === now.namespace && was.mount === now.mount;
  return same ? { ...custody, vault: placeOf(now) } : custody;
}

/** What outlives the name of the issuer, which may mean another one tomorrow. */
export function placeOf({ server, caBundle, namespace, auth, mount }: VaultRoot): VaultCustody['vault'] {
  return { server, caBundle, namespace, auth, mount };
}
