import type { HandshakeConductor } from './handshake-conductor.ts';

/** Where agents shake no hands. */
export const noConductor: HandshakeConductor = {
  planPositive: () => [],
  planNegative: () => ({ kind: 'impossible', why: 'agents shake no hands' }),
  planPaths: () => [],
  conduct: async () => undefined,
};
