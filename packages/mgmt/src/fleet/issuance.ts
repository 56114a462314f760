import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import { type Certificate, type CertificateRequest, parseCertificate, sha256Hex, verifyCsr } from '@reroot/shared/pki';
import { type IssueRequest, renewalDueAtMs } from '@reroot/shared/protocol';
import { backdateMs, type IntermediateRequest, validityEndMs } from '../authorities/index.ts';
import { hasCluster, type MeshSpec } from '../mesh/index.ts';
import type { Issued, Store } from '../store/index.ts';

/** The moment of a mesh that a request is answered for. */
export interface IssueContext {
  readonly spec: MeshSpec;
  /** The root that signs now, according to the mesh's record. */
  readonly signerRoot: Certificate;
  /** Issues under that root; gives the chain, the intermediate first, without the root. */
  readonly issue: (request: IntermediateRequest) => Promise<readonly Certificate[]>;
}

/** What issuance works with. */
export interface IssuanceOptions {
  readonly store: Store;
  readonly clock: Clock;
}

/**
 * Issues the intermediate that a cluster's agent asks for, and stores it before it is given away. The same request
 * is answered with the same certificate while that is valid, has the better half of its life before it, and would not have to
 * be renewed at once.
 * @returns the chain, the intermediate first, without the root
 * @throws RR_ISSUE_NOT_MEMBER, RR_ISSUE_WRONG_ROOT, RR_ISSUE_WRONG_KEY, RR_PKI_BAD_CSR, RR_STORE_*, and what the authority
 *   throws
 */
export async function issueFor(
  cluster: string,
  request: IssueRequest,
  { spec, signerRoot, issue }: IssueContext,
  { store, clock }: IssuanceOptions,
): Promise<readonly Certificate[]> {
  requireMember(cluster, spec);
  requireSigner(request.signerRoot, signerRoot);
  const csr = requireKey(await verifyCsr(request.csr), spec);
  const key = { mesh: spec.mesh, cluster, signerRoot: signerRoot.fingerprint, csrSha256: sha256Hex(csr.der) };
  const nowMs = clock.now();
  const before = await store.findIssued(key);
  if (before !== undefined && isGood(before, spec, nowMs)) return certificatesOf(before);

  const chain = await issue({
    csr,
    commonName: `${cluster} intermediate`,
    organization: spec.intermediate.organization,
    trustDomain: spec.trustDomain,
    notBeforeMs: nowMs - backdateMs,
    notAfterMs: validityEndMs(nowMs, spec.intermediate.ttlDays),
  });
  const serial = chain[0]?.serial ?? '';
  return certificatesOf(await store.keepIssued({ ...key, serial, chain: chain.map(({ pem }) => pem) }, before?.serial));
}

function requireMember(cluster: string, spec: MeshSpec): void {
  if (hasCluster(spec, cluster)) return;
  throw new RerootError('RR_ISSUE_NOT_MEMBER', `cluster ${cluster} does not belong to mesh ${spec.mesh}`);
}

/** An intermediate under any other root would sign leaves that the rest of the mesh may not trust yet, or any more. */
function requireSigner(asked: string, { fingerprint }: Certificate): void {
  if (asked === fingerprint) return;
  throw new RerootError('RR_ISSUE_WRONG_ROOT', `root ${asked} was asked for, and ${fingerprint} signs now`);
}

function requireKey(csr: CertificateRequest, { intermediate }: MeshSpec): CertificateRequest {
  if (isDeepStrictEqual({ ...csr.algorithm }, { ...intermediate.keyAlgorithm })) return csr;
  const [asked, demanded] = [csr.algorithm, intermediate.keyAlgorithm].map((algorithm) => JSON.stringify(algorithm));
  throw new RerootError('RR_ISSUE_WRONG_KEY', `the request has a key of ${asked ?? ''}, and the mesh demands ${demanded ?? ''}`);
}

/**
 * An agent turns down what it would have to renew at once, and what is not valid yet, for it was issued while the clock here was ahead. It then
 * asks with the same key again.
 */
function isGood(issued: Issued, { intermediate }: MeshSpec, nowMs: number): boolean {
  const [certificate] = certificatesOf(issued);
  if (certificate === undefined) return false;
  const halfMs = (certificate.notBeforeMs + certificate.notAfterMs) / 2;
  return certificate.notBeforeMs <= nowMs && nowMs < Math.min(halfMs, renewalDueAtMs(certificate, intermediate.graceRatio));
}

function certificatesOf({ chain }: Issued): readonly Certificate[] {
  return chain.map((pem) => parseCertificate(pem));
}
