import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import { createLifecycle, type Lifecycle } from '@reroot/shared/lifecycle';
import { errorFields, type Log } from '@reroot/shared/log';
import { loadIdentity } from '@reroot/shared/protocol';
import type { BusStatus } from '@reroot/shared/transport';
import {
  addDashboard,
  addLive,
  createAccountsView,
  createApi,
  createChangeSignal,
  createLiveSource,
  createPlanStarted,
  listen,
  openApiTls,
  openGatekeeper,
  readDashboard,
} from './api/index.ts';
import {
  createFileSink,
  createRefusalNotes,
  createStreamSink,
  followJournal,
  type JournalFollower,
  makePack,
  readPackFacts,
  whoActs,
} from './audit/index.ts';
import { countKeys } from './authorities/index.ts';
import type { MgmtConfig } from './config.ts';
import { type ClusterName, createEvidenceReader, createFleetView, createReportIntake, createReportSizes } from './fleet/index.ts';
import { openAuthority } from './open-authority.ts';
import { openKeys } from './open-keys.ts';
import { openLink } from './open-link.ts';
import { openMetrics } from './open-metrics.ts';
import { type Notifications, openNotifications } from './open-notifications.ts';
import { requirePassed } from './preflight/index.ts';
import type { Links } from './rotation/index.ts';
import {
  createClusterOperations,
  createListener,
  createLookAtHost,
  createMeshLoop,
  createOperations,
  createPreflight,
  createProofOperations,
  createPublisher,
  createRootOffers,
  createStart,
  createStartWitness,
  type Meshes,
  type MeshLoop,
  type MeshView,
  openMeshes,
  startRunner,
} from './runner/index.ts';
import { type AuditDraft, openSqliteStore, type Store } from './store/index.ts';
import { createAgentConductor, createAskHost, createTasks, createVerifier, requireAllowedChecks } from './verification/index.ts';
import { mgmtVersion } from './version.ts';

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
    options.log.info({ url: apiUrl }, 'ready');
    return { apiUrl, stop: () => lifecycle.stop() };
  } catch (error) {
    await lifecycle.stop();
    throw error;
  }
}

