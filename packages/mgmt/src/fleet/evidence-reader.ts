import type { UnreadReason } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import { type Certificate, parseCertificate, sha256Hex } from '@reroot/shared/pki';
import type { ReplicaEvidence, Report, Holding as ReportedHolding } from '@reroot/shared/protocol';
import type { ClusterEvidence, Holding, ReplicaHolding, ReportedProblem } from '../rotation/index.ts';
import { type Anchors, createAnchorFinder, foreignRootsOf } from './find-anchors.ts';
import { createLruCache } from './lru-cache.ts';

/** What a report is read against. */
export interface ReadingContext {
  /** Every root of the mesh that mgmt knows. */
  readonly roots: readonly Certificate[];
  /** The present term of mgmt: what was proven under another one does not count. */
  readonly term: number;
  readonly receivedAtMs: number;
}

/** Turns what an agent claims into what mgmt has verified. */
export interface EvidenceReader {
  /** @throws RR_REPORT_UNREADABLE */
  read(report: Report, context: ReadingContext): ClusterEvidence;
}

/** A cluster has a handful of certificates; a rotation with many leftovers has dozens. */
const maxCertificates = 512;

/** The intermediates of five thousand clusters on two rows of a rotation, and more. With fewer than clusters report in turn, none would ever be found again. */
const cachedCertificates = 12_288;

/** Parses each certificate and verifies each chain once, however often clusters report it. */
export function createEvidenceReader(): EvidenceReader {
  const certificates = createLruCache<string, Certificate>(cachedCertificates);
  const findAnchors = createAnchorFinder();

  const parse = (der: Uint8Array): Certificate => {
    const known = certificates.get(sha256Hex(der));
    if (known !== undefined) return known;
    const certificate = parseCertificate(der);
    certificates.set(certificate.fingerprint, certificate);
    return certificate;
  };

  return {
    read: (report, context) => {
      const carried = parseAll(report, parse);
      const foreign = foreignRootsOf(carried.values(), context.roots);
      const shared = new Map<string, Holding>();
      const makeHolding = (holding: ReportedHolding): Holding => {
        const { bundleSha256, roots, signerChain } = holding;
        const chain = signerChain.map((fingerprint) => requireCarried(carried, fingerprint));
        const found = findAnchors(chain, { known: context.roots, foreign, bundle: roots }, context.receivedAtMs);
        return { bundleSha256, roots, signer: signerChain[0], signerNotAfterMs: undefined, ...anchorFields(found) };
      };
      /** Places that hold the same share one object: a cluster has thousands of places and a handful of holdings. */
      const holdingOf = (holding: ReportedHolding): Holding => {
        const { bundleSha256, roots, signerChain } = holding;
        const key = [bundleSha256, ...roots, '', ...signerChain].join();
        const known = shared.get(key) ?? makeHolding(holding);
        shared.set(key, known);
        return known;
      };
      const writtenOf = (holding: ReportedHolding): Holding => ({
        ...holdingOf(holding),
        signerNotAfterMs: carried.get(holding.signerChain[0] ?? '')?.notAfterMs,
      });
      const evidence = evidenceOf(report, context, { holdingOf, writtenOf });
      return { ...evidence, ...standingFields(report, carried, context) };
    },
  };
}

/** What is the usual is left out: no root but the one above the signer. */
function anchorFields({ root, foreignRoot, anchors }: Anchors): Pick<Holding, 'signerRoot' | 'foreignRoot' | 'anchors'> {
  return {
    signerRoot: root,
    ...(foreignRoot === undefined ? {} : { foreignRoot }),
    ...(anchors.length > 1 ? { anchors } : {}),
  };
}

