import type { PreflightOverride } from '@reroot/shared/api';
import type { Transition } from '../rotation/index.ts';

/** A start whose entry in the history tells what was known to be wrong: whoever reads it is to see that. */
export function withOverrides(transition: Transition, overridden: readonly PreflightOverride[]): Transition {
  if (overridden.length === 0) return transition;
  const { condition } = transition;
  const told = overridden.map(({ check, why }) => `${check} (${why})`).join(', ');
  return { ...transition, condition: { ...condition, message: `${condition.message}; preflight overridden: ${told}` } };
}
