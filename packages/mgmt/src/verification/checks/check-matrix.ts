import { summarizeMatrix } from '../../rotation/index.ts';
import type { Check, CheckResult } from '../check.ts';
import { matrixPolicyOf } from '../subject.ts';

/** Every live leaf of each cluster verifies under every live bundle of each other. */
export function checkMatrix(): Check {
  return {
    name: 'matrix',
    attempt: async ({ subject, clock }): Promise<CheckResult> => {
      const now = subject();
      const { counts, laggards } = summarizeMatrix(now.record, now.snapshot, matrixPolicyOf(now), clock.now());
      const { green, red, unknown } = counts;
      const all = green + red + unknown;
      if (red > 0) return { outcome: 'failed', message: `${red} of ${all} cells are red`, laggards, evidence: { counts } };
      if (unknown > 0 || all === 0) {
        return { outcome: 'unavailable', message: `${unknown} of ${all} cells are unknown`, laggards, evidence: { counts } };
      }
      return { outcome: 'passed', message: `${green} of ${all} cells are green`, laggards: [], evidence: { counts } };
    },
  };
}
