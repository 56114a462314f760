import type { ProvenCheck, Store } from '../store/index.ts';
import type { Check } from './check.ts';
import { type Asked, makeProof, type ProofHeading } from './make-proof.ts';
import { runChecks } from './run-checks.ts';
import type { Clocks } from './steady-time.ts';
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
export interface ProveOptions extends Clocks {
  readonly subject: () => Subject;
  readonly checks: readonly Check[];
  readonly asked: Asked;
  readonly running: RunningProof;
  readonly store: Pick<Store, 'keepProof'>;
  /** The one that this mgmt took. */
  readonly term: number;
  readonly signal: AbortSignal;
}

/** Whoever has asked waits for it. */
const maxMs = 120_000;

/**
 * Makes a proof and keeps it.
 * @throws RR_STORE_*; the signal's reason
 */
export async function proveNow(options: ProveOptions): Promise<void> {
  const { subject, checks, asked, running, store, term, clock, steadyClock, signal } = options;
  const deadlineMs = steadyClock.now() + Math.min(maxMs, automaticPolicyOf(subject()).timeoutMs);
  const results = await runChecks(checks, {
    ...{ subject, proofId: running.heading.id, clock, steadyClock, signal, deadlineMs, onFailure: 'go-on' },
    onProgress: (message) => {
      running.message = message;
    },
    onResult: (so) => {
      running.checks = so;
    },
  });
  await store.keepProof(subject().spec.mesh, makeProof(running.heading, results, clock.now(), asked), term);
}
