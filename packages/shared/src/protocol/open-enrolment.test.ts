import { createHash, createHmac, generateKeyPairSync } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { RerootError } from '../errors/index.ts';
import { enrolmentProof, holdsEnrolmentProof, invitationKey } from './credentials-proof.ts';
import { openEnrolment, openMessage, sealMessage } from './envelope.ts';
import { reroot } from './generated/reroot.js';
import { generateIdentity, type Identity, keyringOfDer } from './identity.ts';
import type { CredentialsRequest, Message } from './message.ts';
import { subjects } from './subject.ts';
import { protocolDocument } from './testing/protocol-document.ts';
import { rfcIdentity } from './testing/rfc-identity.ts';

const { Envelope } = reroot.v1;
const subject = subjects.enrol('demo', 'cluster-1');
const address = { mesh: 'demo', cluster: 'cluster-1', term: 0, generation: 0 };
const numbers = { sequence: 1_700_000_000_000_001, sentAtMs: 1_700_000_000_000 };

/** Computed with OpenSSL and Python alone, from what docs/protocol.md says. */
const vector = {
  token: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8',
  natsUser: 'UA6UAF6D5BBYSWUSW4FKOTI3P26JZGBMZ4XMJFUMYDGVL4JK6RTAYUDN',
  invitationKey: 'ce423aa614f800a5f7071fd424367be2f545d272f51056398f9bd7a6a18f4b3a',
  proofInputSha256: 'a5748c7446f8482495d95ce5148c199e425ec82b6b30985ee305cdeca0fcf702',
  proof: '0b200452e93256cd8aa2e925207697fb691bfb870638d141147f2d9b9e3893f5',
  signingInputSha256: '2a1771cda49b01e17e01722c5b794df546e2d1b59bbda0e73c1046dba78965fa',
  envelope: [
    '0a40303665336664386664613239626236306162353935353764653631656462306165636462323331313334626533306537356234353566',
    '3865316237393266613910051a0464656d6f2209636c75737465722d31388180f9c0c1c482034080d095ffbc314aa3010a2c302a30050603',
    '2b6570032100d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a123855413655414636443542425953575553',
    '5734464b4f5449335032364a5a47424d5a34584d4a46554d594447564c344a4b365254415955444e1a103031323334353637383961626364',
    '656622200b200452e93256cd8aa2e925207697fb691bfb870638d141147f2d9b9e3893f52a05302e322e30524018e2fbbd09c9075af16926',
    '5d5ab0ff02ca202ae55b9d6df559d7303d57f99af2a9c328531f33e3d2ed5f55e7274cc9bd0d004f240b0c8d110a61f883ef5d1507',
  ].join(''),
} as const;

let identity: Identity;
let stranger: Identity;
beforeAll(() => {
  ({ identity } = generateIdentity());
  stranger = generateIdentity().identity;
});

const requestOf = (shown: Uint8Array): CredentialsRequest => ({
  publicKey: new Uint8Array(shown),
  natsUser: vector.natsUser,
  tokenId: '0123456789abcdef',
  proof: new Uint8Array(32),
  agentVersion: '0.2.0',
});

interface Change {
  readonly by?: Identity;
  readonly body?: CredentialsRequest;
  readonly message?: Message;
  readonly on?: string;
}

function seal({ by = identity, body = requestOf(by.publicKeyDer), message, on = subject }: Change = {}): Uint8Array {
  const sent = message ?? { kind: 'credentials-request', body };
  return sealMessage({ subject: on, address, message: sent, identity: by, ...numbers });
}

/** The same envelope with other fields, signed by nobody anew. */
function forge(payload: Uint8Array, change: Record<string, unknown>): Uint8Array {
  return Envelope.encode(Object.assign(Envelope.decode(payload), change)).finish();
}

function outcomeOf(payload: Uint8Array, on = subject): string {
  try {
    openEnrolment(on, payload);
    return 'opened';
  } catch (error) {
    if (error instanceof RerootError) return `${error.code} ${error.message}`;
    throw error;
  }
}

