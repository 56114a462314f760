import tls, { TLSSocket } from 'node:tls';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freePort, type NatsServer, waitFor } from '../testing/index.ts';
import type { ClientCertificate } from './connect-options.ts';
import { createBusRig, hear, keepLog, soon, text, until } from './testing/bus-rig.ts';
import { greeting, letIn, type ScriptedServer, startScriptedServer } from './testing/scripted-server.ts';
import { createTestCa, type TestCa } from './testing/test-ca.ts';

const rig = createBusRig();
const { start, connectTo } = rig;
afterEach(() => rig.end());

/** An address of this machine that is none of its loopback addresses to reroot, and reaches servers on 127.0.0.1. */
const elsewhere = '0.0.0.0';
const everyName = ['localhost', '127.0.0.1', elsewhere];

let ca: TestCa;
let otherCa: TestCa;
let certificate: ClientCertificate;

beforeAll(async () => {
  [ca, otherCa] = [await createTestCa(), await createTestCa()];
  certificate = await ca.issue(everyName);
});

/** Starts a nats-server that wants TLS. */
async function startWithTls(
  { certPem, keyPem }: ClientCertificate,
  port?: number,
  more: readonly string[] = [],
): Promise<NatsServer> {
  const dir = await rig.write({ 'cert.pem': certPem, 'key.pem': keyPem, 'ca.pem': ca.pem });
  const files = ['cert', 'key', 'ca'].map((name) => `${name}_file: "${dir}/${name}.pem"`);
  return rig.startWithConfig(`tls { ${[...files, ...more].join(', ')} }`, port);
}

async function script(say: Parameters<typeof startScriptedServer>[0]): Promise<ScriptedServer> {
  const server = await startScriptedServer(say);
  rig.adopt(() => server.stop());
  return server;
}

