import type { IntermediateSource, VaultCa } from '@reroot/shared/protocol';
import type { RootSource, VaultRoot } from '../mesh/index.ts';

/** Where the key of a root is, and so who can sign with it; stored beside the root, so it outlives the spec it came from. */
export type Custody =
  | KeyStoreCustody
  | VaultCustody
  /** With whoever runs an adopted cluster: the agents keep the signers that they find under this root, and nobody issues. */
  | { readonly kind: 'foreign' }
  /** Out of mgmt's reach: the agents obtain intermediates under this root by themselves. */
  | { readonly kind: 'agents'; readonly agents?: VaultCa };

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
  /** Where the agents obtain intermediates under this root, if the mesh had them do so when it obtained the root. */
  readonly agents?: VaultCa;
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

/** The custody of a root that was obtained while the mesh had intermediates come from there. */
export function withAgents(custody: Custody, source: IntermediateSource): Custody {
  return source.kind === 'vault' && custody.kind !== 'key-store' && custody.kind !== 'foreign'
    ? { ...custody, agents: source.vault }
    : custody;
}

/**
 * Where intermediates under a root come from. What the mesh said when it obtained the root stays with the root: a rotation that
 * goes to another place, and is rolled back, must find the old one. Only how the same Vault is reached follows the mesh of today.
 *
 * No Vault has the keys of mgmt's own store. Under a root that mgmt has Vault sign with, the agents may be told later to ask the
 * same mount by themselves.
 */
export function intermediateSourceUnder(custody: Custody, present: IntermediateSource): IntermediateSource {
  if (custody.kind === 'key-store' || custody.kind === 'foreign') return { kind: 'mgmt' };
  const { agents } = custody;
  if (agents !== undefined) return { kind: 'vault', vault: followAccess(agents, present) };
  if (custody.kind === 'agents' || present.kind === 'mgmt') return present;
  const { server, namespace, caPath } = present.vault;
  const { vault } = custody;
  const same = server === vault.server && namespace === vault.namespace && caPath.startsWith(`${vault.mount}/`);
  return same ? present : { kind: 'mgmt' };
}

function followAccess(agents: VaultCa, present: IntermediateSource): VaultCa {
  if (present.kind === 'mgmt') return agents;
  const { server, namespace, caBundle, auth } = present.vault;
  return server === agents.server && namespace === agents.namespace ? { ...agents, caBundle, auth } : agents;
}
