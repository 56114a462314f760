import { encodeMessage, type Message, sealMessage } from '@reroot/shared/protocol';
import { fixedIdentity } from './fixed-keys.ts';

const identity = fixedIdentity();
const address = { mesh: 'demo', cluster: 'east', term: 3, generation: 7 };
const signatureBytes = 64;

/** Tags of `body` (9) and `signature` (10), which stand at the end of an envelope, as fields of bytes. */
const tags = { body: 0x4a, signature: 0x52 } as const;

/**
 * Seals any bytes in the place of a message's body, so that the signature holds over them: `sealMessage` signs messages alone,
 * and what is fuzzed is none.
 */
export function sealBody(message: Message, subject: string, body: Uint8Array): Uint8Array {
  let signed: Uint8Array = new Uint8Array();
  const sign = (bytes: Uint8Array): Uint8Array => {
    signed = bytes;
    return new Uint8Array(signatureBytes);
  };
  const moment = { sequence: 1_700_000_000_000_000, sentAtMs: 1_700_000_000_000 };
  const envelope = sealMessage({ subject, address, message, identity: { ...identity, sign }, ...moment });
  const own = encodeMessage(message);
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(body.length));
  // The body is the last part of what is signed, with its length before it.
  const signature = identity.sign(Buffer.concat([signed.subarray(0, signed.length - own.length - length.length), length, body]));
  const ownTail = field(tags.body, own).length + field(tags.signature, signature).length;
  const head = envelope.subarray(0, envelope.length - ownTail);
  return Buffer.concat([head, field(tags.body, body), field(tags.signature, signature)]);
}

function field(tag: number, bytes: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from([tag, ...varint(bytes.length)]), bytes]);
}

function varint(value: number): readonly number[] {
  return value < 0x80 ? [value] : [0x80 | (value & 0x7f), ...varint(value >>> 7)];
}
