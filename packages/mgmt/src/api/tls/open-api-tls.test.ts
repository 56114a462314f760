import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer, request as httpsRequest, type Server } from 'node:https';
import { type AddressInfo, connect as connectTcp } from 'node:net';
import { text } from 'node:stream/consumers';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { createFakeClock, type FakeClock, waitFor } from '@reroot/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeRoot, type TestRoot } from '../../testing/certificates.ts';
import { type MadeCa, makeCa } from '../../testing/openssl-authority.ts';
import { type RecordedLog, recordLog } from '../../testing/recorded-log.ts';
import { presentedOf } from '../access/presented.ts';
import { openApiTls } from './open-api-tls.ts';
import { chainPem, makePair, makeTlsFolder, type ServerPair, type TlsFolder } from './testing/tls-folder.ts';

const dayMs = 86_400_000;
const pollMs = 10_000;
let folder: TlsFolder;
let root: TestRoot;
let pair: ServerPair;
let clock: FakeClock;
/** How often somebody has gone to sleep. */
let slept: number;
let log: RecordedLog;
const ends: (() => unknown)[] = [];

beforeEach(async () => {
  folder = await makeTlsFolder();
  ends.push(() => folder.dispose());
  root = await makeRoot('api root', 400 * dayMs);
  pair = await makePair(root);
  const fake = createFakeClock(Date.now());
  slept = 0;
  clock = {
    ...fake,
    sleep: (ms, signal) => {
      slept += 1;
      return fake.sleep(ms, signal);
    },
  };
  log = recordLog();
});
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** Lets time pass until mgmt has looked at the files once more. */
async function look(afterMs = pollMs): Promise<void> {
  await waitFor(() => slept > 0, { timeoutMs: 5_000, what: 'the first sleep' });
  const before = slept;
  clock.advance(afterMs);
  await waitFor(() => slept > before, { timeoutMs: 5_000, what: 'another look' });
}

const tlsBroke = 'the new certificate of the API cannot be used; the old one stays';
const tlsRenewed = 'the API shows a new certificate';

