import { rowOf } from '../../rotation/index.ts';
import { type Check, found } from '../check.ts';
import type { HandshakeConductor } from '../handshake-conductor.ts';
import { automaticPolicyOf, type Subject } from '../subject.ts';
import { createHandshakeRounds } from './handshake-rounds.ts';

/** The old root is gone: every cluster refuses a leaf of it, and accepts a good one in the same moment. */
export function checkNegativeProof(conductor: HandshakeConductor): Check {
  const rounds = createHandshakeRounds(conductor, 'handshakes were refused or accepted as they shall');
  return {
    name: 'negative-proof',
    attempt: async (context) => {
      const { handshakes, negativeProof } = automaticPolicyOf(context.subject());
      if (negativeProof === 'off' || handshakes === 'off') return found('skipped', 'the policy asks for none');
      if (!isOldRootGone(context.subject())) return found('skipped', 'the old root is trusted still, or there is none');
      const plan = conductor.planNegative(context.subject());
      const result = plan.kind === 'planned' ? await rounds.round(context, plan.handshakes) : found('impossible', plan.why);
      if (result.outcome !== 'impossible' || negativeProof !== 'required') return result;
      return { ...result, outcome: 'failed', message: `the policy asks for it, and it is impossible: ${result.message}` };
    },
  };
}

/** Whether the row in force is the one that the rotation to the new root ends with. */
function isOldRootGone({ record }: Subject): boolean {
  const { rotation, direction } = record;
  return rotation !== undefined && direction === 'forward' && !rowOf(record).roots.includes(rotation.old);
}
