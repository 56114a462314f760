import { createHash, createPublicKey, verify } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { RerootError } from '../errors/index.ts';
import { openMessage, sealMessage } from './envelope.ts';
import { reroot } from './generated/reroot.js';
import { generateIdentity, type Identity, type Keyring, keyringOf } from './identity.ts';
import type { Message } from './message.ts';
import { subjects } from './subject.ts';
import { arbitraryMessage } from './testing/arbitrary-message.ts';
import { protocolDocument } from './testing/protocol-document.ts';
import { rfcIdentity } from './testing/rfc-identity.ts';

const { Envelope } = reroot.v1;

const subject = subjects.issue('demo', 'cluster-1');
const address = { mesh: 'demo', cluster: 'cluster-1', term: 3, generation: 7 };
const message = { kind: 'issue-request', body: { csr: Uint8Array.of(0x30, 0x00), signerRoot: 'ab'.repeat(32) } } as const;
const numbers = { sequence: 1_700_000_000_000_001, sentAtMs: 1_700_000_000_000 };
const vector = { subject, address, message, ...numbers };

const envelopeHex = [
  '0a40303665336664386664613239626236306162353935353764653631656462306165636462323331313334626533306537356234353566',
  '3865316237393266613910031a0464656d6f2209636c75737465722d3128033007388180f9c0c1c482034080d095ffbc314a460a02300012',
  '4061626162616261626162616261626162616261626162616261626162616261626162616261626162616261626162616261626162616261',
  '626162616261626162524005a203269953e3048cd60f1d4148a8f4d2fa6908e4cb104f0436f3b8944cf86ec2883dfd50e73f78a06b5c7517',
  '907cafe3bb699db8acc80880781477ffbdb20e',
].join('');
const signingInputSha256 = '44a061bee93513562bd563ef29e7ee502054230f4e791f78b3afc9d6ef887f1b';

let identity: Identity;
let keyring: Keyring;
beforeAll(() => {
  ({ identity } = generateIdentity());
  keyring = keyringOf([identity.publicKeyPem]);
});

const seal = (change: Partial<Parameters<typeof sealMessage>[0]> = {}): Uint8Array =>
  sealMessage({ ...vector, identity, ...change });
const open = (payload: Uint8Array, on = subject): unknown =>
  openMessage({ subject: on, payload, keyring, expect: 'issue-request' });

/** The code of a refusal, or what was opened. */
function outcomeOf(payload: Uint8Array, on = subject): unknown {
  try {
    return open(payload, on);
  } catch (error) {
    if (error instanceof RerootError) return error.code;
    throw error;
  }
}

/** The same envelope with other fields, signed by nobody anew. */
function forge(payload: Uint8Array, change: Record<string, unknown>): Uint8Array {
  return Envelope.encode(Object.assign(Envelope.decode(payload), change)).finish();
}

describe('a sealed message', () => {
  it('opens as what was sealed', () => {
    fc.assert(
      fc.property(arbitraryMessage, fc.nat(), fc.nat(), (any: Message, term, generation) => {
        const about = { ...address, term, generation };
        const payload = sealMessage({ ...vector, address: about, message: any, identity });
        const opened = openMessage({ subject, payload, keyring, expect: any.kind });
        expect(opened).toEqual({ address: about, message: any, keyId: identity.keyId, ...numbers });
      }),
    );
  });

  it('has the very bytes of docs/protocol.md', () => {
    const payload = sealMessage({ ...vector, identity: rfcIdentity });
    expect(Buffer.from(payload).toString('hex')).toBe(envelopeHex);
    expect(protocolDocument.replaceAll('\n', '').includes(envelopeHex)).toBe(true);
    expect(protocolDocument.includes(signingInputSha256)).toBe(true);
  });

  it('is signed over the very bytes that docs/protocol.md spells out', () => {
    const { body, signature } = Envelope.decode(sealMessage({ ...vector, identity: rfcIdentity }));
    const u64 = (value: number): Buffer => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64BE(BigInt(value));
      return bytes;
    };
    const texts = ['reroot/v1 envelope', 'reroot.v1.demo.cluster-1.issue', 'demo', 'cluster-1'].map((text) => Buffer.from(text));
    const parts = [...texts, ...[3, 3, 7, numbers.sequence, numbers.sentAtMs].map(u64), Buffer.from(body)];
    const input = Buffer.concat(parts.flatMap((part) => [u64(part.length), part]));
    expect(verify(null, input, createPublicKey(rfcIdentity.publicKeyPem), signature)).toBe(true);
    expect(createHash('sha256').update(input).digest('hex')).toBe(signingInputSha256);
  });
});

