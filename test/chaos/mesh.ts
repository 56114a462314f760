import type { meshDocument } from '@reroot/simulator/fleet-launcher';
import { clusterNames } from './fault.ts';

export const meshName = 'chaos';

/** What the mesh of a run is like, but for its policy. */
export function meshPlan(policy: Readonly<Record<string, unknown>>): Parameters<typeof meshDocument>[0] {
  return { name: meshName, clusters: clusterNames, rootAlgorithm: 'KEY_ALGORITHM_ECDSA_P256', policy };
}