describe('TLS', () => {
  it.each([`nats://${elsewhere}`, 'nats://localhost', 'tls://127.0.0.1'])(
    'is spoken with %s, which the CA knows',
    async (url) => {
      const { port } = await startWithTls(certificate);
      const { log, lines } = keepLog();
      const bus = await connectTo(`${url}:${port}`, { caPem: ca.pem, log });
      const heard = hear(bus, 'a');
      bus.publish('a', text('in private'));
      await waitFor(() => heard.length === 1, soon);
      expect(lines).toEqual([]);
    },
  );

  it.each([
    ['of another CA', () => otherCa.issue(everyName), 'its certificate is signed by no CA that is known here'],
    ['of another name', () => ca.issue(['nats.example']), 'its certificate is of another name: DNS:nats.example'],
    // The client of NATS by itself checks addresses for the name localhost.
    ['of localhost', () => ca.issue(['localhost']), 'its certificate is of another name: DNS:localhost'],
    ['that has expired', () => ca.issue(everyName, Date.now() - 60_000), 'its certificate has expired'],
  ])('is refused with a certificate %s', async (_, issue, reason) => {
    const { port } = await startWithTls(await issue());
    await expect(connectTo(`nats://${elsewhere}:${port}`, { caPem: ca.pem })).rejects.toMatchObject({
      code: 'RR_NATS_TLS',
      message: `no TLS with the nats-server at ${elsewhere}:${port}: ${reason}`,
      place: `${elsewhere}:${port}`,
    });
  });

  it("verifies with the machine's CAs where none is given", async () => {
    const { port } = await startWithTls(certificate);
    await expect(connectTo(`nats://localhost:${port}`)).rejects.toMatchObject({
      code: 'RR_NATS_TLS',
      message: expect.stringContaining('signed by no CA that is known here') as string,
    });
  });

  it('is not spoken in an old version, whatever the machine allows', async () => {
    const { DEFAULT_MIN_VERSION, DEFAULT_CIPHERS } = tls;
    Object.assign(tls, { DEFAULT_MIN_VERSION: 'TLSv1', DEFAULT_CIPHERS: 'DEFAULT@SECLEVEL=0' });
    rig.adopt(() => Object.assign(tls, { DEFAULT_MIN_VERSION, DEFAULT_CIPHERS }));
    const { port } = await script((socket) => {
      socket.write(greeting({ tls_required: true }));
      const old = { maxVersion: 'TLSv1.1', minVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
      const secure = new TLSSocket(socket, { isServer: true, cert: certificate.certPem, key: certificate.keyPem, ...old });
      secure.on('error', () => undefined);
    });
    await expect(connectTo(`nats://localhost:${port}`, { caPem: ca.pem })).rejects.toMatchObject({
      code: 'RR_NATS_TLS',
      message: expect.stringContaining('it speaks no TLS 1.2 or later') as string,
    });
  });

  it('shows the certificate of the client where the server wants one', async () => {
    const { port } = await startWithTls(certificate, undefined, ['verify: true']);
    const clientCertificate = await ca.issue(['agent.example']);
    await (await connectTo(`nats://localhost:${port}`, { caPem: ca.pem, clientCertificate })).flush();
    await expect(connectTo(`nats://localhost:${port}`, { caPem: ca.pem })).rejects.toMatchObject({
      code: 'RR_NATS_TLS',
      message: expect.stringContaining('it wants a certificate of this program, and was shown none') as string,
    });
    const stranger = await otherCa.issue(['agent.example']);
    await expect(connectTo(`nats://localhost:${port}`, { caPem: ca.pem, clientCertificate: stranger })).rejects.toMatchObject({
      code: 'RR_NATS_TLS',
      message: expect.stringContaining("it does not take this program's certificate") as string,
    });
  });

  it.each(['', 'no PEM', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'])(
    'needs a CA that can be read, which %j cannot',
    async (caPem) => {
      await expect(connectTo('nats://localhost:1', { caPem })).rejects.toMatchObject({
        code: 'RR_NATS_TLS',
        message: expect.stringContaining('the CA of the NATS servers cannot be read') as string,
      });
    },
  );

  it('needs a key that goes with the certificate, and quotes neither', async () => {
    const { keyPem } = await ca.issue(['other.example']);
    const clientCertificate = { certPem: certificate.certPem, keyPem };
    await expect(connectTo('nats://localhost:1', { clientCertificate })).rejects.toMatchObject({
      code: 'RR_NATS_TLS',
      message: expect.not.stringContaining('KEY') as string,
    });
  });
});

describe('a server that offers no TLS', () => {
  it('is refused when it is not on a loopback address', async () => {
    const { port } = await start();
    await expect(connectTo(`nats://${elsewhere}:${port}`)).rejects.toMatchObject({
      code: 'RR_NATS_PLAINTEXT',
      message: `the nats-server at ${elsewhere}:${port} offers no TLS`,
      remedy: expect.stringMatching(/reroot nats init.*nats\.plaintext/) as string,
    });
  });

  it('is spoken to where that is allowed, with a warning each time', async () => {
    const { log, lines } = keepLog();
    const server = await start();
    const warnings = (): number => lines.filter((line) => /"level":"warn".*is spoken to without TLS/.test(line)).length;
    const bus = await connectTo(`nats://${elsewhere}:${server.port}`, { log, plaintext: 'allowed' });
    expect(warnings()).toBe(1);
    await server.kill();
    await until(bus, 'disconnected');
    await start({ port: server.port });
    await until(bus, 'connected');
    expect(warnings()).toBe(2);
  });

  it('is refused where its URL wants TLS, even if plaintext is allowed', async () => {
    const { port } = await start();
    const refusal = { code: 'RR_NATS_PLAINTEXT' };
    await expect(connectTo(`tls://127.0.0.1:${port}`, { plaintext: 'allowed' })).rejects.toMatchObject(refusal);
  });

  it('does not get in the place of one that did', async () => {
    const port = await freePort();
    const server = await startWithTls(certificate, port);
    const { log, lines } = keepLog();
    const bus = await connectTo(`nats://${elsewhere}:${port}`, { caPem: ca.pem, log });
    const statuses: string[] = [];
    bus.onStatus((status) => statuses.push(status));
    await server.kill();
    const impostor = await start({ port });
    await waitFor(() => lines.some((line) => line.includes('RR_NATS_PLAINTEXT')), soon);
    await impostor.kill();
    await startWithTls(certificate, port);
    await until(bus, 'connected');
    expect(statuses).toEqual(['connected', 'disconnected', 'connected']);
  });

  // The client of NATS (2.29.3) takes 1 for an offer, and then does without TLS.
  it.each([1, 'yes', {}, [true]])('does not pass for one that does by saying %j', async (claim) => {
    const server = await script(letIn({ tls_available: claim, tls_required: claim, nonce: 'abc' }));
    const url = `nats://ann:s3cret@${elsewhere}:${server.port}`;
    await expect(connectTo(url)).rejects.toMatchObject({ code: 'RR_NATS_PLAINTEXT' });
    expect(server.received).toEqual(['']);
  });

  it('leads nobody to other servers', async () => {
    const [hostile, better] = [await script(letIn()), await script(letIn())];
    const urls = [`127.0.0.1:${hostile.port}`, `${elsewhere}:${hostile.port}`, `localhost:${better.port}`];
    const server = await script(letIn({ connect_urls: urls, ldm: true }));
    const bus = await connectTo(`nats://127.0.0.1:${server.port}`, { random: () => 0.1 });
    for (const connections of [2, 3, 4]) {
      server.hangUp();
      await waitFor(() => server.received.length === connections, soon);
      await until(bus, 'connected');
    }
    expect([...hostile.received, ...better.received]).toEqual([]);
  });
});

describe('what is said before the handshake', () => {
  it('is not taken for the word of the server that is verified afterwards', async () => {
    const { port } = await script((socket) => {
      socket.write(`${greeting({ tls_required: true })}-ERR 'Authorization Violation'\r\n`);
    });
    await expect(connectTo(`nats://localhost:${port}`, { caPem: ca.pem })).rejects.toMatchObject({
      code: 'RR_NATS_TLS',
      message: `the nats-server at localhost:${port} goes on talking before the handshake`,
    });
  });
});
