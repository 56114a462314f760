import type { ProofOutcome } from '@reroot/shared/api';
import type { Proof, ProvenCheck } from '../store/index.ts';
import type { Subject } from './subject.ts';

/** What a proof says besides what its checks have found. */
export type ProofHeading = Pick<Proof, 'id' | 'cause' | 'by' | 'rotationId' | 'state' | 'step' | 'generation' | 'startedAtMs'>;

/** The heading of a proof that begins now. */
export function headingOf(
  { record }: Subject,
  { id, cause, by, nowMs }: Pick<Proof, 'id' | 'cause' | 'by'> & { readonly nowMs: number },
): ProofHeading {
  const { rotation, state, step, generation } = record;
  return { id, cause, by, rotationId: rotation?.id, state, step, generation, startedAtMs: nowMs };
}

/** A proof from what its checks have found. */
export function makeProof(heading: ProofHeading, checks: readonly ProvenCheck[], nowMs: number): Proof {
  const outcome = outcomeOf(checks);
  return { ...heading, atMs: nowMs, outcome, message: messageOf(checks, outcome), checks };
}

function outcomeOf(checks: readonly ProvenCheck[]): ProofOutcome {
  if (checks.some(({ outcome }) => outcome === 'failed')) return 'failed';
  return checks.some(({ outcome }) => outcome === 'unavailable') ? 'unproven' : 'passed';
}

function messageOf(checks: readonly ProvenCheck[], outcome: ProofOutcome): string {
  if (outcome === 'passed') {
    const passed = checks.filter((check) => check.outcome === 'passed' && check.name !== 'evidence');
    if (passed.length > 0) return passed.map(({ name, message }) => `${name}: ${message}`).join('; ');
    return checks.some((check) => check.outcome === 'passed') ? 'the evidence is complete' : 'nothing was to be checked';
  }
  const decisive = checks.filter((check) => check.outcome === (outcome === 'failed' ? 'failed' : 'unavailable'));
  return decisive.map(({ name, message }) => `${name}: ${message}`).join('; ');
}
