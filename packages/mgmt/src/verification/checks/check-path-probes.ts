import { type Check, found } from '../check.ts';
import type { HandshakeConductor } from '../handshake-conductor.ts';
import { automaticPolicyOf } from '../subject.ts';
import { createHandshakeRounds } from './handshake-rounds.ts';

/** Connections are made through the real addresses that the policy names. */
export function checkPathProbes(conductor: HandshakeConductor): Check {
  const rounds = createHandshakeRounds(conductor, 'connections were made');
  return {
    name: 'path-probes',
    attempt: async (context) => {
      const { pathProbes } = automaticPolicyOf(context.subject());
      if (pathProbes.length === 0) return found('skipped', 'the policy names no address');
      const plan = conductor.planPaths(context.subject(), pathProbes);
      if (plan.length === 0) return found('unavailable', 'there is no cluster whose replicas are known');
      return rounds.round(context, plan);
    },
  };
}
