import { systemClock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeRoot, type TestRoot } from '../../testing/certificates.ts';
import { type MadeCa, makeCa } from '../../testing/openssl-authority.ts';
import { openApiTls } from '../tls/open-api-tls.ts';
import { chainPem, makePair, makeTlsFolder, type TlsFolder } from '../tls/testing/tls-folder.ts';
import { type Follower, follow } from './testing/live-follower.ts';
import { type LiveServer, startLive } from './testing/live-server.ts';

let folder: TlsFolder;
let root: TestRoot;
let clients: MadeCa;
let server: LiveServer;

beforeAll(async () => {
  folder = await makeTlsFolder();
  root = await makeRoot('api root');
  clients = await makeCa({ commonName: 'clients' });
  const pair = await makePair(root);
  await folder.write({ cert: chainPem(pair), key: pair.keyPem, clientCa: clients.certificate.pem });
});
afterAll(() => folder.dispose());
afterEach(() => server.close());

async function start(): Promise<void> {
  const { options: tls } = await openApiTls(folder.files, { clock: systemClock, log: silentLog });
  const api = { tls: folder.files, access: { certificates: { roles: { viewer: ['CN=ann'], operator: ['CN=ben'] } } } };
  server = await startLive({ api, tls });
}

async function followAs(commonName: string, issuer: MadeCa): Promise<Follower> {
  const { certificate, keyPem } = await makeCa({ commonName, issuer, extensions: ['basicConstraints=critical,CA:FALSE'] });
  return follow(server, { tls: { ca: root.certificate.pem, cert: certificate.pem, key: keyPem } });
}

describe('the live stream over TLS', () => {
  it('is opened with a client certificate', async () => {
    await start();
    const follower = await followAs('ann', clients);
    await follower.hear('the first state', ({ meshes }) => meshes.length === 1);
  });

  it('is refused, with the whole answer, to a certificate of another CA or of somebody without a role, and without one', async () => {
    await start();
    await expect(followAs('ann', await makeCa({ commonName: 'strangers' }))).rejects.toThrow('401');
    await expect(followAs('eve', clients)).rejects.toThrow('403');
    await expect(follow(server, { tls: { ca: root.certificate.pem } })).rejects.toThrow('401');
  });

  it('is not opened by a page of another origin, for a browser shows the certificate of its reader to any page', async () => {
    await start();
    const { certificate, keyPem } = await makeCa({
      commonName: 'ann',
      issuer: clients,
      extensions: ['basicConstraints=critical,CA:FALSE'],
    });
    const tls = { ca: root.certificate.pem, cert: certificate.pem, key: keyPem };
    await expect(follow(server, { tls, headers: { origin: 'https://evil.example' } })).rejects.toThrow('403');
    await expect(follow(server, { tls, headers: { origin: server.url } })).resolves.toBeDefined();
  });
});
