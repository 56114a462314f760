import { isRecord } from './is-record.ts';
import type { RotationPlan } from './plan.ts';
import type { PlanQuery } from './plan-query.ts';

/** Path of a plan below that of its mesh, with its query. */
export function planPath({ offline = [], exclude = [], ...plain }: PlanQuery): string {
  const lists = Object.entries({ offline, exclude }).map(([name, clusters]): [string, string] => [name, clusters.join(',')]);
  const query = new URLSearchParams([...Object.entries(plain), ...lists].filter(([, value]) => value !== ''));
  return query.size === 0 ? '/plan' : `/plan?${query.toString()}`;
}

/** Enough to tell mgmt's answer from that of another server; mgmt's types keep the rest. */
export function readPlan(answer: unknown): RotationPlan | undefined {
  const isPlan =
    isRecord(answer) && typeof answer['mesh'] === 'string' && Array.isArray(answer['steps']) && isRecord(answer['ends']);
  return isPlan ? (answer as unknown as RotationPlan) : undefined;
}
