import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mgmtConfigSchema, startMgmt } from '@reroot/mgmt';
import { type OpenApi, openApi } from '@reroot/mgmt/testing';
import { systemClock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import { generateIdentity } from '@reroot/shared/protocol';
import { startNatsServer } from '@reroot/shared/testing';
import { fixedIdentity } from './fixed-keys.ts';

/** What everything that listens is reached by. */
export interface Served {
  readonly apiUrl: string;
  /** Keeps one connection to the API. */
  readonly agent: Agent;
  /** An API whose people an OIDC issuer knows. */
  readonly door: OpenApi;
  readonly issuerUrl: string;
}

/** Lets in whoever shows it. It opens nothing but the API of this test. */
export const apiToken = 'the-token-of-the-fuzzer';

/** For whom tokens of the issuer are, and what their keys are called. */
export const oidcAudience = 'reroot';
export const oidcKeyId = 'k1';

const access = { tokens: [{ name: 'ann', sha256: createHash('sha256').update(apiToken).digest('hex'), role: 'admin' as const }] };
const rateLimit = { perSecond: 1_000_000, burst: 1_000_000 };

/** Starts mgmt, its bus and an issuer on loopback addresses; `stops` gets what ends them, in order. */
export async function serve(stops: (() => unknown)[]): Promise<Served> {
  const dir = await mkdtemp(join(tmpdir(), 'reroot-fuzz-'));
  stops.push(() => rm(dir, { recursive: true }));
  const apiUrl = await serveMgmt(dir, stops);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  stops.push(() => agent.destroy());
  const issuer = createIssuer();
  issuer.listen(0, '127.0.0.1');
  await once(issuer, 'listening');
  stops.push(() => issuer.close());
  const issuerUrl = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`;
  const oidc = { issuer: issuerUrl, audience: oidcAudience, roles: { viewer: ['people'] } };
  const door = await openApi({ access: { ...access, oidc }, rateLimit });
  stops.push(() => door.close());
  return { apiUrl, agent, door, issuerUrl };
}

async function serveMgmt(dir: string, stops: (() => unknown)[]): Promise<string> {
  const nats = await startNatsServer();
  stops.push(() => nats.stop());
  await writeFile(join(dir, 'mgmt.key'), generateIdentity().privateKeyPem, { mode: 0o600 });
  await writeFile(join(dir, 'passphrase'), 'correct horse battery staple\n', { mode: 0o600 });
  const config = mgmtConfigSchema.parse({
    dataDir: join(dir, 'data'),
    nats: { servers: [nats.url] },
    api: { port: 0, rateLimit, access },
    identity: { privateKeyFile: join(dir, 'mgmt.key') },
    keyStore: { passphraseFile: join(dir, 'passphrase') },
  });
  const { signal } = new AbortController();
  const mgmt = await startMgmt({ config, clock: systemClock, random: Math.random, log: silentLog, signal, scryptCost: 2 ** 10 });
  stops.push(() => mgmt.stop());
  await addCluster(mgmt.apiUrl);
  return mgmt.apiUrl;
}

/** The one cluster that requests name. */
async function addCluster(apiUrl: string): Promise<void> {
  const { status } = await fetch(`${apiUrl}/v1/clusters`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiToken}`, 'content-type': 'application/json' },
    body: '{"name":"east-2","mesh":"demo","by":"ann"}',
    signal: AbortSignal.timeout(10_000),
  });
  if (status !== 201) throw new Error(`a cluster was added with ${status}`);
}

/** Shows where its keys are, and its one key (OpenID Connect Discovery 1.0 §4). */
function createIssuer(): Server {
  // An Ed25519 key is the last 32 bytes of its SPKI (RFC 8410 §4).
  const x = Buffer.from(fixedIdentity().publicKeyDer.slice(-32)).toString('base64url');
  const keys = [{ kty: 'OKP', crv: 'Ed25519', x, kid: oidcKeyId, use: 'sig' }];
  return createServer(({ url, headers }, response) => {
    const issuer = `http://${headers.host}`;
    const answer = url === '/keys' ? { keys } : { issuer, jwks_uri: `${issuer}/keys` };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  });
}
