import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import {
  type Certificate,
  createRootCertificate,
  exportPrivateKey,
  generateKey,
  issueHostLeaf,
  issueLeaf,
  signerFromKey,
} from '@reroot/shared/pki';
import { meshStatus } from '@reroot/shared/testing';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Run, runCaptured } from './testing/run-captured.ts';

const p256 = { kind: 'ecdsa', curve: 'P-256' } as const;
const validity = { notBeforeMs: Date.now() - 60_000, notAfterMs: Date.now() + 3_600_000 };
const ann = 'spiffe://example.org/ann';

let dir: string;
let files: { readonly ca: string; readonly otherCa: string; readonly cert: string; readonly key: string };
let tls: ServerOptions;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'reroot-cli-'));
  const [ca, other] = [await makeCa(), await makeCa()];
  const [serverKey, clientKey] = [await generateKey(p256), await generateKey(p256)];
  const serverSpki = signerFromKey(serverKey).publicKeySpki;
  const server = await issueHostLeaf({ ...ca, ...validity, publicKeySpki: serverSpki, hosts: ['127.0.0.1'], purpose: 'server' });
  const client = await issueLeaf({ ...ca, ...validity, publicKeySpki: signerFromKey(clientKey).publicKeySpki, uris: [ann] });
  tls = { cert: server.pem, key: exportPrivateKey(serverKey), ca: ca.issuer.pem, requestCert: true, rejectUnauthorized: false };
  const write = async (name: string, text: string): Promise<string> => {
    await writeFile(join(dir, name), text);
    return join(dir, name);
  };
  files = {
    ca: await write('ca.pem', ca.issuer.pem),
    otherCa: await write('other.pem', other.issuer.pem),
    cert: await write('client.pem', client.pem),
    key: await write('client.key', exportPrivateKey(clientKey)),
  };
  return () => rm(dir, { recursive: true });
});

async function makeCa(): Promise<{ issuer: Certificate; issuerKey: ReturnType<typeof signerFromKey> }> {
  const issuerKey = signerFromKey(await generateKey(p256));
  return { issuer: await createRootCertificate({ key: issuerKey, commonName: 'ca', ...validity }), issuerKey };
}

const servers: Server[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  }
});

/** A mgmt over TLS that notes by which name a client has come. */
async function serve(answer?: { status: number; location: string }): Promise<{ url: string; names: (string | undefined)[] }> {
  const names: (string | undefined)[] = [];
  const server = createServer(tls, ({ socket }, response) => {
    names.push(socket instanceof TLSSocket ? socket.getPeerX509Certificate()?.subjectAltName : 'none');
    if (answer !== undefined) response.writeHead(answer.status, { location: answer.location });
    response.end(JSON.stringify(meshStatus()));
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, names };
}

const status = (server: string, ...args: readonly string[]): Promise<Run> =>
  runCaptured(['status', '--mesh', 'demo', '--server', server, ...args]);

describe('a server that speaks TLS', () => {
  it('is believed by the CA of --ca-file', async () => {
    const { url, names } = await serve();
    expect(await status(url, '--ca-file', files.ca)).toMatchObject({ exit: 0, stdout: expect.stringContaining('mesh demo') });
    expect(names).toEqual([undefined]);
  });

  it('is shown the certificate of --cert-file, or of the environment', async () => {
    const { url, names } = await serve();
    await status(url, '--ca-file', files.ca, '--cert-file', files.cert, '--key-file', files.key);
    vi.stubEnv('REROOT_CA_FILE', files.ca);
    vi.stubEnv('REROOT_CERT_FILE', files.cert);
    vi.stubEnv('REROOT_KEY_FILE', files.key);
    await status(url);
    expect(names).toEqual([`URI:${ann}`, `URI:${ann}`]);
  });

  it('is not believed by another CA, nor by those of the machine', async () => {
    const { url, names } = await serve();
    expect(await status(url, '--ca-file', files.otherCa)).toMatchObject({ exit: 3, code: 'RR_API_UNREACHABLE' });
    expect(await status(url)).toMatchObject({ exit: 3, code: 'RR_API_UNREACHABLE' });
    expect(names).toEqual([]);
  });

  it('leads nowhere else', async () => {
    const { url, names } = await serve({ status: 307, location: 'https://elsewhere.example/' });
    const run = await status(url, '--ca-file', files.ca);
    expect(run).toMatchObject({ exit: 3, code: 'RR_API_UNREACHABLE', message: expect.stringContaining('redirects') });
    expect(names).toHaveLength(1);
  });
});

describe('certificates that are of no use', () => {
  it.each([
    ['for a server without TLS', 'http://127.0.0.1:1', () => ['--ca-file', files.ca], 'RR_OPTION_INVALID'],
    ['without their key', 'https://127.0.0.1:1', () => ['--cert-file', files.cert], 'RR_OPTION_INVALID'],
    ['as a key alone', 'https://127.0.0.1:1', () => ['--key-file', files.key], 'RR_OPTION_INVALID'],
    ['as a file that is not there', 'https://127.0.0.1:1', () => ['--ca-file', join(dir, 'none')], 'RR_CONFIG_UNREADABLE'],
  ] as const)('are refused: %s', async (_, server, args, code) => {
    expect(await status(server, ...args())).toMatchObject({ exit: 2, code });
  });
});
