import { countNudges } from '@reroot/shared/pki';
import type { CaSecret } from '../cluster/cluster.ts';
import type { Desired } from '../trust/desired.ts';

/** After so many nudges that did not reach a workload, a further one is not counted on. */
export const enoughNudges = 3;

/** How many nudges were given for workloads that lag behind, beyond the one that mgmt asked for. */
export function countRepeatedNudges({ rootCert }: Pick<CaSecret, 'rootCert'>, { nudge, generation }: Desired): number {
  const given = countNudges(rootCert, generation);
  return nudge === 'when-loaded' ? Math.max(given - 1, 0) : given;
}
