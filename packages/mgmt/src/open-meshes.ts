import { randomUUID } from 'node:crypto';
import type { RootOffer } from '@reroot/shared/api';
import { monotonicClock } from '@reroot/shared/clock';
import { createPlanStarted } from './api/index.ts';
import {
  createEvidenceReader,
  createFleetView,
  createReportIntake,
  createReportMemory,
  createReportSizes,
  type EvidenceReader,
  type FleetView,
  type ReportIntake,
  type ReportMemory,
  type ReportSizes,
} from './fleet/index.ts';
import type { Leading } from './open-leader.ts';
import type { Link } from './open-link.ts';
import type { MgmtMetrics } from './open-metrics.ts';
import { requirePassed } from './preflight/index.ts';
import type { Links } from './rotation/index.ts';
import {
  type Budgets,
  createLookAtHost,
  createMeshLoop,
  createPreflight,
  createPublisher,
  createRootOffers,
  createStart,
  createStartWitness,
  type Meshes,
  type MeshLoopOptions,
  type MeshView,
  openMeshes,
  type Preflight,
  type Publisher,
  type RootOffers,
  type StartWitness,
} from './runner/index.ts';
import {
  createAgentConductor,
  createAskHost,
  createTasks,
  createVerifier,
  type Tasks,
  type Verifier,
} from './verification/index.ts';

/** The meshes of a leader, and all that moves them and proves how they are. */
export interface LedMeshes {
  readonly meshes: Meshes;
  readonly fleet: FleetView;
  readonly intake: ReportIntake;
  readonly reader: EvidenceReader;
  readonly memory: ReportMemory;
  readonly publisher: Publisher;
  readonly tasks: Tasks;
  readonly verifier: Verifier;
  readonly preflight: Preflight;
  readonly offers: RootOffers;
  readonly witness: StartWitness;
  readonly readOffer: (mesh: string) => RootOffer | undefined;
  readonly budgetsOf: (mesh: string) => Budgets;
  /** Tells the clusters of a mesh that was changed, and everybody who looks on. */
  readonly publish: (view: MeshView) => void;
  /** Drops what is known of a cluster that has left its mesh. */
  readonly forget: (mesh: string, cluster: string) => void;
}

/** What they are opened with. */
export interface OpenLedMeshesOptions extends Leading {
  readonly link: Link;
  readonly metrics: MgmtMetrics;
}

/** Reads the meshes, and moves none yet. @throws RR_STORE_* */
export async function openLedMeshes(options: OpenLedMeshesOptions): Promise<LedMeshes> {
  const { config, store, authority, changes, link, metrics, clock, log } = options;
  const { silentAfterMs } = config.timings;
  const linksOf = (mesh: string): Links => link.links.linksOf(mesh);
  const fleet = metrics.timing(createFleetView({ silentAfterMs, heardSinceMs: clock.now(), linksOf }));
  const sizes = createReportSizes();
  const publisher = createPublisher({
    ...{ ...link, clock, onTold: metrics.onTold },
    reportBytes: (mesh, cluster) => sizes.of(mesh).get(cluster),
  });
  const publish = (view: MeshView): void => {
    publisher.publishChanges(view);
    metrics.onChange(view);
    changes.emit();
  };
  const protocolOf = (mesh: string, cluster: string) => link.links.find(mesh, cluster)?.state.protocol;
  const tasks = createTasks({ ...link, protocolOf, newId: randomUUID, clock });
  const verifier = openVerifier(options, tasks);
  const preflight = openPreflight(options, tasks, sizes);
  const offers = createRootOffers({ authority, clock, log });
  const readOffer = (mesh: string) => offers.read(mesh);
  const budgetsOf = (mesh: string) => preflight.budgets(mesh);
  const witness = createStartWitness(createPlanStarted({ readOffer, budgetsOf }));
  const moving = { ...options, fleet, publish, verifier, preflight, witness };
  return {
    meshes: await openMeshes(store, (mesh) => createMeshLoop(loopOptions(mesh, moving))),
    intake: createReportIntake({ ...link, onTaken: (mesh, cluster, bytes) => sizes.note(mesh, cluster, bytes) }),
    reader: createEvidenceReader(),
    memory: createReportMemory(),
    ...{ fleet, publisher, tasks, verifier, preflight, offers, witness, readOffer, budgetsOf, publish },
    forget: (mesh, cluster) => {
      fleet.forget(mesh, cluster);
      sizes.forget(mesh, cluster);
      publisher.forget(mesh, cluster);
      link.links.forget(mesh, cluster);
    },
  };
}

