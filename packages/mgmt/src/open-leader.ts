import { randomUUID } from 'node:crypto';
import type { ClusterAccounts } from '@reroot/shared/api';
import type { Lifecycle } from '@reroot/shared/lifecycle';
import { errorFields } from '@reroot/shared/log';
import {
  type ChangeSignal,
  createAccountsView,
  createApiStage,
  createChangeSignal,
  createLiveSource,
  describeMesh,
} from './api/index.ts';
import { createPackMaker, createRefusalNotes } from './audit/index.ts';
import type { MgmtConfig } from './config.ts';
import type { ClusterName } from './fleet/index.ts';
import type { Ground } from './open-ground.ts';
import { openJournal } from './open-journal.ts';
import { type Link, openLink } from './open-link.ts';
import { type LedMeshes, openLedMeshes } from './open-meshes.ts';
import { openMetrics } from './open-metrics.ts';
import { type Notifications, openNotifications } from './open-notifications.ts';
import { openReadiness } from './open-readiness.ts';
import { openResources, type Resources } from './resources/index.ts';
import {
  type ClusterOperations,
  createClockWatch,
  createClusterOperations,
  createListener,
  createOperations,
  createProofOperations,
  type Meshes,
  type MeshMoment,
  type Operations,
  startRunner,
} from './runner/index.ts';
import type { ReplicaFacts, Stage } from './stage.ts';
import type { AuditDraft } from './store/index.ts';
import { requireAllowedChecks } from './verification/index.ts';
import { mgmtVersion } from './version.ts';

/** What leading takes. */
export interface OpenLeaderOptions extends Ground, ReplicaFacts {
  /** Asked before each word to an agent; left out where nobody else can lead. @throws RR_LEADERSHIP_LOST */
  readonly requireLeading?: () => void;
  /** Told when the store has another term. */
  readonly onDeposed?: () => void;
}

/** What the leader's parts share: its own time, and what is only there once other parts are. */
export interface Leading extends OpenLeaderOptions {
  /** Agents and the store refuse a lower one. */
  readonly term: number;
  /** Aborts when mgmt stops, or leads no longer. */
  readonly stopping: AbortController;
  /** Emits when the verdict over a mesh, or who may speak for a cluster, is another. */
  readonly news: ChangeSignal;
  readonly running: { meshes?: Meshes; notifications?: Notifications };
}

/**
 * Takes the term, and opens all that moves the meshes. Whatever a mgmt of before says or writes is void from here on.
 * @throws RR_STORE_*, RR_AUDIT_*, RR_IDENTITY_*, RR_CLUSTER_TWICE, RR_CONFIG_UNREADABLE
 */
export async function openLeader(options: OpenLeaderOptions, lifecycle: Lifecycle): Promise<Stage> {
  const { config, store, identity } = options;
  const term = await store.takeTerm();
  const leading: Leading = { ...options, term, stopping: new AbortController(), news: createChangeSignal(), running: {} };
  await openJournal(leading, lifecycle);
  await store.note(startEntry(config, identity.keyId, term), term);
  const link = await openLeaderLink(leading, lifecycle);
  const metrics = openMetrics({ ...leading, link });
  const led = await openLedMeshes({ ...leading, link, metrics });
  leading.running.meshes = led.meshes;
  const operations = openOperations(leading, link, led);
  const notifications = await openNotifications({ ...leading, operations, eventLog: store }, lifecycle);
  leading.running.notifications = notifications;
  const clusters = openClusterOperations(leading, link, led);
  const readiness = openReadiness(options, lifecycle);
  const describeAccounts = createAccountsView({ ...link, ...leading, operations, silentAfterMs: config.timings.silentAfterMs });
  const resources = await openLeaderResources({ leading, led, operations, clusters, describeAccounts }, lifecycle);
  const guarded = resources?.guard(operations) ?? operations;
  const parts = {
    ...{ link, metrics, led, operations: guarded, notifications, describeAccounts },
    clusters: resources?.guardClusters(clusters) ?? clusters,
  };
  return {
    api: openApiStage(leading, parts, () => readiness.isReady()),
    live: createLiveSource({ operations, readOffer: led.readOffer, term, eventLog: store, changes: options.changes }),
    run: async (running) => {
      runMeshes(leading, link, led, running);
      resources?.run(running);
      // Ready means that an agent which asks now is heard.
      await options.bus.flush();
      readiness.begin();
    },
  };
}

/** They speak by the link, and it asks for them. */
function openLeaderLink(leading: Leading, lifecycle: Lifecycle): Promise<Link> {
  const hasMesh = (mesh: string): boolean => leading.running.meshes?.find(mesh) !== undefined;
  const onAccount = (): void => leading.news.emit();
  return openLink({ ...leading, hasMesh, onAccount, stopping: leading.stopping.signal }, lifecycle);
}

