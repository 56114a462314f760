import { isHttpsOrLocal } from '@reroot/shared/config';
import { assertNever, errorMessage, RerootError } from '@reroot/shared/errors';
import { parseCertificates } from '@reroot/shared/pki';
import type { ObjectRef, VaultAccount, VaultAuth, VaultCa } from '@reroot/shared/protocol';

/** Of a path of Vault; dots alone would lead elsewhere than the path says. */
const segment = /^(?!\.+$)[\w.-]+$/;

/**
 * Checks that what mgmt says of Vault can be meant, before anything is sent there.
 * @throws RR_TRUST_INVALID names the field
 */
export function requireVault({ server, caBundle, namespace, caPath, csrPath, auth }: VaultCa): void {
  requireServer(server);
  requireBundle(caBundle);
  if (namespace !== '') requirePath('namespace', namespace);
  requirePath('ca_path', caPath);
  requireMatch('ca_path', caPath, /\/sign-intermediate$/, 'does not end in /sign-intermediate');
  if (csrPath !== '') {
    requirePath('csr_path', csrPath);
    // From `internal` and `kms` no key would come.
    requireMatch('csr_path', csrPath, /\/exported$/, 'does not end in /exported');
  }
  requireAuth(auth);
}

function requireServer(server: string): void {
  const url = URL.parse(server);
  if (url === null || !/^https?:$/.test(url.protocol)) throw invalid('server', 'is no URL of https');
  // Not quoted: it may hold what it should not.
  if (url.username !== '' || url.password !== '') throw invalid('server', 'holds a user or a password');
  if (url.search !== '' || url.hash !== '') throw invalid('server', 'has a query or a fragment');
  if (isHttpsOrLocal(url)) return;
  throw invalid('server', `is ${url.origin}: a token would travel in the clear`);
}

function requireBundle(caBundle: string): void {
  if (caBundle === '') return;
  let count: number;
  try {
    count = parseCertificates(caBundle).length;
  } catch (error) {
    throw invalid('ca_bundle', `cannot be read: ${errorMessage(error)}`);
  }
  if (count === 0) throw invalid('ca_bundle', 'holds no certificate');
}

function requireAuth(auth: VaultAuth): void {
  switch (auth.kind) {
    case 'token-secret':
      requireObject('token_secret_ref', auth.secret);
      return;
    case 'kubernetes':
      requirePath('kubernetes_auth.mount_path', auth.mountPath);
      requireAccount(auth.account);
      return;
    default:
      assertNever(auth);
  }
}

function requireAccount(account: VaultAccount): void {
  switch (account.kind) {
    case 'mounted':
      requireMatch('kubernetes_auth.mounted_sa_path', account.path, /^$|^\//, 'is not an absolute path');
      return;
    case 'reference':
      requireObject('kubernetes_auth.service_account_ref', account.account);
      return;
    default:
      assertNever(account);
  }
}

/** They become parts of a path of the API of Kubernetes, and must not lead to another object. */
function requireObject(field: string, { namespace, name }: ObjectRef): void {
  requireMatch(`${field}.namespace`, namespace, /^[a-z0-9-]+$/, 'is not the name of a namespace');
  requireMatch(`${field}.name`, name, /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, 'is not a name of Kubernetes');
}

function requirePath(field: string, text: string): void {
  if (!text.split('/').every((each) => segment.test(each))) throw invalid(field, `is no path of Vault: ${JSON.stringify(text)}`);
}

function requireMatch(field: string, text: string, pattern: RegExp, otherwise: string): void {
  if (!pattern.test(text)) throw invalid(field, `${otherwise}: ${JSON.stringify(text)}`);
}

function invalid(field: string, what: string): RerootError {
  return new RerootError('RR_TRUST_INVALID', `${field} of the desired Vault ${what}`, {
    place: `intermediate_source.vault.${field}`,
    remedy: 'correct intermediateCertificateAuthority.vault of the mesh, or run the same version of mgmt and agent',
  });
}
