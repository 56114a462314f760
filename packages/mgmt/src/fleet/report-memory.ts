import type { Certificate } from '@reroot/shared/pki';
import type { ClusterEvidence, Holding } from '../rotation/index.ts';
import type { ReadingContext } from './evidence-reader.ts';
import { createLruCache } from './lru-cache.ts';
import type { ReceivedReport } from './report-intake.ts';

/**
 * What the last report of each cluster was read to. At rest thousands of clusters say the same again every ten seconds: what has been
 * verified need be neither decoded nor looked up again, and, as the parts stay the same objects, whoever rests on them sees at a
 * glance that nothing has changed.
 */
export interface ReportMemory {
  /**
   * The evidence of a report, by its digest: as it was read before where that may stand for it, else by `read`.
   * @throws what `read` throws
   */
  evidenceOf(
    received: Pick<ReceivedReport, 'mesh' | 'cluster' | 'digest'>,
    context: ReadingContext,
    read: () => ClusterEvidence,
  ): ClusterEvidence;
}

/** Five thousand clusters, and room. With more that report in turn, none would ever be found again. */
export const rememberedReports = 12_288;

/** What was found is looked at anew in so long: certificates expire. */
export const rereadAfterMs = 60_000;

interface Remembered {
  readonly digest: string;
  readonly roots: readonly Certificate[];
  readonly term: number;
  readonly readAtMs: number;
  readonly evidence: ClusterEvidence;
}

/** Starts with nothing remembered. */
export function createReportMemory(): ReportMemory {
  const memory = createLruCache<string, Remembered>(rememberedReports);
  return {
    evidenceOf: ({ mesh, cluster, digest }, context, read) => {
      const key = `${mesh}/${cluster}`;
      const known = memory.get(key);
      const { roots, term, receivedAtMs } = context;
      if (known?.digest === digest && standsFor(known, context)) return { ...known.evidence, receivedAtMs };
      const evidence = read();
      if (isSettled(evidence)) memory.set(key, { digest, roots, term, readAtMs: receivedAtMs, evidence });
      return evidence;
    },
  };
}

function standsFor(known: Remembered, { roots, term, receivedAtMs }: ReadingContext): boolean {
  const ageMs = receivedAtMs - known.readAtMs;
  return known.term === term && ageMs >= 0 && ageMs < rereadAfterMs && isSame(known.roots, roots);
}

function isSame(before: readonly Certificate[], now: readonly Certificate[]): boolean {
  return before.length === now.length && before.every((root, index) => root === now[index]);
}

/** The root above a chain that leads to none of the mesh may become known by the report of another cluster. */
function isSettled({ written, replicas, workloads = [] }: ClusterEvidence): boolean {
  return [written, ...replicas.map(({ holding }) => holding), ...workloads.map(({ holding }) => holding)].every(isAnchored);
}

function isAnchored(holding: Holding | undefined): boolean {
  return holding === undefined || holding.signer === undefined || holding.signerRoot !== undefined;
}
