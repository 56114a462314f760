/**
 * What mgmt and agents say to one another, signed.
 *
 *   bus.publish(subject, sealMessage({ subject, address, message, identity, sequence: next(), sentAtMs: clock.now() }));
 *   const { message, address } = openMessage({ subject, payload, keyring, expect: 'desired-trust' });
 */
export { decodeMessage, encodeMessage } from './codec.ts';
export {
  type Claim,
  enrolmentProof,
  holdsEnrolmentProof,
  holdsPossessionProof,
  invitationKey,
  possessionProof,
} from './credentials-proof.ts';
export { type Address, type Opened, openEnrolment, openMessage, openUnread, sealMessage, type Unread } from './envelope.ts';
export type {
  HandshakeFailure,
  HandshakeProgress,
  HandshakeRole,
  HandshakeState,
  HandshakeTurn,
  PathProbe,
  PathProbeResult,
  PresentedTrust,
} from './handshake-message.ts';
export {
  generateIdentity,
  type Identity,
  identityFromPem,
  type Keyring,
  keyFromDer,
  keyringOf,
  keyringOfDer,
  loadIdentity,
  publicKeyDerOf,
  publicKeyPemOf,
} from './identity.ts';
export {
  type Fact,
  type FactName,
  type InspectedBudget,
  type InspectedCaFiles,
  type InspectedFinding,
  type InspectedIstiod,
  type InspectedProxies,
  type InspectedRight,
  type InspectedWebhook,
  type Inspection,
  type InspectRequest,
  known,
  type Switch,
  type TrustBundleKind,
  unknown,
} from './inspection-message.ts';
export { kindLimits, limits } from './limits.ts';
export type {
  Credentials,
  CredentialsRequest,
  CredentialsResponse,
  DesiredTrust,
  EvidenceMethod,
  Holding,
  IntermediateOptions,
  IssueRequest,
  IssueResponse,
  LinkState,
  LinkTerms,
  Message,
  NamespaceEvidence,
  Nudge,
  Passage,
  Problem,
  RefusalCount,
  ReplicaEvidence,
  ReplicaRestart,
  Report,
  StandingCa,
  Step,
  WorkloadEvidence,
  WorkloadRestart,
} from './message.ts';
export { isName, isObjectName, requireName } from './name.ts';
export { defaultGraceRatio, isRenewalDue, renewalDueAtMs } from './renewal.ts';
export { digestReport } from './report-digest.ts';
export { createSequence, createSequenceWindow, type Sequence, type SequenceWindow } from './sequence.ts';
export { joinParts } from './signing-parts.ts';
export { enrolInboxPrefix, inboxPrefix, parseSubject, subjects, type Topic } from './subject.ts';
export type { Task, TaskAnswer, TaskAsk, TaskResult, UnknownAsk } from './task-message.ts';
export type { IntermediateSource, ObjectRef, VaultAccess, VaultAccount, VaultAuth, VaultCa } from './vault-access.ts';
export { protocolVersion, tasksSince } from './version.ts';