describe('a changed message', () => {
  it('is never accepted with another meaning, whichever bit was flipped', () => {
    const payload = seal();
    const original = open(payload);
    const accepted = [];
    for (let bit = 0; bit < payload.length * 8; bit += 1) {
      const changed = Uint8Array.from(payload);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const outcome = outcomeOf(changed);
      if (typeof outcome !== 'string') accepted.push({ bit, outcome });
    }
    expect(accepted.filter(({ outcome }) => JSON.stringify(outcome) !== JSON.stringify(original))).toEqual([]);
  });

  it('is never accepted with another meaning, whatever was cut out, put in or replaced', () => {
    const payload = seal();
    const original = JSON.stringify(open(payload));
    const splice = fc.tuple(fc.nat(payload.length), fc.nat(20), fc.uint8Array({ maxLength: 20 }));
    fc.assert(
      fc.property(splice, ([at, cut, put]) => {
        const outcome = outcomeOf(Buffer.concat([payload.subarray(0, at), put, payload.subarray(at + cut)]));
        expect(typeof outcome === 'string' || JSON.stringify(outcome) === original).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each<[string, Record<string, unknown>]>([
    ['the mesh', { mesh: 'other' }],
    ['the cluster', { cluster: 'cluster-2' }],
    ['the kind', { kind: 4 }],
    ['the term', { term: 4 }],
    ['the generation', { generation: 8 }],
    ['the sequence', { sequence: numbers.sequence + 1 }],
    ['the time', { sentAtMs: 0 }],
    ['the body', { body: Uint8Array.of(1) }],
    ['the border between two parts', { mesh: 'dem', cluster: 'ocluster-1' }],
    ['the signature', { signature: new Uint8Array(64) }],
  ])('does not open when %s was replaced', (_, change) => {
    expect(outcomeOf(forge(seal(), change))).toBe('RR_PROTOCOL_BAD_SIGNATURE');
  });

  it.each<[string, Record<string, unknown>]>([
    ['no kind', { kind: 0 }],
    ['a kind below zero', { kind: -1 }],
    ['an unknown kind', { kind: 77 }],
    ['no signature', { signature: new Uint8Array() }],
    ['a shorter signature', { signature: new Uint8Array(63) }],
    ['a longer signature', { signature: new Uint8Array(65) }],
    ['no key', { keyId: '' }],
    ['a term that JavaScript cannot hold', { term: 2 ** 60 }],
  ])('is malformed with %s', (_, change) => {
    expect(outcomeOf(forge(seal(), change))).toBe('RR_PROTOCOL_MALFORMED');
  });

  it('is malformed when it is larger than any message', () => {
    expect(outcomeOf(new Uint8Array(9 * 2 ** 20))).toBe('RR_PROTOCOL_MALFORMED');
  });
});

describe('a message that was moved', () => {
  it('does not open on another subject', () => {
    expect(outcomeOf(seal(), subjects.issue('demo', 'cluster-2'))).toBe('RR_PROTOCOL_BAD_SIGNATURE');
    expect(outcomeOf(seal(), subjects.report('demo', 'cluster-1'))).toBe('RR_PROTOCOL_BAD_SIGNATURE');
  });

  it('does not open when its sender speaks of one cluster on the subject of another', () => {
    const other = subjects.issue('demo', 'cluster-2');
    expect(outcomeOf(seal({ subject: other }), other)).toBe('RR_PROTOCOL_WRONG_SUBJECT');
    expect(outcomeOf(seal({ subject: 'somewhere.else' }), 'somewhere.else')).toBe('RR_PROTOCOL_WRONG_SUBJECT');
  });

  it('does not open as another kind', () => {
    const answer: Message = { kind: 'issue-response', body: { kind: 'issued', chain: [Uint8Array.of(1)] } };
    expect(outcomeOf(seal({ message: answer }))).toBe('RR_PROTOCOL_MALFORMED');
  });

  it('does not open under a key that is not on the ring', () => {
    const stranger = generateIdentity().identity;
    expect(outcomeOf(seal({ identity: stranger }))).toBe('RR_PROTOCOL_UNKNOWN_KEY');
    expect(outcomeOf(forge(seal({ identity: stranger }), { keyId: identity.keyId }))).toBe('RR_PROTOCOL_BAD_SIGNATURE');
  });
});