function openOperations(leading: Leading, { keys }: Link, led: LedMeshes): Operations {
  const { config, authority, store, term, clock, log, stopping } = leading;
  const { hosts } = config.verification;
  return createOperations({
    ...{ authority, store, term, clock, signal: stopping.signal, newId: randomUUID },
    ...{ meshes: led.meshes, preflight: led.preflight, witness: led.witness, publish: led.publish, forgetCluster: led.forget },
    requireChecks: (spec) => requireAllowedChecks(spec, hosts),
    placeOf: (mesh, cluster) => keys.placeOf(mesh, cluster),
    onUnreadable: (mesh, error) => log.error({ mesh, ...errorFields(error) }, 'the mesh cannot be listed'),
  });
}

function openClusterOperations(leading: Leading, { enrolment, terms }: Link, { meshes, forget }: LedMeshes): ClusterOperations {
  const tellChange = (cluster: ClusterName): void => terms.tellChange(cluster);
  return createClusterOperations({ ...leading, enrolment, meshes, tellChange, forget });
}

/** What the API answers by. */
interface Answering {
  readonly link: Link;
  readonly metrics: ReturnType<typeof openMetrics>;
  readonly led: LedMeshes;
  readonly operations: Operations;
  readonly notifications: Notifications;
  readonly clusters: ClusterOperations;
  readonly describeAccounts: () => Promise<ClusterAccounts>;
}

/** By the operations themselves: what an object says goes by no guard against objects. */
async function openLeaderResources(
  {
    leading,
    led,
    ...acting
  }: { leading: Leading; led: LedMeshes } & Pick<Answering, 'operations' | 'clusters' | 'describeAccounts'>,
  lifecycle: Lifecycle,
): Promise<Resources | undefined> {
  const { config, term, changes, news, stopping } = leading;
  if (config.resources === undefined) return undefined;
  const describe = (moment: MeshMoment) => describeMesh(moment, term, led.readOffer(moment.view.stored.spec.mesh));
  const looking = { config: config.resources, describe, changes: [changes, news], signal: stopping.signal };
  return openResources({ ...leading, ...acting, ...looking }, lifecycle);
}

function openApiStage(leading: Leading, answering: Answering, isReady: () => boolean): Stage['api'] {
  const { store, term, identity, stopping, describeReplica, clock, log } = leading;
  const { metrics, led, operations, notifications, clusters, describeAccounts } = answering;
  return createApiStage({
    ...{
      operations,
      notifications,
      clusters,
      describeAccounts,
      term,
      clock,
      log,
      isReady,
      version: mgmtVersion,
      stopping: stopping.signal,
      describeReplica,
    },
    ...{ readOffer: led.readOffer, budgetsOf: led.budgetsOf, requests: store, journal: store, now: () => clock.now() },
    proofs: createProofOperations({ meshes: led.meshes, store, verifier: led.verifier }),
    readMetrics: () => metrics.read(operations, notifications.samples()),
    makeEvidencePack: createPackMaker({ store, identity, mgmtVersion, clock }),
    onRefusedAct: createRefusalNotes({ note: (draft) => store.note(draft, term), clock, log }),
  });
}

function runMeshes(leading: Leading, link: Link, led: LedMeshes, lifecycle: Lifecycle): void {
  const { config, authority, store, term, clock, log, stopping } = leading;
  const { tickMs, resyncMs, silentAfterMs } = config.timings;
  const heeding = { authority, store, term, clock, signal: stopping.signal };
  const watchClock = createClockWatch({ ...link, ...led, clock });
  const listener = createListener({ ...link, ...heeding, ...led, watchClock });
  const runner = startRunner({ ...link, ...led, listener, watchClock, term, clock, log, tickMs, resyncMs, silentAfterMs });
  lifecycle.add('runner', () => runner.stop());
  lifecycle.add('verifier', () => led.verifier.stop());
  // First of all: the runner waits for what is under way, and that may be a call to Vault.
  lifecycle.add('authority', () => stopping.abort(new Error('mgmt stops')));
}

/** Who could come in at all is told of too: the tokens of the configuration are made and taken away by whoever writes that file. */
function startEntry({ api: { access } }: MgmtConfig, keyId: string, term: number): AuditDraft {
  const tokens = (access?.tokens ?? []).map(({ name, role }) => `${name} (${role})`).join(', ');
  return {
    ...{ kind: 'start', action: 'mgmt.start', message: `mgmt ${mgmtVersion} has started with term ${term}` },
    facts: { version: mgmtVersion, term, keyId, ...(tokens === '' ? {} : { tokens }) },
  };
}
