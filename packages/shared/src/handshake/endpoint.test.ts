import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { HandshakeProgress, HandshakeRole } from '../protocol/index.ts';
import type { Credential } from './credential.ts';
import { type Endpoint, openEndpoint } from './endpoint.ts';
import { MemoryStream } from './memory-stream.ts';
import { type HandshakeAuthority, makeHandshakeAuthority } from './testing/handshake-authority.ts';

const trustDomain = 'cluster.local';
const nothing = new Uint8Array();

let a: HandshakeAuthority;
let b: HandshakeAuthority;
let opened: Endpoint[] = [];
beforeAll(async () => {
  [a, b] = await Promise.all([makeHandshakeAuthority('root A', Date.now()), makeHandshakeAuthority('root B', Date.now())]);
});
afterEach(() => {
  for (const endpoint of opened) endpoint.close();
  opened = [];
});

function open(role: HandshakeRole, credential: Credential, session = 's'): Endpoint {
  const endpoint = openEndpoint({ role, session, credential, trustDomain });
  opened.push(endpoint);
  return endpoint;
}

interface Ends {
  readonly client: HandshakeProgress;
  readonly server: HandshakeProgress;
}

/** Carries bytes until nothing moves any more. */
async function shake(clientCredential: Credential, serverCredential: Credential, sessions = ['s', 's']): Promise<Ends> {
  const [clientEnd, serverEnd] = [open('client', clientCredential, sessions[0]), open('server', serverCredential, sessions[1])];
  let client = await clientEnd.hear(nothing);
  let server = await serverEnd.hear(client.written);
  for (let moved = true; moved; ) {
    const next = await clientEnd.hear(server.written);
    moved = next.written.length > client.written.length || next.state !== client.state;
    client = next;
    const answer = await serverEnd.hear(client.written);
    moved ||= answer.written.length > server.written.length || answer.state !== server.state;
    server = answer;
  }
  return { client, server };
}

