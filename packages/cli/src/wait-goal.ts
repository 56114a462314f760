import type { MeshStatus } from '@reroot/shared/api';
import { InvalidArgumentError } from 'commander';

const steps = ['PREVIOUS_CA', 'ADDING_NEW_ROOT', 'PROPAGATING_NEW_INTERMEDIATE', 'DELETING_OLD_ROOT'] as const;

/** The steps that a rotation takes. */
const goalSteps = steps.slice(1);

/** What is waited for: the end; the end, or that a person is needed; or that every cluster is proven to hold a step. */
export type WaitGoal = 'end' | 'approval' | (typeof steps)[number];

/** What `--wait` takes. */
export const waitGoals: readonly string[] = ['end', 'approval', ...goalSteps];

/** Reads one. @throws InvalidArgumentError, which becomes RR_OPTION_INVALID */
export function readGoal(text: string): WaitGoal {
  const found = waitGoals.find((goal) => goal.toLowerCase() === text.toLowerCase());
  if (found !== undefined) return found as WaitGoal;
  throw new InvalidArgumentError(`give one of ${waitGoals.join(', ')}.`);
}

/** Whether every cluster is proven to hold a step, or holds a later one. */
export function hasReached({ state, step, direction }: MeshStatus, goal: WaitGoal): boolean {
  if (goal === 'end' || goal === 'approval' || direction === 'back') return false;
  const ahead = steps.indexOf(step) - steps.indexOf(goal);
  return ahead > 0 || (ahead === 0 && (state === 'VERIFYING' || state === 'VERIFIED' || state === 'FINISHED'));
}
