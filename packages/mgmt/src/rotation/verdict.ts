import type { Laggard, Verdict } from '@reroot/shared/api';
import type { Findings } from './findings.ts';
import { gates } from './gate.ts';

/** How many laggards a verdict lists; it counts them all. */
export const maxListedLaggards = 200;

/** Why the first gate of all, presence, does not pass. */
export const silenceReasons = { neverSeen: 'ClusterNeverReported', silent: 'ClusterSilent' } as const;

/** Reasons that have a cluster in them, in the order of the gates. */
export const laggardReasons: readonly string[] = [
  silenceReasons.neverSeen,
  silenceReasons.silent,
  ...gates.map(({ reason }) => reason),
];

/** Reasons between clusters, of the trust matrix. They come up when every cluster's gates have passed, and name places. */
export const trustReasons = {
  red: 'TrustMatrixRed',
  unknown: 'TrustMatrixUnknown',
  losing: 'WouldLoseTrust',
} as const;

/** Reasons of a whole mesh. All but the first two come up when every cluster's gates have passed. */
export const meshReasons = {
  noMember: 'NoMember',
  awaitingApproval: 'AwaitingApproval',
  maintenanceWindowClosed: 'MaintenanceWindowClosed',
  waveSoaking: 'WaveSoaking',
  overlapNotElapsed: 'OverlapNotElapsed',
  awaitingVerification: 'AwaitingVerification',
  verificationRunning: 'VerificationRunning',
  verificationSoaking: 'VerificationSoaking',
  awaitingOperator: 'AwaitingOperator',
  storeRestored: 'StoreRestored',
  storeOutdated: 'StoreOutdated',
} as const;

/** What the reasons of silence wait for, as parts of a sentence. */
export const silenceMeanings: Readonly<Record<(typeof silenceReasons)[keyof typeof silenceReasons], string>> = {
  ClusterNeverReported: 'the first report of a cluster',
  ClusterSilent: 'a report that is new enough to count',
};

/** What the reasons of the trust matrix wait for. */
export const trustReasonMeanings: Readonly<Record<(typeof trustReasons)[keyof typeof trustReasons], string>> = {
  TrustMatrixRed: 'every cluster to trust every live leaf of every other one, and of itself',
  TrustMatrixUnknown: 'evidence of whether they do',
  WouldLoseTrust: 'what would be refused, or would refuse others, as soon as the next row is in force anywhere',
};

/** What the reasons of a whole mesh wait for. */
export const meshReasonMeanings: Readonly<Record<(typeof meshReasons)[keyof typeof meshReasons], string>> = {
  NoMember: 'a cluster that counts: the mesh has none',
  AwaitingApproval: 'another person to approve a rotation in an emergency; nobody has been told of it',
  MaintenanceWindowClosed: 'the next maintenance window',
  WaveSoaking: 'the soak time of a wave to pass',
  OverlapNotElapsed: 'the time for which both roots must have been trusted everywhere',
  AwaitingVerification: "a person's answer in `VERIFYING`",
  VerificationRunning: 'the checks of automatic verification',
  VerificationSoaking: 'the soak time of automatic verification to pass',
  StoreRestored: 'every cluster to show that the record, which was put back, is not older than the mesh',
  StoreOutdated: 'a newer record: the one that was put back is older than the mesh, and nobody is led by it',
  AwaitingOperator: "a person's decision: after a failure, or on a row that was rolled back to",
};

/**
 * Puts the findings of clusters into one verdict. Its reason is the earliest gate that still fails anywhere.
 * @param found one entry for each cluster, undefined when it lags behind nothing
 * @param passed the sentence when nothing was found
 */
export function verdictOf(found: readonly (Findings | undefined)[], passed: string): Verdict {
  const perReason = laggardReasons.map(() => 0);
  for (const findings of found) {
    if (findings === undefined) continue;
    const index = reasonIndex(findings.reason);
    perReason[index] = (perReason[index] ?? 0) + findings.count;
  }
  return composeVerdict(found, perReason, passed);
}

