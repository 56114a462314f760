import { type Check, type CheckResult, found } from '../check.ts';

/**
 * The gates: every cluster is proven to hold the row that it was told. While a step is being verified they let the checks begin
 * in the first place, so that their own verdict is then one of verification.
 */
export function checkEvidence(): Check {
  return {
    name: 'evidence',
    attempt: async ({ subject }): Promise<CheckResult> => {
      const { verdict, record, snapshot } = subject();
      const counted = { clusters: snapshot.clusters.length, step: record.step, generation: record.generation };
      if (verdict.passed || waitsForNoCluster(verdict.laggardCount, verdict.reason)) {
        return found('passed', `every cluster is proven to hold what it was told of ${record.step}`, counted);
      }
      const message = verdict.message.replace(/^waiting: /, '');
      return { outcome: 'unavailable', message, laggards: verdict.laggards, evidence: { ...counted, reason: verdict.reason } };
    },
  };
}

/** The reasons of a whole mesh come up when every cluster's gates have passed. */
function waitsForNoCluster(laggardCount: number, reason: string): boolean {
  return reason !== 'NoMember' && (laggardCount === 0 || reason === 'VerificationRunning');
}