describe('a request to enrol', () => {
  it('opens by the key that it shows', () => {
    expect(openEnrolment(subject, seal())).toEqual({
      address,
      message: { kind: 'credentials-request', body: requestOf(identity.publicKeyDer) },
      keyId: identity.keyId,
      ...numbers,
    });
  });

  it('does not open when it shows the key of another one: nobody enrols a key that is not theirs', () => {
    const another = seal({ body: requestOf(stranger.publicKeyDer) });
    expect(outcomeOf(another)).toContain('RR_PROTOCOL_UNKNOWN_KEY');
    expect(outcomeOf(forge(another, { keyId: stranger.keyId }))).toContain('RR_PROTOCOL_BAD_SIGNATURE');
  });

  it('does not open when anything that is signed was changed', () => {
    const body = Envelope.decode(seal({ body: { ...requestOf(identity.publicKeyDer), natsUser: '' } })).body;
    for (const change of [{ body }, { sequence: 1 }, { term: 1 }, { sentAtMs: 1 }, { cluster: 'east' }, { mesh: 'other' }]) {
      expect(outcomeOf(forge(seal(), change))).toContain('RR_PROTOCOL_BAD_SIGNATURE');
    }
  });

  it('does not open where it was not sent to', () => {
    expect(outcomeOf(seal(), subjects.enrol('demo', 'cluster-2'))).toContain('RR_PROTOCOL_BAD_SIGNATURE');
    expect(outcomeOf(seal(), subjects.renew('demo', 'cluster-1'))).toContain('RR_PROTOCOL_BAD_SIGNATURE');
    const elsewhere = subjects.enrol('demo', 'cluster-2');
    expect(outcomeOf(seal({ on: elsewhere }), elsewhere)).toContain('RR_PROTOCOL_WRONG_SUBJECT');
    expect(outcomeOf(seal(), 'reroot.v1.demo.cluster-1.enrol.more')).toContain('RR_PROTOCOL_WRONG_SUBJECT');
  });

  it('must be one: a message of another kind is not even looked into', () => {
    const message: Message = { kind: 'issue-request', body: { csr: Uint8Array.of(1), signerRoot: 'ab'.repeat(32) } };
    expect(outcomeOf(seal({ message }))).toBe('RR_PROTOCOL_MALFORMED envelope.kind is issue-request, not credentials-request');
    expect(outcomeOf(forge(seal(), { kind: 8 }))).toContain('envelope.kind is link-state');
    expect(outcomeOf(forge(seal(), { kind: 99 }))).toContain('envelope.kind is 99');
  });

  it('is refused by its size before anything of it is read', () => {
    expect(outcomeOf(new Uint8Array(8 * 2 ** 20))).toBe(
      'RR_PROTOCOL_MALFORMED envelope has 8388608 bytes; 12288 are allowed for credentials-request',
    );
    expect(outcomeOf(forge(seal(), { body: new Uint8Array(8_193) }))).toContain('8193 bytes; 8192 are allowed');
  });

  it.each<[string, () => Uint8Array]>([
    ['no key', () => new Uint8Array(44)],
    ['a P-256 key', () => spkiOf('ec')],
    ['an X25519 key', () => spkiOf('x25519')],
    ['a key with a byte after it', () => Buffer.concat([identity.publicKeyDer, Buffer.alloc(1)])],
    ['a key that lacks its last byte', () => identity.publicKeyDer.subarray(0, 43)],
  ])('does not open with %s', (_, shown) => {
    expect(outcomeOf(seal({ body: requestOf(shown()) }))).toMatch(
      /^RR_PROTOCOL_MALFORMED credentials-request\.public_key is no key to enrol with: /,
    );
  });

  it('is opened by mgmt alone in this way: as any other message it needs a key that is known', () => {
    const keyring = keyringOfDer([]);
    const open = (): unknown => openMessage({ subject, payload: seal(), keyring, expect: 'credentials-request' });
    expect(open).toThrow(expect.objectContaining({ code: 'RR_PROTOCOL_UNKNOWN_KEY' }) as Error);
  });
});

describe('the request to enrol of docs/protocol.md', () => {
  const key = invitationKey(Buffer.from(vector.token, 'base64url'));
  const claim = { mesh: 'demo', cluster: 'cluster-1', publicKey: rfcIdentity.publicKeyDer, natsUser: vector.natsUser };

  it('is made of these very bytes', () => {
    expect(Buffer.from(key).toString('hex')).toBe(vector.invitationKey);
    const proof = enrolmentProof(key, claim);
    expect(Buffer.from(proof).toString('hex')).toBe(vector.proof);
    const payload = seal({ by: rfcIdentity, body: { ...requestOf(rfcIdentity.publicKeyDer), proof } });
    expect(Buffer.from(payload).toString('hex')).toBe(vector.envelope);
  });

  it('opens, and its proof holds', () => {
    const { message, keyId } = openEnrolment(subject, Buffer.from(vector.envelope, 'hex'));
    expect(keyId).toBe(rfcIdentity.keyId);
    expect(holdsEnrolmentProof(key, claim, message.body.proof)).toBe(true);
  });

  it('has the proof and the signature over what the document spells out', () => {
    const joined = (parts: readonly (string | Uint8Array)[]): Buffer =>
      Buffer.concat(parts.map((part) => Buffer.from(part as string)).flatMap((part) => [u64(part.length), part]));
    const input = joined(['reroot/v1 credentials', 'demo', 'cluster-1', claim.publicKey, claim.natsUser]);
    expect(createHash('sha256').update(input).digest('hex')).toBe(vector.proofInputSha256);
    expect(createHmac('sha256', key).update(input).digest('hex')).toBe(vector.proof);
    const { body } = Envelope.decode(Buffer.from(vector.envelope, 'hex'));
    const words = ['reroot/v1 envelope', subject, 'demo', 'cluster-1'];
    const signed = joined([...words, ...[5, 0, 0, numbers.sequence, numbers.sentAtMs].map(u64), body]);
    expect(createHash('sha256').update(signed).digest('hex')).toBe(vector.signingInputSha256);
  });

  it('stands there', () => {
    const text = protocolDocument.replaceAll('\n', '');
    for (const [name, value] of Object.entries(vector)) expect([name, text.includes(value)]).toEqual([name, true]);
  });
});

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

function spkiOf(type: 'ec' | 'x25519'): Uint8Array {
  const { publicKey } = type === 'ec' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('x25519');
  return publicKey.export({ type: 'spki', format: 'der' });
}
