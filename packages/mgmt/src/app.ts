import { randomUUID } from 'node:crypto';
import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import { createLifecycle, type Lifecycle } from '@reroot/shared/lifecycle';
import type { Log } from '@reroot/shared/log';
import { createSequence, loadIdentity } from '@reroot/shared/protocol';
import { type BusStatus, connectBus } from '@reroot/shared/transport';
import { type Access, createApi, isLoopbackHost, listen } from './api/index.ts';
import { countKeys, readSecretFile } from './authorities/index.ts';
import type { MgmtConfig } from './config.ts';
import { createEvidenceReader, createFleetView, createKeyDirectory, createReportIntake } from './fleet/index.ts';
import { keysDir, openAuthority } from './open-authority.ts';
import {
  createListener,
  createMeshLoop,
  createOperations,
  createPublisher,
  createRootOffers,
  createStart,
  fieldsOf,
  type MeshLoop,
  type MeshView,
  openMeshes,
  startRunner,
} from './runner/index.ts';
import { openSqliteStore, type Store } from './store/index.ts';

/** What mgmt is made of. */
export interface MgmtOptions {
  readonly config: MgmtConfig;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Log;
  /** Aborts the start; a started mgmt is stopped by `stop`. */
  readonly signal: AbortSignal;
  /** Work factor of the key store's scrypt; tests make it cheap. */
  readonly scryptCost?: number;
}

/** A running mgmt. */
export interface Mgmt {
  readonly apiUrl: string;
  /** Stops everything in reverse order. Never rejects. */
  stop(): Promise<void>;
}

const stopTimeoutMs = 10_000;

/**
 * Starts mgmt. What fails stops what was started before it.
 * @throws RR_API_*, RR_IDENTITY_*, RR_STORE_*, RR_KEYSTORE_*, RR_NATS_UNREACHABLE, RR_ADDRESS_*
 */
export async function startMgmt(options: MgmtOptions): Promise<Mgmt> {
  const lifecycle = createLifecycle({ log: options.log, stopTimeoutMs });
  try {
    const apiUrl = await startParts(options, lifecycle);
    options.log.info({ apiUrl }, 'ready');
    return { apiUrl, stop: () => lifecycle.stop() };
  } catch (error) {
    await lifecycle.stop();
    throw error;
  }
}

