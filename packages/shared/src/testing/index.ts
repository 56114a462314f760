/** What tests and the demo need around the code: a real nats-server, a clock that stands still, waits with a deadline, answers of mgmt, chains that verify and chains that do not. */
export { type HandshakeAuthority, type LeafChoice, makeHandshakeAuthority } from '../handshake/testing/handshake-authority.ts';
export { makeOddCaSets } from '../istio/testing/odd-ca-sets.ts';
export { type CorpusCase, makeCorpus } from '../pki/testing/corpus/corpus.ts';
export { type Deviations, findSurprises } from '../pki/testing/corpus/second-opinion.ts';
export { createFakeClock, type FakeClock } from './fake-clock.ts';
export { formerNatsConfig, formerProtocolVersion, speakFormerVersion } from './former-version.ts';
export { freePort } from './free-port.ts';
export { blindInspection } from './inspection.ts';
export {
  clusterStatus,
  meshStatus,
  newRoot,
  oldRoot,
  passedVerdict,
  rootStatus,
  statusEnteredAt,
  waitingVerdict,
  withoutRotation,
} from './mesh-status.ts';
export { type NatsServer, startNatsServer } from './nats-server.ts';
export { type ReadSample, readExposition } from './read-exposition.ts';
export { planFrom, plannedStep, plannedTime, plannedWave, rotationPlan } from './rotation-plan.ts';
export { settledMemoryBytes } from './settled-memory.ts';
export { waitFor } from './wait-for.ts';
