import type { PlannedStep } from '@reroot/shared/api';
import type { EstimateFacts } from './estimate.ts';
import type { PlanFacts } from './plan-facts.ts';
import type { PlannedStart } from './planned-start.ts';
import { algorithmName, leavesPerSecond } from './signing-capacity.ts';

/** What the times of a plan rest on. */
export function describeBasis({
  facts,
  start,
  estimates,
  steps,
}: {
  readonly facts: PlanFacts;
  readonly start: PlannedStart;
  readonly estimates: EstimateFacts;
  readonly steps: readonly PlannedStep[];
}): readonly string[] {
  const { measured, policy, clusters } = estimates;
  const unmeasured = steps.map(({ step }) => step).filter((step) => !measured.has(step));
  const known = steps.flatMap(({ step }) => {
    const found = measured.get(step);
    if (found === undefined) return [];
    const { rotationId, wavesMs } = found;
    const [shortest = 0, longest = 0] = [wavesMs[0], wavesMs.at(-1)];
    const spread = wavesMs.length === 1 ? secondsText(shortest) : `${secondsText(shortest)} to ${secondsText(longest)}`;
    return [`${step}: ${wavesMs.length} ${wavesMs.length === 1 ? 'wave' : 'waves'} of rotation ${rotationId} took ${spread}`];
  });
  const { keyAlgorithm } = facts.spec.intermediate;
  const values = [...clusters.values()];
  return [
    ...known,
    ...(unmeasured.length === 0
      ? []
      : [`${unmeasured.join(', ')}: nothing was measured yet; defaults for evidence ${policy.requiredEvidence} (docs/plan.md)`]),
    ...(values.some(({ renewed, unread }) => renewed + unread > 0)
      ? ["leaves live for 24 h and are renewed after 12 h, Istio's defaults"]
      : []),
    ...(values.some(({ pushed }) => pushed > 0)
      ? [`a replica of istiod signs ${leavesPerSecond(keyAlgorithm, 1)} leaves a second with ${algorithmName(keyAlgorithm)}`]
      : []),
    ...(steps.some(({ answer }) => answer !== undefined) || start.awaits === 'approval'
      ? ['answers of people are taken to come at once']
      : []),
  ];
}

function secondsText(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
