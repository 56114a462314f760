import { verify } from 'node:crypto';
import { errorMessage, RerootError } from '../errors/index.ts';
import { decodeBounded, decodeMessage, encodeMessage } from './codec.ts';
import { malformed, readCount, readEnum, readExactly, readFingerprint, readShort } from './field.ts';
import { reroot } from './generated/reroot.js';
import { type Identity, type Keyring, keyringOfDer } from './identity.ts';
import { kindLimits, limits } from './limits.ts';
import type { Message } from './message.ts';
import { joinParts } from './signing-parts.ts';
import { parseSubject } from './subject.ts';

const { Envelope, MessageKind } = reroot.v1;

/** Whom a message is about, and under which leader and generation it was written. */
export interface Address {
  readonly mesh: string;
  readonly cluster: string;
  readonly term: number;
  readonly generation: number;
}

/** All that is signed. */
interface Sealed {
  readonly subject: string;
  readonly kind: Message['kind'];
  readonly address: Address;
  readonly sequence: number;
  readonly sentAtMs: number;
  readonly body: Uint8Array;
}

/** What is put into an envelope. */
export interface SealRequest {
  readonly subject: string;
  readonly address: Address;
  readonly message: Message;
  readonly identity: Identity;
  /** From `createSequence`. */
  readonly sequence: number;
  readonly sentAtMs: number;
}

/** What is taken out of an envelope. */
export interface Opened<Kind extends Message['kind']> {
  readonly address: Address;
  readonly message: Extract<Message, { kind: Kind }>;
  readonly keyId: string;
  readonly sequence: number;
  readonly sentAtMs: number;
}

const kinds = {
  'desired-trust': MessageKind.MESSAGE_KIND_DESIRED_TRUST,
  report: MessageKind.MESSAGE_KIND_REPORT,
  'issue-request': MessageKind.MESSAGE_KIND_ISSUE_INTERMEDIATE_REQUEST,
  'issue-response': MessageKind.MESSAGE_KIND_ISSUE_INTERMEDIATE_RESPONSE,
  'credentials-request': MessageKind.MESSAGE_KIND_CREDENTIALS_REQUEST,
  'credentials-response': MessageKind.MESSAGE_KIND_CREDENTIALS_RESPONSE,
  'link-terms': MessageKind.MESSAGE_KIND_LINK_TERMS,
  'link-state': MessageKind.MESSAGE_KIND_LINK_STATE,
  task: MessageKind.MESSAGE_KIND_TASK,
  'task-result': MessageKind.MESSAGE_KIND_TASK_RESULT,
} as const satisfies Record<Message['kind'], number>;

/** Of Ed25519 (RFC 8032 §5.1.6). */
const signatureBytes = 64;

/** Signs a message and gives the bytes for the bus. docs/protocol.md says what exactly is signed. */
export function sealMessage({ subject, address, message, identity, sequence, sentAtMs }: SealRequest): Uint8Array {
  const body = encodeMessage(message);
  const signature = identity.sign(signingInput({ subject, kind: message.kind, address, sequence, sentAtMs, body }));
  const wire = { keyId: identity.keyId, kind: kinds[message.kind], ...address, sequence, sentAtMs, body, signature };
  return Envelope.encode(wire).finish();
}

/** What is taken out of an envelope, as bytes. */
export interface Unread<Kind extends Message['kind']> extends Omit<Opened<Kind>, 'message'> {
  readonly body: Uint8Array;
  /** @throws RR_PROTOCOL_MALFORMED */
  readonly read: () => Opened<Kind>['message'];
}

/** An envelope as it came in. */
export interface OpenRequest<Kind extends Message['kind']> {
  readonly subject: string;
  readonly payload: Uint8Array;
  readonly keyring: Keyring;
  readonly expect: Kind;
}

/**
 * Verifies an envelope and reads its message; the message is not looked at before the signature holds.
 * @throws RR_PROTOCOL_MALFORMED, RR_PROTOCOL_UNKNOWN_KEY, RR_PROTOCOL_BAD_SIGNATURE, RR_PROTOCOL_WRONG_SUBJECT
 */
export function openMessage<Kind extends Message['kind']>(request: OpenRequest<Kind>): Opened<Kind> {
  const { address, keyId, sequence, sentAtMs, read } = openUnread(request);
  return { address, message: read(), keyId, sequence, sentAtMs };
}

/**
 * Verifies an envelope and leaves its message unread, for whoever may know it already.
 * @throws RR_PROTOCOL_MALFORMED, RR_PROTOCOL_UNKNOWN_KEY, RR_PROTOCOL_BAD_SIGNATURE, RR_PROTOCOL_WRONG_SUBJECT
 */
