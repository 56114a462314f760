import type { Standing } from '../reconcile.ts';
import { describeRow } from '../trust/accepted.ts';
import type { Desired } from '../trust/desired.ts';
import { actOf, type Occurrence } from './occurrence.ts';

/** Whether it was told that the whole cluster holds what is desired. `unknown`: the agent has just started. */
export type Arrival = { readonly kind: 'unknown' | 'awaited' } | { readonly kind: 'told'; readonly of: string };

/** Nothing is told of a cluster that was found as it should be, nor twice of the same files. Pure. */
export function noteArrival(
  before: Arrival,
  desired: Desired | undefined,
  { secret, settled }: Pick<Standing, 'secret' | 'settled'>,
): { readonly arrival: Arrival; readonly told?: Occurrence } {
  if (desired === undefined || secret.kind === 'unknown') return { arrival: before };
  const { term, generation } = desired;
  const of = [term, generation, secret.secret?.annotations?.filesWrittenAtMs].join(' ');
  if (before.kind === 'told' && before.of === of) return { arrival: before };
  if (!settled) return { arrival: { kind: 'awaited' } };
  const arrival: Arrival = { kind: 'told', of };
  if (before.kind === 'unknown') return { arrival };
  const held = `generation ${generation}, ${describeRow(desired)} (roots | signer)`;
  return { arrival, told: actOf('TrustProven', `every replica, namespace and workload holds ${held}`) };
}