function openVerifier(options: OpenLedMeshesOptions, tasks: Tasks): Verifier {
  const { config, store, term, authority, metrics, running, clock, log } = options;
  return createVerifier({
    ...{ store: metrics.countingProofs(store), term, clock, steadyClock: monotonicClock, log, newId: newProofId },
    tools: {
      conductor: metrics.countingHandshakes(createAgentConductor({ tasks, authority, clock, steadyClock: monotonicClock })),
      ask: createAskHost(config.verification.hosts),
    },
    wake: (mesh) => running.meshes?.find(mesh)?.wake(),
  });
}

function openPreflight({ config, authority, bus, clock }: OpenLedMeshesOptions, tasks: Tasks, sizes: ReportSizes): Preflight {
  return createPreflight({
    inspect: async (mesh, cluster, wait) =>
      (await tasks.ask(mesh, cluster, { kind: 'inspect', request: { facts: [] } }, wait)).inspection,
    lookAtHost: createLookAtHost({
      ...{ dataDir: config.dataDir, authority, clock, names: namesOf(config) },
      busStats: () => bus.stats(),
      reportBytes: (mesh) => sizes.of(mesh),
    }),
    silentAfterMs: config.timings.silentAfterMs,
    clock,
  });
}

/** Four eyes rest on the names of all who may act: one door that takes names as they are said is enough to open them. */
function namesOf({ api, resources }: OpenLedMeshesOptions['config']): 'claimed' | 'known' {
  return api.access === undefined || resources?.names === 'claimed' ? 'claimed' : 'known';
}

/** What moves one mesh. */
interface Moving extends OpenLedMeshesOptions {
  readonly fleet: FleetView;
  readonly publish: (view: MeshView) => void;
  readonly verifier: Verifier;
  readonly preflight: Preflight;
  readonly witness: StartWitness;
}

function loopOptions(mesh: string, moving: Moving): MeshLoopOptions {
  const { config, store, term, fleet, authority, preflight, witness, verifier, stopping, running, clock, log } = moving;
  const { silentAfterMs, finishedHoldMs, driftAfterMs } = config.timings;
  const { signal } = stopping;
  return {
    ...{ mesh, store, term, fleet, timings: { silentAfterMs, finishedHoldMs }, driftAfterMs, verifier, clock, log },
    onChange: moving.publish,
    onVerdict: () => moving.news.emit(),
    onDeposed: () => {
      moving.metrics.onDeposed();
      moving.onDeposed?.();
    },
    renew: async (moment, why) => {
      const { view } = moment;
      const start = { strategy: view.stored.spec.rotation.strategy, target: undefined };
      const preflighted = await preflight.run(moment, start, signal);
      requirePassed(preflighted.report);
      const begin = createStart({ authority, clock, newId: randomUUID });
      const change = await begin(view, { by: `reroot (${why})` }, [], signal);
      return witness({ moment, change, preflighted, history: await store.listHistory(mesh) });
    },
    destroyKey: (custody) => authority.destroy(custody, signal),
    mgmtAlarms: () => running.notifications?.alarms(mesh) ?? [],
  };
}

/** Short enough to be typed; a mesh keeps some hundred. */
function newProofId(): string {
  return randomUUID().replaceAll('-', '').slice(0, 12);
}
