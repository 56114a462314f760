import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ApiClient, createApiClient, type MeshStatus } from '@reroot/shared/api';
import { systemClock } from '@reroot/shared/clock';
import { type Log, silentLog } from '@reroot/shared/log';
import { generateIdentity, identityFromPem } from '@reroot/shared/protocol';
import { startNatsServer, waitFor } from '@reroot/shared/testing';
import { type Bus, connectBus } from '@reroot/shared/transport';
import { type Mgmt, startMgmt } from '../app.ts';
import { type MgmtConfig, mgmtConfigSchema } from '../config.ts';
import { type MeshDocumentOptions, meshDocument } from './mesh-document.ts';
import { type ScriptedAgent, startScriptedAgent } from './scripted-agent.ts';

/** A directory, keys and a nats-server: all that mgmt needs around it. */
export interface Installation {
  readonly dir: string;
  readonly bus: Bus;
  readonly nats: Awaited<ReturnType<typeof startNatsServer>>;
  /** Of the key that mgmt signs by. */
  readonly mgmtPublicKeyPem: string;
  /** Configuration with what the test changes, as it would stand in a file. */
  config(change?: Record<string, unknown>): MgmtConfig;
  start(options?: { config?: MgmtConfig; log?: Log }): Promise<Mgmt>;
  agent(cluster: string, mesh?: string): ScriptedAgent;
  /** An identity of a cluster, for forging and replaying. */
  identity(cluster: string): ReturnType<typeof identityFromPem>;
  writeSecret(name: string, content: string, mode?: number): Promise<string>;
  dispose(): Promise<void>;
}

const clusters = ['east', 'west', 'north'];

/** Makes an installation of three clusters; everything that it started ends with `dispose`. */
export async function makeInstallation(): Promise<Installation> {
  const dir = await mkdtemp(join(tmpdir(), 'reroot-mgmt-'));
  const nats = await startNatsServer();
  const mgmtKey = generateIdentity();
  const agentKeys = new Map(clusters.map((cluster) => [cluster, generateIdentity()]));
  const writeSecret = async (name: string, content: string, mode = 0o600): Promise<string> => {
    await writeFile(join(dir, name), content);
    await chmod(join(dir, name), mode);
    return join(dir, name);
  };
  const privateKeyFile = await writeSecret('mgmt.key', mgmtKey.privateKeyPem);
  const passphraseFile = await writeSecret('passphrase', 'correct horse battery staple\n');
  const bus = await connectBus({ servers: [nats.url], name: 'scripted-agents', log: silentLog });
  const stops: (() => unknown)[] = [];

  const config: Installation['config'] = (change = {}) =>
    mgmtConfigSchema.parse({
      dataDir: join(dir, 'data'),
      nats: { servers: [nats.url] },
      // On a fast machine a test asks more often than a person may.
      api: { port: 0, rateLimit: { perSecond: 1_000_000, burst: 1_000_000 } },
      identity: { privateKeyFile },
      keyStore: { passphraseFile },
      clusters: Object.fromEntries([...agentKeys].map(([cluster, { publicKeyPem }]) => [cluster, { publicKey: publicKeyPem }])),
      timings: { resyncMs: 200, silentAfterMs: 2_000, tickMs: 50, finishedHoldMs: 3_600_000 },
      ...change,
    });
  const identity: Installation['identity'] = (cluster) => identityFromPem(agentKeys.get(cluster)!.privateKeyPem);

  return {
    dir,
    bus,
    nats,
    mgmtPublicKeyPem: mgmtKey.publicKeyPem,
    config,
    start: async ({ config: chosen = config(), log = silentLog } = {}) => {
      const outside = { clock: systemClock, random: Math.random, log, signal };
      const mgmt = await startMgmt({ config: chosen, ...outside, scryptCost: 2 ** 10 });
      stops.push(() => mgmt.stop());
      return mgmt;
    },
    agent: (cluster, mesh = 'demo') => {
      const mgmtPublicKey = mgmtKey.publicKeyPem;
      const agent = startScriptedAgent({ bus, mesh, cluster, identity: identity(cluster), mgmtPublicKey, clock: systemClock });
      stops.push(() => agent.stop());
      return agent;
    },
    identity,
    writeSecret,
    dispose: async () => {
      for (const stop of stops.toReversed()) await stop();
      await bus.close();
      await nats.stop();
      await rm(dir, { recursive: true });
    },
  };
}

/** A mgmt whose API answers, in this process or another. */
export type Reachable = Pick<Mgmt, 'apiUrl'>;

/** Calls the API by hand, for what no client of ours would send. */
export async function call(mgmt: Reachable, method: string, path: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${mgmt.apiUrl}${path}`, { method });
  return { status: response.status, body: await response.json() };
}

/** The API as the command line uses it. */
export function clientOf(mgmt: Reachable): ApiClient {
  return createApiClient({ server: mgmt.apiUrl });
}

/** Never aborts. */
export const { signal } = new AbortController();

/** Creates or changes a mesh. */
export async function apply(mgmt: Reachable, options: MeshDocumentOptions = {}): Promise<MeshStatus> {
  return clientOf(mgmt).applyMesh(options.mesh ?? 'demo', meshDocument(options), signal);
}

/** Starts a rotation of the mesh `demo`. */
export async function rotate(mgmt: Reachable): Promise<MeshStatus> {
  return clientOf(mgmt).startRotation('demo', { by: 'ann' }, signal);
}

/** Waits until the mesh `demo` is as the test wants it. */
export async function reach(mgmt: Reachable, what: string, check: (status: MeshStatus) => boolean): Promise<MeshStatus> {
  return waitFor(
    async () => {
      const status = await clientOf(mgmt).readMesh('demo', signal);
      return check(status) ? status : undefined;
    },
    { timeoutMs: 10_000, what },
  );
}

/** Waits until every cluster of the mesh `demo` holds what it shall hold. */
export async function settle(mgmt: Reachable): Promise<MeshStatus> {
  return reach(mgmt, 'every cluster holds the root', ({ verdict }) => verdict.passed);
}