/** Serves with the files as they are; answers with how the client's certificate is judged. */
async function serve(clients: 'with certificates' | 'without' = 'without'): Promise<{ server: Server; port: number }> {
  const { clientCaFile, ...files } = folder.files;
  const tls = await openApiTls(clients === 'without' ? files : { ...files, clientCaFile }, { clock, log, pollMs });
  const server = createServer(tls.options, (request, response) => {
    const { certificate } = presentedOf(request);
    response.end(certificate.kind === 'refused' ? certificate.why : certificate.kind);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = tls.keepFresh(server);
  ends.push(async () => {
    await stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { server, port: (server.address() as AddressInfo).port };
}

/** Shakes hands and hangs up. */
async function shake(port: number, options: ConnectionOptions = {}): Promise<{ shown: string; protocol: string | null }> {
  const socket = connect({ port, host: '127.0.0.1', ca: root.certificate.pem, servername: 'localhost', ...options });
  try {
    await once(socket, 'secureConnect');
    return { shown: socket.getPeerX509Certificate()?.fingerprint256 ?? '', protocol: socket.getProtocol() };
  } finally {
    socket.destroy();
  }
}

const shownOf = ({ certificate }: ServerPair): string => certificate.x509.fingerprint256;

describe('the TLS of the API', () => {
  it.each(['TLSv1.2', 'TLSv1.3'] as const)('is spoken as %s', async (version) => {
    await folder.write({ cert: chainPem(pair), key: pair.keyPem });
    const { port } = await serve();
    expect(await shake(port, { minVersion: version, maxVersion: version })).toEqual({ shown: shownOf(pair), protocol: version });
  });

  it.each<[string, ConnectionOptions]>([
    ['TLS 1.1', { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }],
    ['a cipher without forward secrecy', { maxVersion: 'TLSv1.2', ciphers: 'AES128-GCM-SHA256' }],
    ['a cipher without AEAD', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-SHA' }],
  ])('is refused to who knows only %s', async (_, options) => {
    await folder.write({ cert: chainPem(pair), key: pair.keyPem });
    const { port } = await serve();
    await expect(shake(port, options)).rejects.toMatchObject({ code: expect.stringMatching(/ALERT|PROTOCOL/) });
  });

  it('shows the whole chain, so that a client needs to know the root alone', async () => {
    const top = await makeCa({ commonName: 'made root' });
    const middle = await makeCa({ commonName: 'middle', issuer: top });
    const { certificate, keyPem } = await makeCa({
      commonName: 'api',
      issuer: middle,
      extensions: ['subjectAltName=DNS:localhost'],
    });
    // openssl goes by the clock of the machine, which has run on.
    clock.advance(60_000);
    await folder.write({ cert: certificate.pem + middle.certificate.pem, key: keyPem });
    const { port } = await serve();
    await expect(shake(port, { ca: top.certificate.pem })).resolves.toMatchObject({
      shown: certificate.x509.fingerprint256,
    });
  });

  it('is not there for who speaks HTTP without it', async () => {
    await folder.write({ cert: chainPem(pair), key: pair.keyPem });
    const { port } = await serve();
    const socket = connectTcp(port, '127.0.0.1');
    socket.end('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(await text(socket)).not.toContain('200');
  });
});

describe('a certificate that is renewed', () => {
  it('is shown from the next look on, and connections that are open go on', async () => {
    await folder.write({ cert: chainPem(pair), key: pair.keyPem });
    const { port } = await serve();
    const open = await stay(port);
    const next = await makePair(root);
    await folder.write({ cert: chainPem(next), key: next.keyPem });
    expect((await shake(port)).shown).toBe(shownOf(pair));
    await look();
    expect(log.find({ msg: tlsRenewed })).toBeDefined();
    expect((await shake(port)).shown).toBe(shownOf(next));
    open.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    expect(await text(open)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('by a writer between whose two files mgmt looks is taken when both are there', async () => {
    await folder.write({ cert: chainPem(pair), key: pair.keyPem });
    const { port } = await serve();
    const next = await makePair(root);
    await folder.write({ cert: chainPem(next) });
    await look();
    expect(log.find({ msg: tlsBroke })).toMatchObject({
      level: 'error',
      code: 'RR_API_TLS_INVALID',
      place: folder.files.keyFile,
    });
    expect((await shake(port)).shown).toBe(shownOf(pair));
    await folder.write({ key: next.keyPem });
    await look();
    expect(log.find({ msg: tlsRenewed })).toBeDefined();
    expect((await shake(port)).shown).toBe(shownOf(next));
  });

  it('and cannot be used leaves the old one, is told once, and is tried again without being written again', async () => {
    await folder.write({ cert: chainPem(pair), key: pair.keyPem });
    const { port } = await serve();
    // What will be good in an hour: nothing but time has to pass.
    const next = await makePair(root, { fromMs: Date.now() + 3_600_000, untilMs: Date.now() + 300 * dayMs });
    await folder.write({ cert: chainPem(next), key: next.keyPem });
    await look();
    expect(log.find({ msg: tlsBroke, code: 'RR_API_TLS_EXPIRED' })).toBeDefined();
    await look();
    await look();
    expect(log.find({ msg: tlsRenewed })).toBeUndefined();
    await look(3_700_000);
    expect(log.find({ msg: tlsRenewed })).toBeDefined();
    expect(log.all({ msg: tlsBroke })).toHaveLength(1);
    expect((await shake(port, { rejectUnauthorized: false })).shown).toBe(shownOf(next));
  });

  it('is not looked for any more once mgmt stops', async () => {
    await folder.write({ cert: chainPem(pair), key: pair.keyPem });
    const { certFile, keyFile } = folder.files;
    const files = { certFile, keyFile };
    const tls = await openApiTls(files, { clock, log, pollMs });
    const server = createServer(tls.options);
    await tls.keepFresh(server)();
    await folder.write({ cert: 'broken' });
    clock.advance(10 * pollMs);
    const after = await openApiTls(files, { clock, log, pollMs }).catch((error: unknown) => error);
    expect(after).toMatchObject({ code: 'RR_API_TLS_INVALID' });
    expect(log.all({ msg: tlsBroke })).toEqual([]);
  });
});

describe('the end of a certificate', () => {
  const soon = 'the certificate of the API expires soon';

  it('is told a month before, each day once', async () => {
    pair = await makePair(root, { untilMs: Date.now() + 300 * dayMs });
    clock.advance(268 * dayMs);
    await folder.write({ cert: chainPem(pair), key: pair.keyPem });
    await serve();
    const told: number[] = [];
    for (let halfDay = 1; halfDay <= 8; halfDay += 1) {
      await look(dayMs / 2);
      told.push(log.all({ msg: soon, level: 'warn' }).length);
    }
    expect(told).toEqual([0, 0, 0, 1, 1, 2, 2, 3]);
    await look(40 * dayMs);
    expect(log.all({ level: 'error', code: 'RR_API_TLS_EXPIRED' })).toHaveLength(1);
  });

  it('of one that lives for days is told in the last third of its life', async () => {
    pair = await makePair(root, { fromMs: Date.now() - 60_000, untilMs: Date.now() + 6 * dayMs });
    await folder.write({ cert: chainPem(pair), key: pair.keyPem });
    await serve();
    expect(log.find({ msg: soon })).toBeUndefined();
    await look(4.5 * dayMs);
    expect(log.find({ msg: soon, daysLeft: 1 })).toBeDefined();
  });
});

describe('the certificate of a client', () => {
  let ca: MadeCa;
  const clientOf = (issuer: MadeCa, extensions = ['subjectAltName=URI:spiffe://example.org/ann']) =>
    makeCa({ commonName: 'ann', issuer, extensions: ['basicConstraints=critical,CA:FALSE', ...extensions] });

  beforeEach(async () => {
    ca = await makeCa({ commonName: 'clients' });
    await folder.write({ cert: chainPem(pair), key: pair.keyPem, clientCa: ca.certificate.pem });
  });

  it('is asked for and not demanded', async () => {
    const { port } = await serve('with certificates');
    expect(await judged(port)).toBe('none');
    expect(await judged(port, await clientOf(ca))).toBe('verified');
  });

  it.each<[string, () => Promise<MadeCa>, RegExp]>([
    ['of another CA', async () => clientOf(await makeCa({ commonName: 'strangers' })), /UNABLE_TO|SELF_SIGNED/],
    ['of a namesake of the CA', async () => clientOf(await makeCa({ commonName: 'clients' })), /SIGNATURE|UNABLE_TO/],
    ['for servers', () => clientOf(ca, ['extendedKeyUsage=serverAuth']), /PURPOSE/],
    [
      'that it signed itself',
      () => makeCa({ commonName: 'ann', extensions: ['basicConstraints=critical,CA:FALSE'] }),
      /SELF_SIGNED/,
    ],
  ])('%s is none, and it is known why', async (_, make, why) => {
    const { port } = await serve('with certificates');
    expect(await judged(port, await make())).toMatch(why);
  });

  it('is not asked for without CAs', async () => {
    const { port } = await serve();
    expect(await judged(port, await clientOf(ca))).toBe('none');
  });

  it('of a CA that was taken out counts no longer, not even in a session that is resumed', async () => {
    const { port } = await serve('with certificates');
    const client = await clientOf(ca);
    for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
      await folder.write({ clientCa: ca.certificate.pem + (await makeCa({ commonName: maxVersion })).certificate.pem });
      await look();
      const session = await sessionOf(port, client, maxVersion);
      const before = await resume(port, client, maxVersion, session);
      expect(before).toEqual({ reused: true, answer: 'verified' });
      await folder.write({ clientCa: (await makeCa({ commonName: `others ${maxVersion}` })).certificate.pem });
      await look();
      const after = await resume(port, client, maxVersion, session);
      expect(after.reused).toBe(false);
      expect(after.answer).toMatch(/UNABLE_TO|SELF_SIGNED/);
    }
  });
});

async function stay(port: number): Promise<TLSSocket> {
  const socket = connect({ port, host: '127.0.0.1', ca: root.certificate.pem, servername: 'localhost' });
  await once(socket, 'secureConnect');
  return socket;
}

async function judged(port: number, client?: MadeCa): Promise<string> {
  const identity = client === undefined ? {} : { cert: client.certificate.pem, key: client.keyPem };
  const options = { port, host: '127.0.0.1', ca: root.certificate.pem, servername: 'localhost', agent: false, ...identity };
  const request = httpsRequest(options).end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return text(response);
}

type Version = 'TLSv1.2' | 'TLSv1.3';

async function sessionOf(port: number, client: MadeCa, maxVersion: Version): Promise<Buffer> {
  const sessions: Buffer[] = [];
  await ask(port, client, maxVersion, (socket) => socket.on('session', (session: Buffer) => sessions.push(session)));
  return sessions.at(-1)!;
}

async function resume(port: number, client: MadeCa, maxVersion: Version, session: Buffer) {
  let reused: boolean | undefined;
  const answer = await ask(
    port,
    client,
    maxVersion,
    (socket) => socket.once('secureConnect', () => (reused = socket.isSessionReused())),
    session,
  );
  return { reused, answer };
}

async function ask(port: number, client: MadeCa, maxVersion: Version, see: (socket: TLSSocket) => unknown, session?: Buffer) {
  const socket = connect({
    ...{ port, host: '127.0.0.1', ca: root.certificate.pem, servername: 'localhost', maxVersion },
    ...{ cert: client.certificate.pem, key: client.keyPem },
    ...(session === undefined ? {} : { session }),
  });
  see(socket);
  await once(socket, 'secureConnect');
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
  return (await text(socket))
    .split('\r\n\r\n')
    .at(-1)!
    .replace(/^\w+\r\n|\r\n0$/g, '')
    .trim();
}