/** The same from findings that were counted already: `perReason` follows `laggardReasons`. */
export function composeVerdict(found: readonly (Findings | undefined)[], perReason: readonly number[], passed: string): Verdict {
  const laggardCount = perReason.reduce((sum, count) => sum + count, 0);
  if (found.length === 0) return waiting(meshReasons.noMember, 'no cluster of the mesh counts yet');
  if (laggardCount === 0) return { passed: true, reason: 'Passed', message: passed, laggards: [], laggardCount };
  const laggards = listLaggards(found, perReason, laggardCount);
  const [first] = laggards;
  const more = laggardCount === 1 ? '' : ` (and ${laggardCount - 1} more)`;
  return {
    passed: false,
    reason: first?.reason ?? '',
    message: `waiting: ${first?.message ?? ''}${more}`,
    laggards,
    laggardCount,
  };
}

/** Where a reason stands in `laggardReasons`. */
export function reasonIndex(reason: string): number {
  return laggardReasons.indexOf(reason);
}

/** The verdict on something that concerns the mesh as a whole and has places to name. */
export function failing({ reason, count, list }: Findings): Verdict {
  const laggards = list();
  const more = count <= 1 ? '' : ` (and ${count - 1} more)`;
  return { passed: false, reason, message: `waiting: ${laggards[0]?.message ?? ''}${more}`, laggards, laggardCount: count };
}

/** Waiting for something that no cluster is behind. */
export function waiting(reason: string, message: string): Verdict {
  return { passed: false, reason, message: `waiting: ${message}`, laggards: [], laggardCount: 0 };
}

/**
 * Says of each laggard since when it has been waited for: since the verdict before, if it named the same one for the
 * same reason, else since now. Pure.
 */
export function ageVerdict(verdict: Verdict, before: Verdict | undefined, nowMs: number): Verdict {
  if (verdict.laggards.length === 0) return verdict;
  const known = new Map(before?.laggards.map((laggard) => [laggardKey(laggard), laggard.since]));
  const now = new Date(nowMs).toISOString();
  const laggards = verdict.laggards.map((laggard) => ({ ...laggard, since: known.get(laggardKey(laggard)) ?? now }));
  return { ...verdict, laggards };
}

/** Whether two verdicts say the same to whoever reads them. */
export function sameVerdict(a: Verdict, b: Verdict): boolean {
  return (
    a.passed === b.passed &&
    a.reason === b.reason &&
    a.message === b.message &&
    a.laggardCount === b.laggardCount &&
    a.laggards.length === b.laggards.length &&
    a.laggards.every((laggard, index) => {
      const other = b.laggards[index];
      return other !== undefined && laggardKey(laggard) === laggardKey(other) && laggard.message === other.message;
    })
  );
}

/** Stops as soon as nothing more can come onto the list: thousands of clusters may lag behind, or behind nothing. */
function listLaggards(found: readonly (Findings | undefined)[], perReason: readonly number[], total: number): Laggard[] {
  const byReason = laggardReasons.map((): Bucket => ({ laggards: [], counted: 0 }));
  let [listed, counted] = [0, 0];
  for (const findings of found) {
    if (findings === undefined) continue;
    counted += findings.count;
    const bucket = byReason[reasonIndex(findings.reason)];
    if (bucket !== undefined && bucket.laggards.length < maxListedLaggards) {
      const laggards = findings.list();
      bucket.laggards.push(...laggards);
      bucket.counted += findings.count;
      listed += laggards.length;
    }
    if (counted === total || (listed >= maxListedLaggards && isFull(byReason, perReason))) break;
  }
  return byReason.flatMap(({ laggards }) => laggards).slice(0, maxListedLaggards);
}

/** What was found for one reason. */
interface Bucket {
  readonly laggards: Laggard[];
  /** How many there are in the clusters that were looked at; not all of them are listed. */
  counted: number;
}

/** Whether the list is full without a gap, counted from the earliest reason on. */
function isFull(byReason: readonly Bucket[], perReason: readonly number[]): boolean {
  let listed = 0;
  for (const [index, { laggards, counted }] of byReason.entries()) {
    listed += laggards.length;
    if (listed >= maxListedLaggards) return true;
    if (counted < (perReason[index] ?? 0)) return false;
  }
  return true;
}

function laggardKey({ cluster, reason, replica, namespace, workload }: Laggard): string {
  return [cluster, reason, replica, namespace, workload].join('/');
}
