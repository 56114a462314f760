import type { KubeApi, KubeObject } from '@reroot/kube-api';
import { type LabelSelector, matchesLabels } from './label-selector.ts';

/** A PodDisruptionBudget of policy/v1, as far as it is read. */
export interface DisruptionBudget extends KubeObject {
  readonly spec?: { readonly selector?: LabelSelector };
  readonly status?: { readonly disruptionsAllowed?: number };
}

/** All budgets of a namespace. */
export async function listDisruptionBudgets(
  api: KubeApi,
  namespace: string,
  signal: AbortSignal,
): Promise<readonly DisruptionBudget[]> {
  const path = `/apis/policy/v1/namespaces/${encodeURIComponent(namespace)}/poddisruptionbudgets`;
  return (await api.get<{ readonly items?: readonly DisruptionBudget[] }>(path, signal)).items ?? [];
}

/**
 * The first budget that bears no disruption of pods with these labels now. Rolling updates do not ask budgets, only evictions
 * do: whoever restarts must ask them. One without a status has not been reckoned yet, and bears none, as for an eviction. A
 * budget without a selector guards nothing (kubernetes.io/docs/reference/kubernetes-api/policy-resources).
 * @returns its name; undefined when nothing stands in the way
 */
export function findBlockingBudget(
  budgets: readonly DisruptionBudget[],
  labels: Readonly<Record<string, string>>,
): string | undefined {
  return budgets.find(({ spec, status }) => {
    const guards = spec?.selector !== undefined && matchesLabels(spec.selector, labels);
    return guards && (status?.disruptionsAllowed ?? 0) <= 0;
  })?.metadata.name;
}
