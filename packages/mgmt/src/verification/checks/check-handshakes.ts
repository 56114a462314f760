import { type Check, found } from '../check.ts';
import type { HandshakeConductor } from '../handshake-conductor.ts';
import { automaticPolicyOf } from '../subject.ts';
import { createHandshakeRounds } from './handshake-rounds.ts';

/** Clusters trust one another: their agents shake hands with certificates that their own replicas have just issued. */
export function checkHandshakes(conductor: HandshakeConductor): Check {
  const rounds = createHandshakeRounds(conductor, 'handshakes were accepted');
  return {
    name: 'handshakes',
    attempt: async (context) => {
      const { handshakes } = automaticPolicyOf(context.subject());
      if (handshakes === 'off') return found('skipped', 'the policy asks for none');
      const plan = conductor.planPositive(context.subject(), handshakes);
      if (plan.handshakes.length === 0) return found('unavailable', 'there is no cluster whose replicas are known');
      const result = await rounds.round(context, plan.handshakes);
      if (plan.fewer === undefined) return result;
      return { ...result, message: `${result.message}; ${plan.fewer}`, evidence: { fewer: plan.fewer, ...result.evidence } };
    },
  };
}
