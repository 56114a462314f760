import type { StepFacts } from './decide-step.ts';

/**
 * Whether nothing is known against the clusters but that an mgmt which has just started has not heard all of them yet, under its own term. Its ear
 * is empty then: that says nothing of what they hold, and a proof of before stays what it was until one would be silent anyhow.
 */
export function awaitsFirstReports({ judgement, heardSinceMs, policy, nowMs }: StepFacts): boolean {
  const { laggingAhead, laggingTold, unheard } = judgement;
  return unheard > 0 && laggingAhead + laggingTold === unheard && nowMs < heardSinceMs + policy.silentAfterMs;
}
