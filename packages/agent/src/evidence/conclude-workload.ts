import type { EvidenceMethod } from '@reroot/shared/protocol';
import type { CaSecret, Workload } from '../cluster/cluster.ts';
import { clockMarginMs, isStartedAfter, momentOfProof } from '../install/moment.ts';
import type { ObservedReplica } from './collect-evidence.ts';
import { observeSecret } from './observe-secret.ts';
import { holdsSame, type Observed, observeNothing } from './observed.ts';

/** What is known about workloads whose proxies cannot be read: what every replica has signed with, and since when. */
export interface Basis {
  readonly files: Observed;
  readonly provenAtMs: number;
  readonly nowMs: number;
}

/** What is concluded of one workload, and how. */
export interface Conclusion {
  readonly observed: Observed;
  readonly method: Exclude<EvidenceMethod, 'proxy-config'>;
}

/**
 * What conclusions may be drawn from, if any. Whoever may have signed for a workload must be known: so every replica must
 * prove now that it holds the certificates of the Secret, and must have been proven to before. A nudge changes bytes alone,
 * and matters not.
 */
export function findBasis(secret: CaSecret | undefined, replicas: readonly ObservedReplica[], nowMs: number): Basis | undefined {
  const provenAtMs = secret === undefined ? undefined : momentOfProof(secret);
  if (secret === undefined || provenAtMs === undefined) return undefined;
  const files = observeSecret(secret);
  const holds = ({ result }: ObservedReplica): boolean => result.kind === 'proven' && holdsSame(result.observed, files);
  return replicas.length > 0 && replicas.every(holds) ? { files, provenAtMs, nowMs } : undefined;
}

/**
 * Concludes what a workload holds whose proxy cannot be read. One that was started after the proof has been signed for since
 * then; and once the longest life of a leaf has passed, so has every one. Each holds then what every replica hands out.
 * Nothing is concluded of a proxy that may have its certificates from elsewhere than istiod (`unsupported`).
 */
export function concludeWorkload(
  workload: Pick<Workload, 'startedAtMs' | 'leafLifetimeMs' | 'reading'>,
  basis: Basis | undefined,
): Conclusion {
  if (basis === undefined || isOfUnknownSource(workload)) return nothing;
  const { files: observed, provenAtMs, nowMs } = basis;
  if (isStartedAfter(workload, provenAtMs)) return { observed, method: 'start-time' };
  const renewedByMs = provenAtMs + workload.leafLifetimeMs + clockMarginMs;
  return nowMs >= renewedByMs ? { observed, method: 'leaf-lifetime' } : nothing;
}

const nothing: Conclusion = { observed: observeNothing(''), method: 'none' };

/** Whether starting it anew, or waiting, tells nothing of what it holds. */
export function isOfUnknownSource({ reading }: Pick<Workload, 'reading'>): boolean {
  return reading.kind === 'unread' && reading.why === 'unsupported';
}
