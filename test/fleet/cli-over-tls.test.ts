import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Mgmt, mgmtConfigSchema, startMgmt } from '@reroot/mgmt';
import { makeCa } from '@reroot/mgmt/testing';
import { systemClock, systemRandom } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import { generateIdentity } from '@reroot/shared/protocol';
import { startNatsServer, waitFor } from '@reroot/shared/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

const program = resolve(import.meta.dirname, '../../packages/cli/src/main.js');
const leaf = 'basicConstraints=critical,CA:FALSE';
const document = `
apiVersion: reroot.dev/v1
kind: VirtualMesh
metadata: { name: demo }
spec:
  clusters: [east]
  mtlsConfig:
    shared:
      rootCertificateAuthority: { generated: { keyAlgorithm: KEY_ALGORITHM_ECDSA_P256, orgName: reroot } }
      intermediateCertOptions: { keyAlgorithm: KEY_ALGORITHM_ECDSA_P256 }
`;

let dir: string;
let nats: Awaited<ReturnType<typeof startNatsServer>>;
let mgmt: Mgmt;
/** Options that name the server, believe it, and say who asks. */
let asAnn: readonly string[];
let asBen: readonly string[];
const token = `reroot_${'b'.repeat(43)}`;
let tls: { readonly ca: string; readonly cert: string; readonly key: string };

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'reroot-cli-tls-'));
  nats = await startNatsServer();
  const write = async (name: string, text: string): Promise<string> => {
    await writeFile(join(dir, name), text, { mode: 0o600 });
    return join(dir, name);
  };
  const [ours, theirs] = await Promise.all([makeCa({ commonName: 'servers' }), makeCa({ commonName: 'people' })]);
  const pair = await makeCa({ commonName: 'mgmt', issuer: ours, extensions: [leaf, 'subjectAltName=IP:127.0.0.1'] });
  const ann = await makeCa({ commonName: 'ann', issuer: theirs, extensions: [leaf] });
  const identity = generateIdentity();
  const config = mgmtConfigSchema.parse({
    dataDir: join(dir, 'data'),
    nats: { servers: [nats.url] },
    identity: { privateKeyFile: await write('mgmt.key', identity.privateKeyPem) },
    keyStore: { passphraseFile: await write('passphrase', 'correct horse battery staple\n') },
    clusters: Object.fromEntries(['east', 'west'].map((name) => [name, { publicKey: generateIdentity().publicKeyPem }])),
    api: {
      port: 0,
      tls: {
        certFile: await write('tls.crt', pair.certificate.pem),
        keyFile: await write('tls.key', pair.keyPem),
        clientCaFile: await write('people.pem', theirs.certificate.pem),
      },
      access: {
        certificates: { roles: { admin: ['CN=ann'] } },
        tokens: [{ name: 'ben', role: 'viewer', sha256: createHash('sha256').update(token).digest('hex') }],
      },
    },
  });
  const signal = new AbortController().signal;
  mgmt = await startMgmt({ config, clock: systemClock, random: systemRandom, log: silentLog, signal, scryptCost: 1024 });
  tls = { ca: ours.certificate.pem, cert: ann.certificate.pem, key: ann.keyPem };
  const server = ['--server', mgmt.apiUrl, '--ca-file', await write('servers.pem', tls.ca)];
  asAnn = [...server, '--cert-file', await write('ann.pem', tls.cert), '--key-file', await write('ann.key', tls.key)];
  asBen = [...server, '--token-file', await write('ben.token', token)];
}, 120_000);

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});
afterAll(async () => {
  await mgmt.stop();
  await nats.stop();
  await rm(dir, { recursive: true });
});

interface Reroot {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly err: () => string;
}

function reroot(who: readonly string[], ...words: readonly string[]): Reroot {
  const child = spawn(process.execPath, [program, ...words, ...who], { stdio: ['pipe', 'pipe', 'pipe'] });
  running.push(child);
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => (said.out += String(chunk)));
  child.stderr.on('data', (chunk) => (said.err += String(chunk)));
  return { child, out: () => said.out, err: () => said.err };
}

async function apply(mesh: string): Promise<void> {
  const { child, err } = reroot(asAnn, 'apply', '-f', '-');
  child.stdin?.end(mesh);
  await waitFor(() => child.exitCode !== null, { timeoutMs: 60_000, what: 'the mesh to be applied' });
  expect(child.exitCode, err()).toBe(0);
}

/** The clusters of the last document, as the mesh lists them. */
function namesIn(documents: string): string {
  const { clusters } = JSON.parse(documents.split('\n').at(-2)!) as {
    readonly clusters: readonly { readonly name: string }[];
  };
  return `[${clusters.map(({ name }) => name).join(', ')}]`;
}

/** What mgmt counts itself. */
async function followersOf(url: string): Promise<string | undefined> {
  const request = get(`${url}/metrics`, tls);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return /^reroot_live_clients (\d+)$/m.exec(await text(response))?.[1];
}

describe('reroot status --watch over TLS', () => {
  it.each([
    ['a client certificate', () => asAnn, '[east]', '[east, west]'],
    ['a token', () => asBen, '[east, west]', '[east]'],
  ])(
    'follows the live stream of a real mgmt by %s, and shows what changes',
    { timeout: 180_000 },
    async (_, who, before, after) => {
      await apply(document.replace('[east]', before));
      const watch = reroot(who(), 'status', '--watch', '-o', 'json', '--mesh', 'demo');
      await waitFor(() => watch.out().includes('\n'), { timeoutMs: 60_000, what: 'the mesh to be shown' });
      await waitFor(async () => (await followersOf(mgmt.apiUrl)) === '1', { timeoutMs: 60_000, what: 'it to follow' });
      await apply(document.replace('[east]', after));
      await waitFor(() => namesIn(watch.out()) === after, { timeoutMs: 60_000, what: 'the change' });
      expect(watch.err()).toBe('');
      watch.child.kill('SIGINT');
      await waitFor(() => watch.child.exitCode !== null, { timeoutMs: 10_000, what: 'it to end' });
      expect(watch.child.exitCode).toBe(0);
    },
  );
});