export function openUnread<Kind extends Message['kind']>(request: OpenRequest<Kind>): Unread<Kind> {
  const { subject, payload, keyring, expect } = request;
  return openReceived(readEnvelope(subject, payload, expect), keyring, expect);
}

/**
 * Opens a request to enrol, which is signed by the very key that it shows: who sends it is not known before its proof
 * is checked. It is the one message that is read before its signature was, which is why it is the smallest.
 * @throws RR_PROTOCOL_MALFORMED, RR_PROTOCOL_UNKNOWN_KEY, RR_PROTOCOL_BAD_SIGNATURE, RR_PROTOCOL_WRONG_SUBJECT
 */
export function openEnrolment(subject: string, payload: Uint8Array): Opened<'credentials-request'> {
  const expect = 'credentials-request';
  const received = readEnvelope(subject, payload, expect);
  requireKind(received.sealed, expect);
  const message = decodeMessage(expect, received.sealed.body) as Extract<Message, { kind: typeof expect }>;
  const { address, keyId, sequence, sentAtMs } = openReceived(received, shownKeyring(message.body.publicKey), expect);
  return { address, message, keyId, sequence, sentAtMs };
}

function shownKeyring(publicKey: Uint8Array): Keyring {
  try {
    return keyringOfDer([publicKey]);
  } catch (error) {
    throw malformed('credentials-request.public_key', `is no key to enrol with: ${errorMessage(error)}`);
  }
}

/** An envelope that is well-formed; who made it is not known yet. */
interface Received {
  readonly keyId: string;
  readonly sealed: Sealed;
  readonly signature: Uint8Array;
}

function openReceived<Kind extends Message['kind']>(received: Received, keyring: Keyring, expect: Kind): Unread<Kind> {
  const { keyId, sealed, signature } = received;
  const { subject, address, sequence, sentAtMs, body } = sealed;
  const key = keyring.find(keyId);
  if (key === undefined) throw new RerootError('RR_PROTOCOL_UNKNOWN_KEY', `no message by key ${keyId} is accepted on ${subject}`);
  if (!verify(null, signingInput(sealed), key, signature)) {
    throw new RerootError('RR_PROTOCOL_BAD_SIGNATURE', `the signature by key ${keyId} on ${subject} does not hold`);
  }
  requireOwnSubject(sealed);
  requireKind(sealed, expect);
  const read = (): Extract<Message, { kind: Kind }> => decodeMessage(expect, body) as Extract<Message, { kind: Kind }>;
  return { address, keyId, sequence, sentAtMs, body, read };
}

function readEnvelope(subject: string, payload: Uint8Array, expect: Message['kind']): Received {
  // A subject is quoted by what follows, and anybody may have chosen it.
  parseSubject(subject);
  const most = kindLimits[expect].bytes + limits.envelopeBytes;
  if (payload.length > most) throw malformed('envelope', `has ${payload.length} bytes; ${most} are allowed for ${expect}`);
  const wire = decodeBounded('envelope', Envelope, payload, limits.envelopeFields);
  return {
    keyId: readFingerprint('envelope.key_id', wire.keyId),
    sealed: readSealed(subject, wire),
    signature: readExactly('envelope.signature', wire.signature, signatureBytes),
  };
}

function readSealed(subject: string, wire: reroot.v1.Envelope.$Properties): Sealed {
  return {
    subject,
    kind: readEnum('envelope.kind', kinds, wire.kind),
    address: {
      mesh: readShort('envelope.mesh', wire.mesh),
      cluster: readShort('envelope.cluster', wire.cluster),
      term: readCount('envelope.term', wire.term),
      generation: readCount('envelope.generation', wire.generation),
    },
    sequence: readCount('envelope.sequence', wire.sequence),
    sentAtMs: readCount('envelope.sent_at_ms', wire.sentAtMs),
    body: wire.body ?? new Uint8Array(),
  };
}

function requireKind({ kind }: Sealed, expect: Message['kind']): void {
  if (kind !== expect) throw malformed('envelope.kind', `is ${kind}, not ${expect}`);
}

/** What one cluster's key signed must not be taken for another cluster's, wherever a broker puts it. */
function requireOwnSubject({ subject, address }: Sealed): void {
  const { mesh, cluster } = parseSubject(subject);
  if (mesh === address.mesh && cluster === address.cluster) return;
  throw new RerootError('RR_PROTOCOL_WRONG_SUBJECT', `a message about ${address.mesh}/${address.cluster} came on ${subject}`);
}

/** The first part keeps these signatures apart from any other use of the key. */
function signingInput({ subject, kind, address, sequence, sentAtMs, body }: Sealed): Uint8Array {
  const { mesh, cluster, term, generation } = address;
  const numbers = [kinds[kind], term, generation, sequence, sentAtMs];
  return joinParts(['reroot/v1 envelope', subject, mesh, cluster, ...numbers, body]);
}
