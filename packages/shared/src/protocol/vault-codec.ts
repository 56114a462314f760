import { assertNever } from '../errors/index.ts';
import { malformed, readText, requirePart } from './field.ts';
import type { reroot } from './generated/reroot.js';
import type { IntermediateSource, ObjectRef, VaultAccount, VaultAuth, VaultCa } from './vault-access.ts';

type Wire = reroot.v1.IntermediateCertificateAuthority.$Properties;
type WireVault = reroot.v1.VaultCA.$Properties;
type WireKubernetesAuth = reroot.v1.VaultKubernetesAuth.$Properties;

const place = 'desired-trust.intermediate_source.vault';
/** PEM of some CAs; more would hardly be meant. */
const maxCaBundleBytes = 65_536;

/** To the wire's form. */
export function writeIntermediateSource(source: IntermediateSource): Wire {
  switch (source.kind) {
    case 'mgmt':
      return {};
    case 'vault':
      return { vault: writeVault(source.vault) };
    default:
      return assertNever(source);
  }
}

/**
 * From the wire's form. Without a source, which older senders do not know, mgmt is meant.
 * @throws RR_PROTOCOL_MALFORMED
 */
export function readIntermediateSource(wire: Wire | null | undefined): IntermediateSource {
  const vault = wire?.vault;
  return vault === null || vault === undefined ? { kind: 'mgmt' } : { kind: 'vault', vault: readVault(vault) };
}

function writeVault({ caPath, csrPath, server, caBundle, namespace, auth }: VaultCa): WireVault {
  return { caPath, csrPath, server, caBundle: Buffer.from(caBundle, 'utf8'), namespace, ...writeAuth(auth) };
}

function writeAuth(auth: VaultAuth): WireVault {
  switch (auth.kind) {
    case 'token-secret':
      return { tokenSecretRef: { ...auth.secret } };
    case 'kubernetes':
      return { kubernetesAuth: { mountPath: auth.mountPath, role: auth.role, ...writeAccount(auth.account) } };
    default:
      return assertNever(auth);
  }
}

function writeAccount(account: VaultAccount): WireKubernetesAuth {
  switch (account.kind) {
    case 'reference':
      return { serviceAccountRef: { ...account.account }, secretTokenKey: account.tokenKey };
    case 'mounted':
      return { mountedSaPath: account.path };
    default:
      return assertNever(account);
  }
}

function readVault(wire: WireVault): VaultCa {
  const caBundle = wire.caBundle ?? new Uint8Array();
  if (caBundle.length > maxCaBundleBytes) {
    throw malformed(`${place}.ca_bundle`, `has ${caBundle.length} bytes; ${maxCaBundleBytes} are allowed`);
  }
  return {
    caPath: readFilled('ca_path', wire.caPath),
    csrPath: readText(`${place}.csr_path`, wire.csrPath),
    server: readFilled('server', wire.server),
    caBundle: Buffer.from(caBundle).toString('utf8'),
    namespace: readText(`${place}.namespace`, wire.namespace),
    auth: readAuth(wire),
  };
}

function readAuth({ tokenSecretRef, kubernetesAuth }: WireVault): VaultAuth {
  if (tokenSecretRef !== null && tokenSecretRef !== undefined) {
    return { kind: 'token-secret', secret: readRef('token_secret_ref', tokenSecretRef) };
  }
  const wire = requirePart(`${place}.auth_type`, kubernetesAuth);
  return {
    kind: 'kubernetes',
    mountPath: readFilled('kubernetes_auth.mount_path', wire.mountPath),
    role: readFilled('kubernetes_auth.role', wire.role),
    account: readAccount(wire),
  };
}

function readAccount({ serviceAccountRef, secretTokenKey, mountedSaPath }: WireKubernetesAuth): VaultAccount {
  const at = 'kubernetes_auth.';
  if (serviceAccountRef === null || serviceAccountRef === undefined) {
    return { kind: 'mounted', path: readText(`${place}.${at}mounted_sa_path`, mountedSaPath) };
  }
  const account = readRef(`${at}service_account_ref`, serviceAccountRef);
  return { kind: 'reference', account, tokenKey: readFilled(`${at}secret_token_key`, secretTokenKey) };
}

function readRef(field: string, { name, namespace }: reroot.v1.ObjectRef.$Properties): ObjectRef {
  return { name: readFilled(`${field}.name`, name), namespace: readFilled(`${field}.namespace`, namespace) };
}

function readFilled(field: string, text: string | null | undefined): string {
  const found = readText(`${place}.${field}`, text);
  if (found === '') throw malformed(`${place}.${field}`, 'is empty');
  return found;
}