/** What only an adoption needs: whose the CA is, and the certificates of roots that are not of the mesh. */
function standingFields(
  { standing, written }: Report,
  carried: ReadonlyMap<string, Certificate>,
  { roots }: ReadingContext,
): Pick<ClusterEvidence, 'standing' | 'strangers'> {
  const known = new Set(roots.map(({ fingerprint }) => fingerprint));
  const unknown = [...new Set(written?.roots)].filter((root) => !known.has(root));
  const strangers = unknown.flatMap((root) => carried.get(root) ?? []);
  return { ...(standing === undefined ? {} : { standing }), ...(strangers.length === 0 ? {} : { strangers }) };
}

type Reading = Readonly<Record<'holdingOf' | 'writtenOf', (holding: ReportedHolding) => Holding>>;

function evidenceOf(report: Report, context: ReadingContext, { holdingOf, writtenOf }: Reading): ClusterEvidence {
  const current = report.appliedTerm === context.term;
  return {
    receivedAtMs: context.receivedAtMs,
    clusterUid: report.clusterUid,
    namesake: undefined,
    appliedTerm: report.appliedTerm,
    // What was kept from before mgmt's start could be played back now: no generation of this term is proven by it.
    appliedGeneration: current ? report.appliedGeneration : 0,
    ...(current ? {} : { reportedGeneration: report.appliedGeneration }),
    nudges: report.nudges,
    written: report.written === undefined ? undefined : writtenOf(report.written),
    ...(report.secret === undefined ? {} : { secret: report.secret }),
    replicas: report.replicas.map((replica) => replicaOf(replica, holdingOf)),
    namespaces: report.namespaces?.map(({ namespace, holding }) => ({
      namespace,
      holding: holding === undefined ? undefined : holdingOf(holding),
    })),
    workloads: report.workloads?.map(({ namespace, holding, count, examples, method, learns, unread }) => ({
      namespace,
      holding: holdingOf(holding),
      count,
      examples,
      method,
      learns,
      unread: unreadReasonOf(unread),
    })),
    problems: current ? report.problems : [otherTerm(report.appliedTerm, context.term), ...report.problems],
  };
}

function replicaOf(
  { replica, result, multiRoot }: ReplicaEvidence,
  holdingOf: (holding: ReportedHolding) => Holding,
): ReplicaHolding {
  return result.kind === 'holding'
    ? { replica, holding: holdingOf(result.holding), failure: undefined, multiRoot }
    : { replica, holding: undefined, failure: `${result.problem.code} ${result.problem.message}`, multiRoot };
}

const unreadReasons = ['not-asked', 'forbidden', 'unreachable', 'unsupported'] as const satisfies readonly UnreadReason[];

/** All words of newer agents are one to us: they are counted word by word, and shown. */
function unreadReasonOf(word: string): UnreadReason | undefined {
  return word === '' ? undefined : (unreadReasons.find((reason) => reason === word) ?? 'unknown');
}

function otherTerm(reported: number, term: number): ReportedProblem {
  const { code, message, remedy } = new RerootError(
    'RR_REPORT_OTHER_TERM',
    `the report is of term ${reported}, and mgmt is in term ${term}`,
  );
  return { code, message, remedy };
}

function parseAll(report: Report, parse: (der: Uint8Array) => Certificate): ReadonlyMap<string, Certificate> {
  const { length } = report.certificates;
  if (length > maxCertificates) {
    throw new RerootError('RR_REPORT_UNREADABLE', `the report carries ${length} certificates, more than ${maxCertificates}`);
  }
  try {
    return new Map(report.certificates.map(parse).map((certificate) => [certificate.fingerprint, certificate]));
  } catch (cause) {
    throw new RerootError('RR_REPORT_UNREADABLE', 'the report carries a certificate that cannot be read', { cause });
  }
}

function requireCarried(carried: ReadonlyMap<string, Certificate>, fingerprint: string): Certificate {
  const certificate = carried.get(fingerprint);
  if (certificate === undefined) {
    throw new RerootError('RR_REPORT_UNREADABLE', `the report names certificate ${fingerprint} and does not carry it`);
  }
  return certificate;
}
