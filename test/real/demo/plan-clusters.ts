import { type LabClusterPlan, planCluster, planThreeClusters } from '../lab/lab-plan.ts';

/** The clusters that the real tests run on, and further light ones. */
export function planClusters(count: number): readonly LabClusterPlan[] {
  const known = planThreeClusters();
  return Array.from({ length: count }, (_, index) => known[index] ?? planCluster(`cluster-${index + 1}`));
}
