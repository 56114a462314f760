/** Handshakes between clusters over the bus: which to make, how they are made, what they prove. */
export { type ConductOptions, conductHandshakes } from './conduct-handshakes.ts';
export type {
  HandshakeEnd,
  HandshakeOutcome,
  HandshakeResult,
  PlannedHandshake,
  PresentedByBoth,
  Refusal,
} from './outcome.ts';
export {
  allPairsUpTo,
  type HandshakeClass,
  type HandshakeMember,
  type HandshakeSampling,
  planHandshakes,
} from './plan-handshakes.ts';
export { type PathOutcome, type PathToProbe, type ProbePathsOptions, probePaths } from './probe-paths.ts';
export {
  type FormerRoot,
  type NegativeProof,
  type NegativeResult,
  type ProveOptions,
  proveRootRefused,
} from './prove-root-refused.ts';