/** All the wiring, from the ground up. */
async function startParts(options: MgmtOptions, lifecycle: Lifecycle): Promise<string> {
  const { config, clock, random, log, signal, scryptCost } = options;
  const gatekeeper = await openGatekeeper(config.api, { version: mgmtVersion, clock, random, log });
  lifecycle.add('gatekeeper', () => gatekeeper.close());
  const tls = config.api.tls === undefined ? undefined : await openApiTls(config.api.tls, { clock, log });
  const dashboard = await openDashboard(config, log);
  const kept = await openKeys(config);
  lifecycle.add('keys', () => kept.close());
  const keysBeside = await countKeys(kept.keys);
  const identity = await loadIdentity(config.identity.privateKeyFile);
  const following: { journal?: JournalFollower } = {};
  const store = await openSqliteStore({
    ...{ dataDir: config.dataDir, keysBeside },
    audit: { identity, whoActs, now: () => clock.now(), onAppended: () => following.journal?.wake() },
  });
  lifecycle.add('store', () => store.close());
  if (keysBeside === 0 && (await namesKeys(store))) {
    throw new RerootError('RR_KEYSTORE_KEY_MISSING', 'the store names keys of roots, and there is none', {
      place: kept.keys.place,
    });
  }
  const stopping = new AbortController();
  const outside = { clock, random, log, signal };
  const authority = await openAuthority(
    { config, kept, keysBeside, scryptCost, environment: process.env, ...outside },
    lifecycle,
  );
  // Agents and the store refuse a lower term: whatever an earlier mgmt says or writes is void from here on.
  const term = await store.takeTerm();
  if (config.audit.log !== undefined) {
    const sink = config.audit.log === 'stdout' ? createStreamSink(process.stdout) : createFileSink(config.audit.log);
    const journal = await followJournal({ store, sink, log });
    following.journal = journal;
    lifecycle.add('audit.log', () => journal.idle());
  }
  await store.note(startEntry(config, identity.keyId, term), term);

  // They speak by the link, and it asks for them.
  const running: { meshes?: Meshes; notifications?: Notifications } = {};
  const hasMesh = (mesh: string): boolean => running.meshes?.find(mesh) !== undefined;
  const link = await openLink({ config, store, term, hasMesh, ...outside, stopping: stopping.signal }, lifecycle);
  const { bus, keys, links, enrolment } = link;
  let busStatus: BusStatus = 'disconnected';
  let heard = false;
  bus.onStatus((status) => {
    busStatus = status;
  });

  const { silentAfterMs, finishedHoldMs, tickMs, resyncMs } = config.timings;
  const linksOf = (mesh: string): Links => links.linksOf(mesh);
  const metrics = openMetrics({ config, term, link, clock });
  const fleet = metrics.timing(createFleetView({ silentAfterMs, heardSinceMs: clock.now(), linksOf }));
  const changes = createChangeSignal();
  const publisher = createPublisher({ ...link, clock, onTold: metrics.onTold });
  const publish = (view: MeshView): void => {
    publisher.publishChanges(view);
    metrics.onChange(view);
    changes.emit();
  };
  const protocolOf = (mesh: string, cluster: string) => links.find(mesh, cluster)?.state.protocol;
  const tasks = createTasks({ ...link, protocolOf, newId: randomUUID, clock });
  const { hosts } = config.verification;
  const verifier = createVerifier({
    ...{ store: metrics.countingProofs(store), term, clock, log, heardSinceMs: clock.now(), newId: newProofId },
    tools: {
      conductor: metrics.countingHandshakes(createAgentConductor({ tasks, authority, clock })),
      ask: createAskHost(hosts),
    },
    wake: (mesh) => running.meshes?.find(mesh)?.wake(),
  });
  const sizes = createReportSizes();
  const preflight = createPreflight({
    inspect: async (mesh, cluster, wait) =>
      (await tasks.ask(mesh, cluster, { kind: 'inspect', request: { facts: [] } }, wait)).inspection,
    lookAtHost: createLookAtHost({
      ...{ dataDir: config.dataDir, authority, clock, names: config.api.access === undefined ? 'claimed' : 'known' },
      busStats: () => bus.stats(),
      reportBytes: (mesh) => sizes.of(mesh),
    }),
    silentAfterMs,
    clock,
  });
  const offers = createRootOffers({ authority, clock, log });
  const readOffer = (mesh: string) => offers.read(mesh);
  const budgetsOf = (mesh: string) => preflight.budgets(mesh);
  const witness = createStartWitness(createPlanStarted({ readOffer, budgetsOf }));
  const makeLoop = (mesh: string): MeshLoop =>
    createMeshLoop({
      mesh,
      store,
      term,
      fleet,
      timings: { silentAfterMs, finishedHoldMs },
      driftAfterMs: config.timings.driftAfterMs,
      clock,
      log,
      onChange: publish,
      onDeposed: metrics.onDeposed,
      renew: async (moment, why) => {
        const { view } = moment;
        const start = { strategy: view.stored.spec.rotation.strategy, target: undefined };
        const preflighted = await preflight.run(moment, start, stopping.signal);
        requirePassed(preflighted.report);
        const begin = createStart({ authority, clock, newId: randomUUID });
        const change = await begin(view, { by: `reroot (${why})` }, [], stopping.signal);
        return witness({ moment, change, preflighted, history: await store.listHistory(mesh) });
      },
      destroyKey: (custody) => authority.destroy(custody, stopping.signal),
      verifier,
      mgmtAlarms: () => running.notifications?.alarms(mesh) ?? [],
    });
  const meshes = await openMeshes(store, makeLoop);
  running.meshes = meshes;
  const intake = createReportIntake(keys, (mesh, cluster, bytes) => sizes.note(mesh, cluster, bytes));
  const reader = createEvidenceReader();
  const heeding = { authority, store, term, clock, signal: stopping.signal };
  const listener = createListener({ ...link, ...heeding, intake, reader, fleet, meshes, publisher, tasks });
  const forget = (mesh: string, cluster: string): void => {
    fleet.forget(mesh, cluster);
    sizes.forget(mesh, cluster);
    links.forget(mesh, cluster);
  };
  const operations = createOperations({
    ...heeding,
    preflight,
    witness,
    meshes,
    requireChecks: (spec) => requireAllowedChecks(spec, hosts),
    placeOf: (mesh, cluster) => keys.placeOf(mesh, cluster),
    newId: randomUUID,
    forgetCluster: forget,
    publish,
    onUnreadable: (mesh, error) => log.error({ mesh, ...errorFields(error) }, 'the mesh cannot be listed'),
  });
  const tellChange = (cluster: ClusterName): void => link.terms.tellChange(cluster);
  const clusters = createClusterOperations({ enrolment, meshes, store, term, clock, tellChange, forget });
  const describeAccounts = createAccountsView({ ...link, operations, silentAfterMs, clock });
  const isReady = (): boolean => heard && busStatus === 'connected';
  const { allowedOrigins } = config.api;
  const shown = { operations, readOffer, budgetsOf, term };
  const proofs = createProofOperations({ meshes, store, verifier });
  const notifications = openNotifications({ config, operations, eventLog: store, clock, random, log }, lifecycle);
  running.notifications = notifications;
  const api = createApi({
    ...{ ...shown, notifications, proofs, clusters, describeAccounts, now: () => clock.now(), isReady, requests: store },
    ...{ version: mgmtVersion, gatekeeper, allowedOrigins, clock, log, tls: tls?.options, registry: metrics.registry },
    readMetrics: () => metrics.read(operations, notifications.samples()),
    journal: store,
    makeEvidencePack: async (mesh: string, rotationId: string) => {
      const about = { mesh, rotationId, madeAtMs: clock.now(), mgmtVersion };
      return makePack(await readPackFacts(store, about), identity);
    },
    onRefusedAct: createRefusalNotes({ note: (draft) => store.note(draft, term), clock, log }),
  });
  addDashboard(api, dashboard);
  const source = createLiveSource({ ...shown, eventLog: store, changes });
  metrics.onLive(addLive(api, { gatekeeper, source, clock, log, onRefused: metrics.onRefused }));
  lifecycle.add('api', () => api.close());
  if (tls !== undefined) lifecycle.add('certificate of the API', tls.keepFresh(api.server));
  // Before the runner: a mgmt that cannot be asked to stop a rotation must not move one.
  const url = await listen(api, config.api);
  const runner = startRunner({ ...link, meshes, listener, publisher, offers, clock, log, tickMs, resyncMs });
  lifecycle.add('runner', () => runner.stop());
  lifecycle.add('verifier', () => verifier.stop());
  // First of all: the runner waits for what is under way, and that may be a call to Vault.
  lifecycle.add('authority', async () => stopping.abort(new Error('mgmt stops')));
  // Ready means that an agent which asks now is heard.
  await bus.flush();
  heard = true;
  return url;
}

