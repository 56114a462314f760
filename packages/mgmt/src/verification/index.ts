/** What is proven of clusters by asking their agents, and other systems. */
/** What taking answers of agents works with. */
export { createAgentSequences } from '../mesh/index.ts';
export { type AgentConductorOptions, createAgentConductor } from './agent-conductor.ts';
export type { Check, CheckContext, CheckResult } from './check.ts';
export { type AskHost, createAskHost } from './external/ask-host.ts';
export {
  type ExternalHost,
  requireAllowedChecks,
  type VerificationConfig,
  verificationSchema,
} from './external/external-hosts.ts';
export type { HandshakeConductor, HandshakeOutcome, NegativePlan, PlannedHandshake } from './handshake-conductor.ts';
export type { RunningProof } from './prove-now.ts';
export type { Subject } from './subject.ts';
export { type AnswerTo, type AskOptions, createTasks, type TaskSealer, type Tasks, type TasksOptions } from './tasks.ts';
export { createVerifier, type Verifier, type VerifierOptions } from './verifier.ts';
