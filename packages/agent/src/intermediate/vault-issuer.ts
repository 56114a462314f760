import { createPublicKey } from 'node:crypto';
import { RerootError } from '@reroot/shared/errors';
import { type Certificate, csrToPem, type generateKey, importPrivateKey, parseCsr } from '@reroot/shared/pki';
import type { VaultCa } from '@reroot/shared/protocol';
import { deleteKey, generateExported, signIntermediate, signingPath, type Vault } from '@reroot/vault';
import type { Desired } from '../trust/desired.ts';
import type { VaultConnection } from '../vault/vault-connection.ts';
import type { Issuer } from './issuer.ts';
import { commonNameOf, type KeyAndRequest, makeRequest } from './key-and-request.ts';

/** What having Vault issue takes. */
export interface VaultIssuerOptions {
  readonly cluster: string;
  readonly ca: VaultCa;
  readonly connection: VaultConnection;
  readonly makeKey: typeof generateKey;
  readonly now: () => number;
}

const dayMs = 24 * 3_600_000;
/** As far as mgmt dates back: the clocks of istiod and proxies may be behind that of Vault. */
const backdateMs = 5 * 60_000;

/**
 * Has Vault sign under the issuer that is the desired signing root, or hangs from it. Without a `csrPath` the key is made
 * here; with one it comes from Vault and goes into the Secret and nowhere else. It throws RR_VAULT_*, and what reading
 * credentials throws.
 */
export function createVaultIssuer(options: VaultIssuerOptions): Issuer {
  const { cluster, ca, makeKey, now } = options;
  return {
    answers: 'another-each-time',
    begin: (desired, signal) =>
      ca.csrPath === ''
        ? makeRequest(cluster, desired, makeKey)
        : withVault(options, (vault) => requestFromVault(vault, options, desired, signal)),
    sign: ({ csr }, desired, signal) =>
      withVault(options, async (vault) => {
        const { signerRoot, intermediate } = desired;
        const path = await signingPath(vault, ca.caPath, signerRoot.fingerprint, signal);
        const request = {
          ...subjectOf(cluster, desired),
          csrPem: csrToPem(csr),
          notAfterMs: Math.min(now() + intermediate.ttlDays * dayMs, signerRoot.notAfterMs),
          notBeforeDurationMs: backdateMs,
        };
        const chain = await signIntermediate(vault, path, request, signal).catch(asUnusableAnswer);
        return upTo(signerRoot, chain).map(({ der }) => der);
      }),
  };
}

/** What Vault has signed, and what cannot be used, is one thing to whoever counts the certificates. */
function asUnusableAnswer(error: unknown): never {
  if (!(error instanceof RerootError) || error.code !== 'RR_VAULT_ANSWER_INVALID') throw error;
  throw new RerootError('RR_ISSUE_ANSWER_INVALID', error.message);
}

/** A mount may know more above the root, such as its cross-signed twin, which has no business in the Secret. */
function upTo({ x509, publicKey }: Certificate, chain: readonly Certificate[]): readonly Certificate[] {
  const top = chain.findIndex((each) => each.x509.checkIssued(x509) && each.x509.verify(publicKey));
  return top === -1 ? chain : chain.slice(0, top + 1);
}

/** As mgmt names them, and with the trust domain, for Vault's policies may ask for it. */
function subjectOf(cluster: string, { intermediate, trustDomain }: Desired) {
  const { organization } = intermediate;
  return { commonName: commonNameOf(cluster), organization, uriSans: [`spiffe://${trustDomain}`] };
}

async function requestFromVault(
  vault: Vault,
  { cluster, ca }: VaultIssuerOptions,
  desired: Desired,
  signal: AbortSignal,
): Promise<KeyAndRequest> {
  const { keyAlgorithm } = desired.intermediate;
  const made = await generateExported(vault, ca.csrPath, { ...subjectOf(cluster, desired), keyAlgorithm }, signal);
  if (made.keyId !== undefined) await removeCopy(vault, ca.csrPath, made.keyId, signal);
  const publicKeySpki = createPublicKey(importPrivateKey(made.privateKeyPem)).export({ type: 'spki', format: 'der' });
  return { caKey: made.privateKeyPem, publicKeySpki, csr: parseCsr(made.csrPem).der };
}

/** The mount keeps the key that it has given away. Where a policy does not let it be removed, it stays: it works all the same. */
async function removeCopy(vault: Vault, csrPath: string, keyId: string, signal: AbortSignal): Promise<void> {
  const mount = /^(.+)\/(?:intermediate|issuers)\/generate\//.exec(csrPath)?.[1];
  if (mount === undefined) return;
  try {
    await deleteKey(vault, mount, keyId, signal);
  } catch (error) {
    if (!(error instanceof RerootError)) throw error;
  }
}

/** Whoever is refused here must come with other credentials next time: those that are kept may be the ones of yesterday. */
async function withVault<T>({ ca, connection }: VaultIssuerOptions, work: (vault: Vault) => Promise<T>): Promise<T> {
  try {
    return await work(await connection.to(ca));
  } catch (error) {
    if (error instanceof RerootError && error.code === 'RR_VAULT_UNAUTHENTICATED') connection.discardCredentials();
    throw error;
  }
}
