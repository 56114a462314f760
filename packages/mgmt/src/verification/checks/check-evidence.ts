import { effectivePolicyOf, judgeMesh } from '../../rotation/index.ts';
import { type Check, type CheckResult, found } from '../check.ts';
import type { Subject } from '../subject.ts';

/**
 * The gates: every cluster is proven to hold the row that it was told. They are asked here anew: a mesh that waits for a person
 * says that it does, whatever its clusters hold.
 */
export function checkEvidence(): Check {
  return {
    name: 'evidence',
    attempt: async ({ subject, clock }): Promise<CheckResult> => {
      const { record, snapshot } = subject();
      const verdict = judge(subject(), clock.now());
      const counted = { clusters: snapshot.clusters.length, step: record.step, generation: record.generation };
      if (verdict.passed) return found('passed', `every cluster is proven to hold what it was told of ${record.step}`, counted);
      const message = verdict.message.replace(/^waiting: /, '');
      return { outcome: 'unavailable', message, laggards: verdict.laggards, evidence: { ...counted, reason: verdict.reason } };
    },
  };
}

function judge({ record, snapshot, spec, silentAfterMs }: Subject, nowMs: number): ReturnType<typeof judgeMesh>['verdict'] {
  const policy = { ...effectivePolicyOf(spec.rotation, record), silentAfterMs };
  return judgeMesh(record, snapshot, policy, nowMs).verdict;
}
