import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import { type Certificate, csrToPem } from '@reroot/shared/pki';
import type { VaultAccess } from '@reroot/shared/protocol';
import { deleteIssuer, deleteKey, generateRoot, type Issuer, readIssuer, signIntermediate, type Vault } from '@reroot/vault';
import type { VaultRoot } from '../mesh/index.ts';
import type { VaultCustody } from './custody.ts';
import type { IntermediateRequest, KeptRoot, ObtainedRoot, OfferRequest, RootRequest } from './root-authority.ts';
import { newRootName } from './root-name.ts';
import { isSelfIssued, type RuleContext, rootProblem } from './root-rules.ts';
import { backdateMs } from './validity.ts';

/** Roots whose keys are in a PKI mount of Vault, or OpenBao, and stay there. */
export interface VaultAuthority {
  /**
   * Has Vault make a root, or takes over the issuer that the source names.
   * @throws RR_VAULT_*; RR_ROOT_UNCHANGED, RR_ROOT_ISSUER_INVALID for an issuer that somebody else makes
   */
  obtain(request: RootRequest, source: VaultRoot, signal: AbortSignal): Promise<ObtainedRoot>;
  /** @throws RR_VAULT_*, RR_ROOT_ISSUER_INVALID */
  findOffer(request: OfferRequest, source: VaultRoot, signal: AbortSignal): Promise<Certificate | undefined>;
  /** @throws RR_VAULT_* */
  issue(
    root: KeptRoot,
    custody: VaultCustody,
    request: IntermediateRequest,
    signal: AbortSignal,
  ): Promise<readonly Certificate[]>;
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
  const issuerOf = async ({ known }: OfferRequest, source: VaultRoot, signal: AbortSignal) => {
    const issuer = await readIssuer(open(source), source.mount, source.issuer, signal);
    return { issuer, root: requireRoot(issuer, source, { known, nowMs: clock.now() }) };
  };
  return {
    obtain: async (request, source, signal) => {
      if (source.issuer === '') return makeRoot(open(source), source, request, signal);
      const { issuer, root } = await issuerOf(request, source, signal);
      requireNew(root, request, source);
      const { issuerId, keyId } = issuer;
      return { certificate: root, custody: { kind: 'vault', vault: placeOf(source), issuerId, keyId, madeBy: 'somebody' } };
    },
    findOffer: async (request, source, signal) =>
      source.issuer === '' ? undefined : (await issuerOf(request, source, signal)).root,
    issue: async ({ certificate }, { vault, issuerId }, request, signal) => {
      const { csr, commonName, organization, trustDomain, notBeforeMs, notAfterMs } = request;
      const path = `${vault.mount}/issuer/${issuerId}/sign-intermediate`;
      const asked = {
        ...{ csrPem: csrToPem(csr.der), commonName, organization, uriSans: [`spiffe://${trustDomain}`] },
        notAfterMs: Math.min(notAfterMs, certificate.notAfterMs),
        notBeforeDurationMs: Math.max(0, clock.now() - notBeforeMs),
      };
      return belowRoot(await signIntermediate(open(vault), path, asked, signal), certificate);
    },
    destroy: async ({ vault, issuerId, keyId, madeBy }, signal) => {
      // What somebody else has made is theirs to destroy.
      if (madeBy === 'somebody') return;
      await deleteIssuer(open(vault), vault.mount, issuerId, signal);
      await deleteKey(open(vault), vault.mount, keyId, signal);
    },
  };
}

/** A crash between this and the record leaves an issuer that nobody uses; its name says whose it was to be. */
async function makeRoot(
  vault: Vault,
  source: VaultRoot,
  { mesh, keyAlgorithm, organization, ttlDays, trustDomain }: RootRequest,
  signal: AbortSignal,
): Promise<ObtainedRoot> {
  const { commonName, issuerName } = newRootName(mesh);
  const asked = {
    ...{ commonName, organization, ttlDays, keyAlgorithm, uriSans: [`spiffe://${trustDomain}`] },
    issuerName,
    notBeforeDurationMs: backdateMs,
  };
  const { certificate, issuerId, keyId } = await generateRoot(vault, source.mount, asked, signal);
  return { certificate, custody: { kind: 'vault', vault: placeOf(source), issuerId, keyId, madeBy: 'reroot' } };
}

/** What outlives the name of the issuer, which may mean another one tomorrow. */
function placeOf({ issuer: _, ...place }: VaultRoot): VaultCustody['vault'] {
  return place;
}

/** The self-signed root that an issuer is, or hangs from. @throws RR_ROOT_ISSUER_INVALID */
function requireRoot({ chain, keyId }: Issuer, source: VaultRoot, context: RuleContext): Certificate {
  if (keyId === '') throw refuse('Vault has its certificate and not its key', source);
  const root = chain.find(isSelfIssued);
  if (root === undefined) throw refuse('Vault does not know the self-signed root above it', source);
  const problem = rootProblem({ root, chain: belowRoot(chain, root) }, context);
  if (problem === undefined) return root;
  throw refuse(problem, source);
}

function refuse(why: string, source: VaultRoot): RerootError {
  return new RerootError('RR_ROOT_ISSUER_INVALID', `the issuer cannot be used: ${why}`, { place: placeNameOf(source) });
}

function requireNew({ fingerprint }: Certificate, { known }: RootRequest, source: VaultRoot): void {
  if (known.every((each) => each.fingerprint !== fingerprint)) return;
  throw new RerootError('RR_ROOT_UNCHANGED', `the mesh has root ${fingerprint} already`, { place: placeNameOf(source) });
}

function placeNameOf({ mount, issuer }: VaultRoot): string {
  return `${mount}/issuer/${issuer}`;
}

/** A mount may know more above the root, such as its cross-signed twin, which has no business in a chain. */
function belowRoot(chain: readonly Certificate[], root: Certificate): readonly Certificate[] {
  const end = chain.findIndex(({ fingerprint }) => fingerprint === root.fingerprint);
  const below = end === -1 ? chain : chain.slice(0, end);
  const top = below.findIndex((each) => each.x509.checkIssued(root.x509) && each.x509.verify(root.publicKey));
  return top === -1 ? below : below.slice(0, top + 1);
}