/** All the wiring, from the ground up. */
async function startParts(options: MgmtOptions, lifecycle: Lifecycle): Promise<string> {
  const { config, clock, random, log, signal, scryptCost } = options;
  const access = await accessOf(config.api);
  const identity = await loadIdentity(config.identity.privateKeyFile);
  const keys = createKeyDirectory(config.clusters);
  const dir = keysDir(config);
  const keysBeside = await countKeys(dir);
  const store = await openSqliteStore({ dataDir: config.dataDir, keysBeside });
  lifecycle.add('store', () => store.close());
  if (keysBeside === 0 && (await namesKeys(store))) {
    throw new RerootError('RR_KEYSTORE_KEY_MISSING', 'the store names keys of roots, and there is none', { place: dir });
  }
  const stopping = new AbortController();
  const outside = { environment: process.env, clock, random, log, signal };
  const authority = await openAuthority({ config, keysBeside, scryptCost, ...outside }, lifecycle);
  // Agents and the store refuse a lower term: whatever an earlier mgmt says or writes is void from here on.
  const term = await store.takeTerm();

  const bus = await connectBus({ servers: config.nats.servers, name: 'reroot-mgmt', log, signal });
  lifecycle.add('bus', () => bus.close());
  let busStatus: BusStatus = 'disconnected';
  let heard = false;
  bus.onStatus((status) => {
    busStatus = status;
  });

  const { silentAfterMs, finishedHoldMs, tickMs, resyncMs } = config.timings;
  const fleet = createFleetView({ silentAfterMs, heardSinceMs: clock.now() });
  const publisher = createPublisher({ bus, identity, term, nextSequence: createSequence(clock), clock });
  const publish = (view: MeshView): void => publisher.publishChanges(view);
  const makeLoop = (mesh: string): MeshLoop =>
    createMeshLoop({
      mesh,
      store,
      term,
      fleet,
      timings: { silentAfterMs, finishedHoldMs },
      clock,
      log,
      onChange: publish,
      renew: (view, why) =>
        createStart({ authority, clock, newId: randomUUID })(view, { by: `reroot (${why})` }, stopping.signal),
      destroyKey: (custody) => authority.destroy(custody, stopping.signal),
    });
  const meshes = await openMeshes(store, makeLoop);
  const intake = createReportIntake(keys);
  const reader = createEvidenceReader();
  const listener = createListener({
    keys,
    intake,
    reader,
    fleet,
    meshes,
    publisher,
    authority,
    store,
    term,
    clock,
    log,
    signal: stopping.signal,
  });
  const operations = createOperations({
    store,
    term,
    meshes,
    authority,
    signal: stopping.signal,
    configuredClusters: keys.clusters,
    clock,
    newId: randomUUID,
    forgetCluster: (mesh, cluster) => {
      fleet.forget(mesh, cluster);
    },
    publish,
    onUnreadable: (mesh, error) => log.error({ mesh, ...fieldsOf(error) }, 'the mesh cannot be listed'),
  });
  const offers = createRootOffers({ authority, clock, log });
  const readOffer = (mesh: string) => offers.read(mesh);
  const api = createApi({ operations, readOffer, term, access, isReady: () => heard && busStatus === 'connected', log });
  lifecycle.add('api', () => api.close());
  // Before the runner: a mgmt that cannot be asked to stop a rotation must not move one.
  const url = await listen(api, config.api);
  const runner = startRunner({ meshes, bus, listener, publisher, offers, clock, log, tickMs, resyncMs });
  lifecycle.add('runner', () => runner.stop());
  // First of all: the runner waits for what is under way, and that may be a call to Vault.
  lifecycle.add('authority', async () => stopping.abort(new Error('mgmt stops')));
  // Ready means that an agent which asks now is heard.
  await bus.flush();
  heard = true;
  return url;
}

/** Whether the key of any root is meant to be in the key store. */
async function namesKeys(store: Store): Promise<boolean> {
  for (const mesh of await store.listMeshes()) {
    const isDestroyed = await findDestroyed(store, mesh);
    const roots = await store.listRoots(mesh);
    if (roots.some(({ custody, fingerprint }) => custody.kind === 'key-store' && !isDestroyed(fingerprint))) return true;
  }
  return false;
}

/** The store keeps the certificate of a root for ever, and its record forgets a root some time after the key was destroyed. */
async function findDestroyed(store: Store, mesh: string): Promise<(fingerprint: string) => boolean> {
  try {
    const roots = (await store.readMesh(mesh))?.record.roots ?? [];
    const kept = new Set(roots.filter(({ phase }) => phase !== 'destroyed').map(({ fingerprint }) => fingerprint));
    return (fingerprint) => !kept.has(fingerprint);
  } catch (error) {
    // Of a mesh whose record is damaged any key may be needed, once that is mended.
    if (error instanceof RerootError && error.code === 'RR_STORE_CORRUPT') return () => false;
    throw error;
  }
}

/** @throws RR_API_TOKEN_REQUIRED, RR_API_TOKEN_INVALID */
async function accessOf({ host, tokenFile }: MgmtConfig['api']): Promise<Access> {
  if (tokenFile !== undefined) {
    const token = await readSecretFile(tokenFile, { what: 'token of the API', minLength: 16, code: 'RR_API_TOKEN_INVALID' });
    return { kind: 'token', token };
  }
  if (isLoopbackHost(host)) return { kind: 'loopback' };
  throw new RerootError('RR_API_TOKEN_REQUIRED', `${host} can be reached from other machines`, { place: 'api.host' });
}
