import { goneRootsOf } from '../../rotation/index.ts';
import { type Check, type CheckContext, type CheckResult, found } from '../check.ts';
import type { HandshakeConductor, NegativePlan } from '../handshake-conductor.ts';
import { automaticPolicyOf } from '../subject.ts';
import { createHandshakeRounds, type HandshakeRounds } from './handshake-rounds.ts';

/** The old roots are gone: every cluster refuses a leaf of them, and accepts a good one in the same moment. */
export function checkNegativeProof(conductor: HandshakeConductor): Check {
  const rounds = createHandshakeRounds(conductor, 'handshakes were refused or accepted as they shall');
  return {
    name: 'negative-proof',
    attempt: async (context) => {
      const { handshakes, negativeProof } = automaticPolicyOf(context.subject());
      if (negativeProof === 'off' || handshakes === 'off') return found('skipped', 'the policy asks for none');
      if (goneRootsOf(context.subject().record).length === 0)
        return found('skipped', 'an old root is trusted still, or there is none');
      const plan = conductor.planNegative(context.subject());
      const result = plan.kind === 'planned' ? await prove(rounds, context, plan) : found('impossible', plan.why);
      if (result.outcome !== 'impossible' || negativeProof !== 'required') return result;
      return { ...result, outcome: 'failed', message: `the policy asks for it, and it is impossible: ${result.message}` };
    },
  };
}

/** What is proven of some of the old roots is not proven of the others. */
async function prove(
  rounds: HandshakeRounds,
  context: CheckContext,
  { handshakes, left }: Extract<NegativePlan, { kind: 'planned' }>,
): Promise<CheckResult> {
  const result = await rounds.round(context, handshakes);
  if (result.outcome !== 'passed' || left.length === 0) return result;
  return { ...result, outcome: 'impossible', message: [result.message, ...left].join('; ') };
}
