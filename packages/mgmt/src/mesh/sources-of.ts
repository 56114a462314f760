import type { IntermediateSource, VaultAccess, VaultAccount, VaultAuth } from '@reroot/shared/protocol';
import type { VaultKubernetesAuth, VaultRootCa, VaultServer, VirtualMesh } from '@reroot/shared/virtual-mesh';
import type { RootSource } from './root-source.ts';

type Shared = VirtualMesh['spec']['mtlsConfig']['shared'];

const defaults = {
  mount: 'pki',
  caPath: 'pki/root/sign-intermediate',
  kubernetesMount: 'kubernetes',
  tokenKey: 'token',
} as const;

/** Where roots come from; empty text means the default, as in proto3. */
export function rootSourceOf({ secret, vault }: Shared['rootCertificateAuthority']): RootSource {
  if (secret !== undefined) return { kind: 'secret', secret };
  if (vault === undefined) return { kind: 'generated' };
  return { kind: 'vault', vault: { ...accessOf(vault), ...mountOf(vault) } };
}

/** Where intermediates come from; empty text means the default. */
export function intermediateSourceOf(authority: Shared['intermediateCertificateAuthority']): IntermediateSource {
  const vault = authority?.vault;
  if (vault === undefined) return { kind: 'mgmt' };
  return {
    kind: 'vault',
    vault: { ...accessOf(vault), caPath: orDefault(vault.caPath, defaults.caPath), csrPath: vault.csrPath ?? '' },
  };
}

function mountOf({ mountPath, issuerRef = '' }: VaultRootCa): { readonly mount: string; readonly issuer: string } {
  return { mount: orDefault(mountPath, defaults.mount), issuer: issuerRef };
}

function accessOf(vault: VaultServer): VaultAccess {
  return {
    server: vault.server,
    caBundle: Buffer.from(vault.caBundle ?? '', 'base64').toString('utf8'),
    namespace: vault.namespace ?? '',
    auth: authOf(vault),
  };
}

function authOf({ tokenSecretRef, kubernetesAuth }: VaultServer): VaultAuth {
  if (tokenSecretRef !== undefined) return { kind: 'token-secret', secret: tokenSecretRef };
  const { mountPath, role = '' } = kubernetesAuth ?? {};
  return {
    kind: 'kubernetes',
    mountPath: orDefault(mountPath, defaults.kubernetesMount),
    role,
    account: accountOf(kubernetesAuth),
  };
}

function accountOf(auth: VaultKubernetesAuth | undefined): VaultAccount {
  const reference = auth?.serviceAccountRef;
  if (reference === undefined) return { kind: 'mounted', path: auth?.mountedSaPath ?? '' };
  return { kind: 'reference', account: reference, tokenKey: orDefault(auth?.secretTokenKey, defaults.tokenKey) };
}

function orDefault(text: string | undefined, standard: string): string {
  return text === undefined || text === '' ? standard : text;
}
