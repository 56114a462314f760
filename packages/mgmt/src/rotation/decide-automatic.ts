import type { Verdict } from '@reroot/shared/api';
import { assertNever } from '@reroot/shared/errors';
import { defaultAutomaticPolicy } from './automatic-policy.ts';
import type { StepFacts } from './decide-step.ts';
import type { Transition } from './record.ts';
import { objectToRollback } from './root-life.ts';
import { rowBefore } from './row.ts';
import { perform } from './transition.ts';
import { meshReasons, waiting } from './verdict.ts';
import { isOutdated } from './verification-facts.ts';

/** How much longer than its timeout a verification is waited for: its own verdict, with the evidence, is worth the wait. */
const verdictGraceMs = 10_000;

/**
 * While mgmt verifies a step by itself. The step passes when everything has passed and has stayed in order for the soak
 * time; one that does not is held or taken back, as the policy says. No verdict in time is a failure.
 */
export function decideAutomatic(facts: StepFacts): Transition | Verdict {
  const { record, judgement, policy, finding, nowMs } = facts;
  const { soakMs } = policy.automatic ?? defaultAutomaticPolicy;
  if (finding?.kind === 'failed')
    return failed(facts, `${finding.message} (proof ${finding.proof})`, messagesOf(finding.laggards));
  const late = findLateness(facts);
  if (late !== undefined) return failed(facts, late, [judgement.verdict.message]);
  // A verdict says nothing of a cluster that has come to lag behind since.
  if (!judgement.verdict.passed) return judgement.verdict;
  switch (finding?.kind) {
    case undefined:
      return waiting(meshReasons.verificationRunning, `the checks of ${record.step} begin`);
    case 'running':
      return { ...waiting(meshReasons.verificationRunning, finding.message), ...listed(finding.laggards) };
    case 'passed': {
      // mgmt may not have noticed yet that what it found is of before a cluster lagged behind.
      if (isOutdated(record, finding)) return waiting(meshReasons.verificationRunning, `the checks of ${record.step} begin anew`);
      if (finding.atMs - finding.sinceMs < soakMs) {
        const until = new Date(finding.sinceMs + soakMs).toISOString();
        return waiting(meshReasons.verificationSoaking, `${record.step} is verified and soaks until ${until}`);
      }
      const message = `${record.step} is verified: ${finding.message} (proof ${finding.proof})`;
      return perform(record, { move: 'confirm', answer: undefined }, nowMs, { message });
    }
    default:
      return assertNever(finding);
  }
}

/** Counted anew by an mgmt that has just started: what it was not there for nobody could verify. */
function findLateness({ record, policy, finding, countsFromMs, heardSinceMs, nowMs }: StepFacts): string | undefined {
  const { timeoutMs, soakMs } = policy.automatic ?? defaultAutomaticPolicy;
  const isFound = finding?.kind === 'passed' && finding.atMs - finding.sinceMs >= soakMs;
  // What has passed, and does not count, is waited for no longer than anything else: it must be verified anew.
  if (isFound && !isOutdated(record, finding)) return undefined;
  if (nowMs < Math.max(countsFromMs ?? record.enteredAtMs, heardSinceMs) + timeoutMs + verdictGraceMs) return undefined;
  return `there is no verdict within ${timeoutMs / 1000} s`;
}

/** A rollback that cannot be verified goes no further back by itself: that did not help so far. */
function failed({ record, policy, nowMs }: StepFacts, why: string, errors: readonly string[]): Transition {
  const { onFailure } = policy.automatic ?? defaultAutomaticPolicy;
  const { rotation, step, direction } = record;
  const message = `${step} is not verified: ${why}`;
  const goesBack =
    onFailure === 'rollback' &&
    direction === 'forward' &&
    rotation !== undefined &&
    rowBefore(rotation.strategy, step) !== undefined &&
    objectToRollback(record, nowMs) === undefined;
  return goesBack
    ? perform(record, { move: 'stepBack' }, nowMs, { message, errors })
    : perform(record, { move: 'fail', because: message }, nowMs, { message, errors });
}

function listed(laggards: Verdict['laggards']): Pick<Verdict, 'laggards' | 'laggardCount'> {
  return { laggards, laggardCount: laggards.length };
}

function messagesOf(laggards: Verdict['laggards']): readonly string[] {
  return laggards.map(({ cluster, message }) => `${cluster}: ${message}`);
}