/** Who could come in at all is told of too: the tokens of the configuration are made and taken away by whoever writes that file. */
function startEntry({ api: { access } }: MgmtConfig, keyId: string, term: number): AuditDraft {
  const tokens = (access?.tokens ?? []).map(({ name, role }) => `${name} (${role})`).join(', ');
  return {
    ...{ kind: 'start', action: 'mgmt.start', message: `mgmt ${mgmtVersion} has started with term ${term}` },
    facts: { version: mgmtVersion, term, keyId, ...(tokens === '' ? {} : { tokens }) },
  };
}

/** Where `./dev dashboard` leaves what it builds, beside the sources that mgmt runs from. */
const builtDashboard = fileURLToPath(new URL('../../dashboard/dist', import.meta.url));

async function openDashboard({ api: { dashboard } }: MgmtConfig, log: Log): ReturnType<typeof readDashboard> {
  if (dashboard !== undefined) return readDashboard(dashboard.dir, 'in the configuration');
  const found = await readDashboard(builtDashboard, 'by default');
  if (found === undefined) log.info({ file: builtDashboard }, 'no dashboard is served: none was built');
  return found;
}

/** Short enough to be typed; a mesh keeps some hundred. */
function newProofId(): string {
  return randomUUID().replaceAll('-', '').slice(0, 12);
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