const refused = (reason: string, alert: number): object => ({ state: 'refused', failure: { reason, alert } });
const unknownCa = refused('UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 48);

describe('two ends that trust each other', () => {
  it('both know it, of one and the same channel, and what each presented', async () => {
    const [left, right] = await Promise.all([a.credential([a, b]), b.credential([a, b])]);
    const { client, server } = await shake(left, right);
    expect([client.state, server.state]).toEqual(['accepted', 'accepted']);
    expect(client.channel).toMatch(/^[0-9a-f]{64}$/);
    expect(server.channel).toBe(client.channel);
    expect(client.presented).toEqual(left.presented);
    expect(client.presented.roots).toEqual([a.root.fingerprint, b.root.fingerprint]);
    expect(client.peerChain[0]).toBe(server.presented.chain[0]);
    expect(server.peerChain[0]).toBe(client.presented.chain[0]);
    expect(server.peerIdentity).toBe('spiffe://cluster.local/ns/istio-system/sa/reroot-agent');
  });

  it('have another channel each time', async () => {
    const credential = await a.credential([a]);
    const [first, second] = [await shake(credential, credential), await shake(credential, credential)];
    expect(first.client.channel).not.toBe(second.client.channel);
  });

  it('do not accept a word that was said for another session', async () => {
    const credential = await a.credential([a]);
    const { client, server } = await shake(credential, credential, ['one', 'other']);
    for (const end of [client, server]) expect(end).toMatchObject({ state: 'failed', failure: { reason: 'WRONG_WORD' } });
  });
});

describe('an end that does not trust the other', () => {
  it('refuses it as client, while the server that trusts it never hears that it is accepted', async () => {
    const { client, server } = await shake(await a.credential([a]), await b.credential([a]));
    expect(client).toMatchObject(unknownCa);
    expect(server.state).toBe('trusted');
    expect(client.peerChain[0]).toBe(server.presented.chain[0]);
  });

  it('refuses it as server, while the client, for which TLS is through, never hears that it is accepted', async () => {
    const { client, server } = await shake(await b.credential([a]), await a.credential([a]));
    expect(server).toMatchObject(unknownCa);
    expect(client.state).toBe('trusted');
  });

  it('refuses it on both sides', async () => {
    const { client, server } = await shake(await a.credential([a]), await b.credential([b]));
    expect(client).toMatchObject(unknownCa);
    expect(server).toMatchObject(unknownCa);
  });

  it('refuses a leaf that has expired, and one that is not valid yet', async () => {
    const good = await a.credential([a]);
    const expired = await a.credential([a], { fromMs: -7_200_000, untilMs: -3_600_000 });
    const early = await a.credential([a], { fromMs: 3_600_000, untilMs: 7_200_000 });
    expect((await shake(expired, good)).server).toMatchObject(refused('CERT_HAS_EXPIRED', 45));
    expect((await shake(good, expired)).client).toMatchObject(refused('CERT_HAS_EXPIRED', 45));
    expect((await shake(early, good)).server).toMatchObject(refused('CERT_NOT_YET_VALID', 42));
  });

  it.each(['spiffe://other.domain/ns/a/sa/b', 'spiffe://cluster.local.evil/ns/a/sa/b', 'https://cluster.local/ns/a'])(
    'refuses the identity %s',
    async (uri) => {
      const { server } = await shake(await a.credential([a], { uri }), await a.credential([a]));
      expect(server).toMatchObject(refused('WRONG_TRUST_DOMAIN', 46));
    },
  );

  it('trusts the bundle alone, and no CA of the machine', async () => {
    const { client } = await shake(await a.credential([b]), await a.credential([a]));
    expect(client).toMatchObject(unknownCa);
  });
});

describe('what is no handshake of TLS 1.3 with a certificate', () => {
  /** A client of Node's that is not ours. */
  async function strange(options: ConnectionOptions): Promise<HandshakeProgress> {
    const stream = new MemoryStream(65_536);
    const socket: TLSSocket = connect({ ...options, socket: stream, rejectUnauthorized: false });
    socket.on('error', () => undefined);
    const server = open('server', await a.credential([a]));
    await new Promise(setImmediate);
    let progress = await server.hear(stream.written());
    for (let turn = 0, fed = 0; turn < 3; turn += 1) {
      stream.feed(progress.written.slice(fed));
      fed = progress.written.length;
      await new Promise((resolve) => setTimeout(resolve, 20));
      progress = await server.hear(stream.written());
    }
    socket.destroy();
    return progress;
  }

  it('fails, and is no refusal: TLS 1.2', async () => {
    const progress = await strange({ minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' });
    expect(progress).toMatchObject({ state: 'failed', failure: { reason: 'ERR_SSL_UNSUPPORTED_PROTOCOL' } });
  });

  it('fails, and is no refusal: no certificate', async () => {
    const progress = await strange({ minVersion: 'TLSv1.3' });
    expect(progress).toMatchObject({ state: 'failed', failure: { reason: 'NO_CERTIFICATE', alert: 116 } });
  });

  it('fails, and is no refusal: garbage, at either end', async () => {
    const credential = await a.credential([a]);
    const garbage = new Uint8Array(200).fill(7);
    for (const role of ['client', 'server'] as const) {
      const progress = await open(role, credential).hear(garbage);
      expect(progress).toMatchObject({ state: 'failed', failure: { alert: 0 } });
      expect(progress.failure?.reason).toMatch(/^ERR_SSL_/);
    }
  });

  it('waits for the rest of what is cut off', async () => {
    const credential = await a.credential([a]);
    const [client, server] = [open('client', credential), open('server', credential)];
    const { written } = await client.hear(nothing);
    for (const length of [1, 5, 100, written.length - 1])
      expect(await server.hear(written.slice(0, length))).toMatchObject({ state: 'running', heardBytes: length });
    expect((await server.hear(written)).written.length).toBeGreaterThan(0);
  });

  it('refuses what does not go on from what was heard before', async () => {
    const credential = await a.credential([a]);
    const [client, server] = [open('client', credential), open('server', credential)];
    const { written } = await client.hear(nothing);
    await server.hear(written);
    const other = written.slice();
    other[40] = (other[40] ?? 0) ^ 1;
    await expect(server.hear(other)).rejects.toMatchObject({ code: 'RR_HANDSHAKE_CONTRADICTORY' });
    expect(await server.hear(written)).toMatchObject({ state: 'running' });
  });

  it('is not begun with what TLS cannot use', async () => {
    const good = await a.credential([a]);
    const other = await a.credential([a]);
    expect(() => open('client', { ...good, privateKeyPem: other.privateKeyPem })).toThrow(
      expect.objectContaining({ code: 'RR_HANDSHAKE_CREDENTIAL' }) as Error,
    );
  });
});

describe('a handshake over a bus that loses, repeats and reorders', () => {
  it('comes to the same end whatever the bus does, as long as something gets through', async () => {
    const [good, foreign] = [await a.credential([a]), await b.credential([a])];
    // Each number says what happens at one moment: which end hears, and how old what it hears is.
    const schedule = fc.array(fc.record({ end: fc.constantFrom('client', 'server'), age: fc.nat({ max: 3 }) }), {
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(schedule, fc.constantFrom(good, foreign), async (moments, presented) => {
        const ends = { client: open('client', good), server: open('server', presented) };
        const said: Record<HandshakeRole, Uint8Array[]> = { client: [nothing], server: [nothing] };
        const last: Partial<Record<HandshakeRole, HandshakeProgress>> = {};
        const hear = async (end: 'client' | 'server', age: number): Promise<void> => {
          const heard = said[end === 'client' ? 'server' : 'client'];
          const progress = await ends[end].hear(heard[Math.max(0, heard.length - 1 - age)] ?? nothing);
          last[end] = progress;
          said[end].push(progress.written);
        };
        for (const { end, age } of moments) await hear(end, age);
        for (let round = 0; round < 4; round += 1) {
          await hear('client', 0);
          await hear('server', 0);
        }
        if (presented === good) {
          expect([last.client?.state, last.server?.state]).toEqual(['accepted', 'accepted']);
          expect(last.client?.channel).toBe(last.server?.channel);
        } else {
          expect(last.client).toMatchObject(unknownCa);
          expect(last.server?.state).toBe('trusted');
        }
        for (const endpoint of Object.values(ends)) endpoint.close();
      }),
      { numRuns: 60 },
    );
  });
});

describe('a relay', () => {
  it('that changes a byte brings about no refusal, and no acceptance but of the very channel that the two share', async () => {
    const [left, right] = [await a.credential([a]), await a.credential([a])];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('client', 'server'), fc.nat(), fc.integer({ min: 1, max: 255 }), async (liar, at, by) => {
        const [client, server] = [open('client', left), open('server', right)];
        const spoil = (bytes: Uint8Array): Uint8Array => {
          const spoiled = bytes.slice();
          if (spoiled.length > 0) spoiled[at % spoiled.length] = (spoiled[at % spoiled.length] ?? 0) ^ by;
          return spoiled;
        };
        const first = await client.hear(nothing);
        const answer = await server.hear(liar === 'client' ? spoil(first.written) : first.written);
        const second = await client.hear(liar === 'server' ? spoil(answer.written) : answer.written);
        const end = await server.hear(liar === 'client' ? spoil(first.written) : second.written).catch(() => answer);
        // The version in a record's head is looked at by nobody (RFC 8446 §5.1): a change of that alone changes nothing.
        for (const { state } of [second, end]) expect(state).not.toBe('refused');
        if (end.state === 'accepted') expect(end.channel).toBe(second.channel);
        client.close();
        server.close();
      }),
      { numRuns: 60 },
    );
  });

  it('that stands between the two with certificates of its own has another channel with each', async () => {
    const [left, right, middle] = [await a.credential([a]), await a.credential([a]), await a.credential([a])];
    const [one, two] = [await shake(left, middle), await shake(middle, right)];
    expect(one.client.channel).not.toBe(two.server.channel);
  });

  it('is never told more than so many bytes', async () => {
    const stream = new MemoryStream(10);
    const errors: string[] = [];
    stream.on('error', (error) => errors.push(error.message));
    stream.write(new Uint8Array(11));
    await new Promise(setImmediate);
    expect(errors).toEqual(['more than 10 bytes were written']);
    expect(stream.written()).toHaveLength(0);
  });
});
