import type { OperatorAct } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import { exportPrivateKey, generateKey, issueLeaf, signerFromKey } from '@reroot/shared/pki';
import { createFakeClock, type FakeClock } from '@reroot/shared/testing';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeRoot, type TestRoot } from '../../testing/certificates.ts';
import { type MadeCa, makeCa } from '../../testing/openssl-authority.ts';
import { type Answered, type Asked, type OpenApi, openApi } from '../testing/open-api.ts';

type Identity = NonNullable<Asked['tls']>;

const noCa = 'basicConstraints=critical,CA:FALSE';
const forClients = 'extendedKeyUsage=clientAuth';
const spiffeId = 'spiffe://example.org/ns/ops/sa/rotator';

let ca: MadeCa;
let foreignCa: MadeCa;
let root: TestRoot;
let server: MadeCa;
let clock: FakeClock;
let api: OpenApi;
let acts: OperatorAct[];

beforeAll(async () => {
  ca = await makeCa({ commonName: 'clients' });
  foreignCa = await makeCa({ commonName: 'clients' });
  root = await makeRoot('clients of old');
  server = await makeCa({
    commonName: 'mgmt',
    extensions: ['subjectAltName=IP:127.0.0.1', 'keyUsage=critical,digitalSignature'],
  });
});

beforeEach(async () => {
  clock = createFakeClock(Date.now());
  acts = [];
  const excludeCluster = (_: string, __: string, act: OperatorAct): Promise<never> => {
    acts.push(act);
    return Promise.reject(new RerootError('RR_MESH_NOT_FOUND', 'there is no mesh demo'));
  };
  const roles = { operator: ['CN=ann', spiffeId], approver: ['CN=ann', 'CN=carl'] };
  const clientCas = [ca.certificate.pem, root.certificate.pem];
  const asking = { ca: clientCas, requestCert: true, rejectUnauthorized: false };
  const tls = { cert: server.certificate.pem, key: server.keyPem, ...asking };
  // The test makes the TLS server itself: the files are not read here.
  const files = { certFile: 'unused', keyFile: 'unused', clientCaFile: 'unused' };
  api = await openApi({ tls: files, access: { certificates: { roles } } }, { tls, clock, operations: { excludeCluster } });
});
afterEach(() => api.close());

async function identityOf(commonName: string, extensions: readonly string[] = [], issuer = ca): Promise<Identity> {
  const { certificate, keyPem } = await makeCa({ commonName, issuer, extensions: [noCa, forClients, ...extensions] });
  return { cert: certificate.pem, key: keyPem };
}

const ask = (identity: Identity | undefined, path = '/v1/meshes', asked: Asked = {}): Promise<Answered> =>
  api.ask(path, { ...asked, tls: { ca: server.certificate.pem, ...identity } });
const exclude = (identity: Identity): Promise<Answered> =>
  ask(identity, '/v1/meshes/demo/clusters/east/exclude', { method: 'POST', body: { by: 'mallory', why: 'gone' } });

describe('a client certificate', () => {
  it('lets in whom its CN names, with every role of that name, under that name', async () => {
    const ann = await identityOf('ann');
    expect((await ask(ann)).status).toBe(200);
    expect((await exclude(ann)).status).toBe(404);
    expect(acts).toEqual([{ by: 'ann', why: 'gone' }]);
    expect((await ask(ann, '/v1/meshes/demo/verification', { method: 'POST' })).status).toBe(415);
    expect((await ask(ann, '/v1/meshes/demo', { method: 'PUT' })).status).toBe(403);
  });

  it('lets in whom a URI of its SAN names, and prefers the name that has a role', async () => {
    await exclude(await identityOf('anybody', [`subjectAltName=URI:https://example.org/x,URI:${spiffeId}`]));
    expect(acts.map(({ by }) => by)).toEqual([spiffeId]);
  });

  it('is told what it may not', async () => {
    const refused = await exclude(await identityOf('carl'));
    expect(refused).toMatchObject({
      status: 403,
      detail: 'carl (certificate) may not operate mesh demo',
      remedy: expect.stringContaining('it has role approver by api.access.certificates.roles'),
    });
  });

  it.each([
    ['a name without a role', 'bob', [], 403],
    ['a name that only looks like one with a role', 'ann ', [], 403],
    ['the name in another attribute', 'bob/O=ann', [], 403],
    ['a role in two names of which one is another', 'bob/CN=ann', [], 401],
    ['the URI in the subject', spiffeId.replaceAll('/', '\\/'), [], 403],
    ['the CN as a DNS name', 'bob', ['subjectAltName=DNS:ann'], 403],
    ['no name at all', '', [], 401],
  ])('with %s is refused', async (_, commonName, extensions, status) => {
    expect((await ask(await identityOf(commonName, extensions))).status).toBe(status);
  });

  it('of another CA of the same name is refused, as are none and one that has expired', async () => {
    expect(await ask(await identityOf('ann', [], foreignCa))).toMatchObject({
      status: 401,
      code: 'RR_API_UNAUTHORIZED',
      detail: expect.stringContaining('the client certificate is not accepted'),
    });
    expect(await ask(undefined)).toMatchObject({ status: 401, detail: 'the request carries no credentials' });
    expect((await ask(await identityUntil(Date.now() + 60_000))).status).toBe(200);
    const expired = await ask(await identityUntil(Date.now() - 60_000));
    expect(expired).toMatchObject({ status: 401, detail: expect.stringContaining('CERT_HAS_EXPIRED') });
  });

  it('of a server is not that of a client', async () => {
    const extensions = [noCa, 'extendedKeyUsage=serverAuth'];
    const { certificate, keyPem } = await makeCa({ commonName: 'ann', issuer: ca, extensions });
    expect((await ask({ cert: certificate.pem, key: keyPem })).status).toBe(401);
  });

  it('that ends while its connection is open is good no longer', async () => {
    const ann = await identityOf('ann');
    clock.advance(99 * 86_400_000);
    expect((await ask(ann)).status).toBe(200);
    clock.advance(2 * 86_400_000);
    expect(await ask(ann)).toMatchObject({ status: 401, detail: 'the client certificate has expired' });
  });

  it('does not count beside a bearer token that is wrong', async () => {
    const headers = { authorization: 'Bearer wrong' };
    expect((await ask(await identityOf('ann'), '/v1/meshes', { headers })).status).toBe(401);
  });
});

describe('an API that speaks TLS', () => {
  it('tells browsers to come by TLS only', async () => {
    const answer = await ask(undefined, '/healthz');
    expect(answer.headers['strict-transport-security']).toBe('max-age=31536000');
  });
});

/** By a URI that has a role: its end is all that is wrong with it. */
async function identityUntil(endMs: number): Promise<Identity> {
  const key = await generateKey({ kind: 'ecdsa', curve: 'P-256' });
  const certificate = await issueLeaf({
    issuer: root.certificate,
    issuerKey: root.signer,
    publicKeySpki: signerFromKey(key).publicKeySpki,
    uris: [spiffeId],
    notBeforeMs: Date.now() - 3_600_000,
    notAfterMs: endMs,
  });
  return { cert: certificate.pem, key: exportPrivateKey(key) };
}
