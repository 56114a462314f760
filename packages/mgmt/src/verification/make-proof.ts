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

/** Whether somebody named the checks of a proof: of those each must pass, and of all of them any may be left out for cause. */
export type Asked = 'by-name' | 'all';

/** A proof from what its checks have found. */
export function makeProof(heading: ProofHeading, checks: readonly ProvenCheck[], nowMs: number, asked: Asked = 'all'): Proof {
  const outcome = outcomeOf(checks, asked);
  return { ...heading, atMs: nowMs, outcome, message: messageOf(checks, outcome), checks };
}

/** Where nothing has passed nothing is proven, though nothing has failed either. */
function outcomeOf(checks: readonly ProvenCheck[], asked: Asked): ProofOutcome {
  if (checks.some(({ outcome }) => outcome === 'failed')) return 'failed';
  if (checks.some(({ outcome }) => outcome === 'unavailable')) return 'unproven';
  const passed = checks.filter(({ outcome }) => outcome === 'passed').length;
  const enough = asked === 'by-name' ? checks.length : 1;
  return passed >= Math.max(1, enough) ? 'passed' : 'unproven';
}

function messageOf(checks: readonly ProvenCheck[], outcome: ProofOutcome): string {
  switch (outcome) {
    case 'failed':
      return textOf(checks, ['failed']);
    case 'unproven':
      return textOf(checks, ['unavailable']) || textOf(checks, ['impossible', 'skipped']) || 'nothing was to be checked';
    case 'passed': {
      // That the evidence is complete goes without saying where anything else has passed.
      const others = checks.filter(({ name }) => name !== 'evidence');
      const passed = textOf(others, ['passed']) || 'the evidence is complete';
      const impossible = textOf(others, ['impossible']);
      return impossible === '' ? passed : `${passed}; ${impossible}`;
    }
  }
}

/** What was found by the checks that have come to one of these; what was not looked at says so. */
function textOf(checks: readonly ProvenCheck[], outcomes: readonly ProvenCheck['outcome'][]): string {
  const unmade: readonly ProvenCheck['outcome'][] = ['impossible', 'skipped'];
  return checks
    .filter(({ outcome }) => outcomes.includes(outcome))
    .map(({ name, outcome, message }) => `${name}${unmade.includes(outcome) ? ` (${outcome})` : ''}: ${message}`)
    .join('; ');
}
