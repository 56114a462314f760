import type { Clock } from '@reroot/shared/clock';
import type { ProvenCheck, Store } from '../store/index.ts';
import type { Check } from './check.ts';
import { type Asked, makeProof, type ProofHeading } from './make-proof.ts';
import { runChecks } from './run-checks.ts';
import { automaticPolicyOf, type Subject } from './subject.ts';

/** A proof that is being made. */
export interface RunningProof {
  readonly heading: ProofHeading;
  /** How far it is. */
  message: string;
  /** What has been found so far. */
  checks: readonly ProvenCheck[];
}

/** What making a proof works with. */
export interface ProveOptions {
  readonly subject: () => Subject;
  readonly checks: readonly Check[];
  readonly asked: Asked;
  readonly running: RunningProof;
  readonly store: Pick<Store, 'keepProof'>;
  /** The one that this mgmt took. */
  readonly term: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Whoever has asked waits for it. */
const maxMs = 120_000;

/**
 * Makes a proof and keeps it.
 * @throws RR_STORE_*; the signal's reason
 */
export async function proveNow(options: ProveOptions): Promise<void> {
  const { subject, checks, asked, running, store, term, clock, signal } = options;
  const deadlineMs = clock.now() + Math.min(maxMs, automaticPolicyOf(subject()).timeoutMs);
  const results = await runChecks(checks, {
    ...{ subject, proofId: running.heading.id, clock, signal, deadlineMs, onFailure: 'go-on' },
    onProgress: (message) => {
      running.message = message;
    },
    onResult: (so) => {
      running.checks = so;
    },
  });
  await store.keepProof(subject().spec.mesh, makeProof(running.heading, results, clock.now(), asked), term);
}
