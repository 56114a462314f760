import type { Problem } from '@reroot/shared/protocol';
import { makeProblem } from '../problem.ts';

/**
 * One problem for all that could not be read, so that thousands of them do not make a report that cannot be sent.
 * @param what a plural with its verb, such as "workloads hold trust"
 * @param cases one line each; the first is told
 */
export function summarise(what: string, cases: readonly string[]): Problem[] {
  const [first] = cases;
  if (first === undefined) return [];
  return [makeProblem('RR_CLUSTER_DATA_INVALID', `${cases.length} ${what} that cannot be read; the first is ${first}`)];
}
