import { verify } from 'node:crypto';
import { errorMessage, RerootError } from '../errors/index.ts';
import { decodeMessage, encodeMessage, maxBodyBytes } from './codec.ts';
import { malformed, readBytes, readCount, readEnum, readFingerprint, readText } from './field.ts';
import { reroot } from './generated/reroot.js';
import type { Identity, Keyring } from './identity.ts';
import type { Message } from './message.ts';
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
} as const satisfies Record<Message['kind'], number>;

/** Beyond the body itself: names, numbers and the signature. */
const maxEnvelopeBytes = maxBodyBytes + 4_096;

/** Signs a message and gives the bytes for the bus. docs/protocol.md says what exactly is signed. */
export function sealMessage({ subject, address, message, identity, sequence, sentAtMs }: SealRequest): Uint8Array {
  const body = encodeMessage(message);
  const signature = identity.sign(signingInput({ subject, kind: message.kind, address, sequence, sentAtMs, body }));
  const wire = { keyId: identity.keyId, kind: kinds[message.kind], ...address, sequence, sentAtMs, body, signature };
  return Envelope.encode(wire).finish();
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
  const { subject, payload, keyring, expect } = request;
  const wire = decodeEnvelope(payload);
  const keyId = readFingerprint('envelope.key_id', wire.keyId);
  const key = keyring.find(keyId);
  if (key === undefined) throw new RerootError('RR_PROTOCOL_UNKNOWN_KEY', `no message by key ${keyId} is accepted on ${subject}`);
  const sealed = readSealed(subject, wire);
  if (!verify(null, signingInput(sealed), key, readBytes('envelope.signature', wire.signature))) {
    throw new RerootError('RR_PROTOCOL_BAD_SIGNATURE', `the signature by key ${keyId} on ${subject} does not hold`);
  }
  requireOwnSubject(sealed);
  if (sealed.kind !== expect) throw malformed('envelope.kind', `is ${sealed.kind}, not ${expect}`);
  const message = decodeMessage(expect, sealed.body) as Extract<Message, { kind: Kind }>;
  return { address: sealed.address, message, keyId, sequence: sealed.sequence, sentAtMs: sealed.sentAtMs };
}

function decodeEnvelope(payload: Uint8Array): reroot.v1.Envelope.$Properties {
  if (payload.length > maxEnvelopeBytes)
    throw malformed('envelope', `has ${payload.length} bytes; ${maxEnvelopeBytes} are allowed`);
  try {
    return Envelope.decode(payload);
  } catch (error) {
    throw malformed('envelope', `is not protobuf: ${errorMessage(error)}`);
  }
}

function readSealed(subject: string, wire: reroot.v1.Envelope.$Properties): Sealed {
  return {
    subject,
    kind: readEnum('envelope.kind', kinds, wire.kind),
    address: {
      mesh: readText('envelope.mesh', wire.mesh),
      cluster: readText('envelope.cluster', wire.cluster),
      term: readCount('envelope.term', wire.term),
      generation: readCount('envelope.generation', wire.generation),
    },
    sequence: readCount('envelope.sequence', wire.sequence),
    sentAtMs: readCount('envelope.sent_at_ms', wire.sentAtMs),
    body: wire.body ?? new Uint8Array(),
  };
}

/** What one cluster's key signed must not be taken for another cluster's, wherever a broker puts it. */
function requireOwnSubject({ subject, address }: Sealed): void {
  const { mesh, cluster } = parseSubject(subject);
  if (mesh === address.mesh && cluster === address.cluster) return;
  throw new RerootError('RR_PROTOCOL_WRONG_SUBJECT', `a message about ${address.mesh}/${address.cluster} came on ${subject}`);
}

/**
 * Every part with its length before it, so that no two different messages have the same signing input; the first part
 * keeps these signatures apart from any other use of the key.
 */
function signingInput({ subject, kind, address, sequence, sentAtMs, body }: Sealed): Uint8Array {
  const { mesh, cluster, term, generation } = address;
  const numbers = [kinds[kind], term, generation, sequence, sentAtMs].map(bigEndian);
  const parts = [...['reroot/v1 envelope', subject, mesh, cluster].map((text) => Buffer.from(text, 'utf8')), ...numbers, body];
  return Buffer.concat(parts.flatMap((part) => [bigEndian(part.length), part]));
}

function bigEndian(value: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}
