import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import { algorithmOf, type Certificate, csrToPem, fitName, type KeyAlgorithm } from '@reroot/shared/pki';
import type { VaultAccess } from '@reroot/shared/protocol';
import { generateRoot, readIssuer, signIntermediate, type Vault } from '@reroot/vault';
import type { VaultRoot } from '../mesh/index.ts';
import { placeOf, type VaultCustody } from './custody.ts';
import { destroyIssuer } from './destroy-issuer.ts';
import type { IntermediateRequest, KeptRoot, OfferRequest, RootRequest } from './root-authority.ts';
import { newRootName } from './root-name.ts';
import { requireNew } from './root-rules.ts';
import { backdateMs } from './validity.ts';
import { belowRoot, issuerPlace, requireIssuer } from './vault-issuer.ts';

/** Roots whose keys are in a PKI mount of Vault, or OpenBao, and stay there. */
export interface VaultAuthority {
  /**
   * Has Vault make a root, or takes over the issuer that the source names.
   * @throws RR_VAULT_*; RR_ROOT_UNCHANGED, RR_ROOT_ISSUER_INVALID for an issuer that somebody else makes
   */
  obtain(request: RootRequest, source: VaultRoot, signal: AbortSignal): Promise<KeptRoot>;
  /** @throws RR_VAULT_*, RR_ROOT_ISSUER_INVALID */
  findOffer(request: OfferRequest, source: VaultRoot, signal: AbortSignal): Promise<Certificate | undefined>;
  /** @throws RR_VAULT_* */
  issue(
    root: KeptRoot,
    custody: VaultCustody,
    request: IntermediateRequest,
    signal: AbortSignal,
  ): Promise<readonly Certificate[]>;
  /** Asks Vault for the issuer. @throws RR_VAULT_* */
  probe(custody: VaultCustody, signal: AbortSignal): Promise<void>;
  /** @throws RR_VAULT_* */
  destroy(custody: VaultCustody, signal: AbortSignal): Promise<void>;
}

/** What it works with. */
export interface VaultAuthorityOptions {
  /** Gives the Vault that is reached this way, the same one each time. */
  readonly open: (access: VaultAccess) => Vault;
  readonly clock: Clock;
}

/** Starts without a connection. */
export function createVaultAuthority({ open, clock }: VaultAuthorityOptions): VaultAuthority {
  const findIssuer = async (request: OfferRequest, source: VaultRoot, signal: AbortSignal) => {
    const issuer = await readIssuer(open(source), source.mount, source.issuer, signal);
    return { ...issuer, root: requireIssuer(issuer, source, { ...request, nowMs: clock.now() }) };
  };
  return {
    obtain: async (request, source, signal) => {
      if (source.issuer === '') return makeRoot(open(source), source, request, signal);
      const { root, issuerId, keyId } = await findIssuer(request, source, signal);
      requireNew(root, request.known, issuerPlace(source));
      // Of such a root only a CA below it has its key somewhere.
      if (keyId === '') return { certificate: root, custody: { kind: 'agents' } };
      return { certificate: root, custody: { kind: 'vault', vault: placeOf(source), issuerId, keyId, madeBy: 'somebody' } };
    },
    findOffer: async (request, source, signal) =>
      source.issuer === '' ? undefined : (await findIssuer(request, source, signal)).root,
    issue: ({ certificate }, { vault, issuerId }, request, signal) =>
      issueBelow(certificate, request, clock.now(), (asked) =>
        signIntermediate(open(vault), `${vault.mount}/issuer/${issuerId}/sign-intermediate`, asked, signal),
      ),
    probe: async ({ vault, issuerId }, signal) => {
      await readIssuer(open(vault), vault.mount, issuerId, signal);
    },
    destroy: async (custody, signal) => {
      // What somebody else has made is theirs to destroy.
      if (custody.madeBy === 'reroot') await destroyIssuer(open(custody.vault), custody, signal);
    },
  };
}

/** A crash between this and the record leaves an issuer that nobody uses; its name says whose it was to be. */
async function makeRoot(
  vault: Vault,
  source: VaultRoot,
  { mesh, keyAlgorithm, organization, ttlDays, trustDomain }: RootRequest,
  signal: AbortSignal,
): Promise<KeptRoot> {
  const { commonName, issuerName } = newRootName(mesh);
  const subject = subjectOf({ commonName, organization, trustDomain });
  const asked = { ...subject, ttlDays, keyAlgorithm, issuerName, notBeforeDurationMs: backdateMs };
  const { certificate, issuerId, keyId } = await generateRoot(vault, source.mount, asked, signal);
  const custody: VaultCustody = { kind: 'vault', vault: placeOf(source), issuerId, keyId, madeBy: 'reroot' };
  const problem = madeProblem(certificate, subject.commonName, keyAlgorithm);
  if (problem === undefined) return { certificate, custody };
  await destroyIssuer(vault, custody, signal).catch(() => undefined);
  throw new RerootError('RR_VAULT_ANSWER_INVALID', `the root that Vault made as ${issuerName} is not as asked: ${problem}`, {
    place: `${source.mount}/issuer/${issuerName}`,
  });
}

/** What tells a root from the one that was asked for; a proxy or a plugin of Vault may have had a hand in it. */
function madeProblem(
  { x509, publicKey, subject, pathLength }: Certificate,
  commonName: string,
  asked: KeyAlgorithm,
): string | undefined {
  const { CN: found } = x509.toLegacyObject().subject as { readonly CN?: unknown };
  if (found !== commonName) return `its name is ${subject.replaceAll('\n', ', ')}`;
  if (!isDeepStrictEqual({ ...algorithmOf(publicKey) }, { ...asked }))
    return `its key is of ${JSON.stringify(algorithmOf(publicKey))}`;
  if (!x509.verify(publicKey)) return 'it is not signed by its own key';
  return pathLength === 0 ? 'its path length is 0, so it may issue no intermediate' : undefined;
}

/**
 * Each CA above the intermediate may end sooner than the one below it; Vault clips to none, and its client to that which signs.
 * @param sign has Vault sign
 */
async function issueBelow(
  root: Certificate,
  { csr, notBeforeMs, notAfterMs, ...subject }: IntermediateRequest,
  nowMs: number,
  sign: (asked: Parameters<typeof signIntermediate>[2]) => Promise<readonly Certificate[]>,
): Promise<readonly Certificate[]> {
  const notBeforeDurationMs = Math.max(0, nowMs - Math.max(notBeforeMs, root.notBeforeMs));
  const asked = { ...subjectOf(subject), csrPem: csrToPem(csr.der), notBeforeDurationMs };
  const signUntil = async (endMs: number) => belowRoot(await sign({ ...asked, notAfterMs: endMs }), root);
  const chain = await signUntil(Math.min(notAfterMs, root.notAfterMs));
  const [intermediate, ...above] = chain;
  const endMs = Math.min(...above.map((each) => each.notAfterMs));
  return intermediate === undefined || intermediate.notAfterMs <= endMs ? chain : signUntil(endMs);
}

/** Names as X.509 has room for; Vault takes longer ones. */
function subjectOf({
  commonName,
  organization,
  trustDomain,
}: Pick<IntermediateRequest, 'commonName' | 'organization' | 'trustDomain'>) {
  return {
    commonName: fitName(commonName),
    organization: organization === '' ? undefined : fitName(organization),
    uriSans: [`spiffe://${trustDomain}`],
  };
}
