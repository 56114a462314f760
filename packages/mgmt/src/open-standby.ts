import { randomUUID } from 'node:crypto';
import type { Lifecycle } from '@reroot/shared/lifecycle';
import { errorFields } from '@reroot/shared/log';
import { createApiStage, createLiveSource, type Forward } from './api/index.ts';
import { createPackMaker } from './audit/index.ts';
import { type FollowedEnrolment, followEnrolment } from './enrolment/index.ts';
import { createEvidenceReader, createFleetView, createReportIntake, createReportMemory } from './fleet/index.ts';
import type { Ground } from './open-ground.ts';
import { type Hearing, openHearing } from './open-hearing.ts';
import { openMetrics } from './open-metrics.ts';
import { noWebhooks } from './open-notifications.ts';
import { openReadiness } from './open-readiness.ts';
import {
  createFollowedMesh,
  createOperations,
  createRootOffers,
  type FollowedMeshes,
  followMeshes,
  notLeading,
  type Operations,
  requireLeader,
  startFollower,
} from './runner/index.ts';
import type { ReplicaFacts, Stage } from './stage.ts';
import { mgmtVersion } from './version.ts';

/** What standing by takes. */
export interface OpenStandbyOptions extends Ground, ReplicaFacts {
  /** Has the leader answer what is the leader's. */
  readonly forward: Forward;
  /** Told once when another term is in force: what agents said under the one before proves nothing more, and is to be heard anew. */
  readonly onTerm: () => void;
}

/** What a standby knows of who speaks for the clusters. */
interface HeardLink extends Hearing {
  readonly enrolment: FollowedEnrolment;
}

/**
 * Opens what follows the leader: it hears the agents, shows what is stored, and says and writes nothing.
 * @throws RR_STORE_*, RR_IDENTITY_*, RR_CLUSTER_TWICE
 */
export async function openStandby(options: OpenStandbyOptions, lifecycle: Lifecycle): Promise<Stage> {
  const { config, store, authority, changes, clock, log } = options;
  const { silentAfterMs, finishedHoldMs, resyncMs } = config.timings;
  const term = await store.readTerm();
  const running: { meshes?: FollowedMeshes } = {};
  const link = await hearLinks(options, (mesh) => running.meshes?.find(mesh) !== undefined);
  const linksOf = (mesh: string) => link.links.linksOf(mesh);
  const fleet = createFleetView({ silentAfterMs, heardSinceMs: clock.now(), linksOf });
  const timings = { silentAfterMs, finishedHoldMs };
  const onHeard = (): void => changes.emit();
  const meshes = await followMeshes(store, (mesh) => createFollowedMesh({ mesh, store, fleet, timings, clock, onHeard }));
  running.meshes = meshes;
  const offers = createRootOffers({ authority, clock, log });
  const stopping = new AbortController();
  const operations = followedOperations(options, { meshes, link, term, signal: stopping.signal });
  const readiness = openReadiness(options, lifecycle);
  let newer: 'heard' | 'unheard' = 'unheard';
  const readOffer = (mesh: string) => offers.read(mesh);
  const answering = { operations, readOffer, term, stopping: stopping.signal, isReady: () => readiness.isReady(), link };
  return {
    api: openApiStage(options, answering),
    live: createLiveSource({ operations, readOffer, term, eventLog: store, changes }),
    // An agent alone could make terms up, and without the API server nobody does anything that there is to be seen.
    isOutdated: () => newer === 'heard' && options.isCutOff?.() === true,
    run: async (following) => {
      const [intake, reader, memory] = [createReportIntake(link), createEvidenceReader(), createReportMemory()];
      const { bus, onTerm } = options;
      const follower = startFollower({
        ...{ ...link, bus, meshes, store, term, intake, reader, memory, fleet, offers, clock, log, onTerm },
        ...{ refresh: () => link.enrolment.refresh(), onChange: onHeard, offersEveryMs: resyncMs },
        onNewerTerm: () => {
          newer = 'heard';
        },
      });
      following.add('follower', () => follower.stop());
      following.add('what is asked', () => stopping.abort(new Error('this replica stands by no longer')));
      await bus.flush();
      readiness.begin();
    },
  };
}

async function hearLinks(options: Ground, hasMesh: (mesh: string) => boolean): Promise<HeardLink> {
  const { config, store } = options;
  const enrolment = await followEnrolment(store, new Set(Object.keys(config.clusters)));
  return { ...openHearing({ ...options, enrolment, hasMesh }), enrolment };
}

/** Those that read. What would change something is handed over before it comes here. */
function followedOperations(
  options: Ground,
  following: { readonly meshes: FollowedMeshes; readonly link: HeardLink; readonly term: number; readonly signal: AbortSignal },
): Operations {
  const { authority, store, clock, log } = options;
  const { meshes, link, term, signal } = following;
  return createOperations({
    ...{ authority, store, term, meshes, signal, clock, newId: randomUUID, witness: requireLeader },
    preflight: { run: notLeading, last: () => undefined, budgets: () => new Map() },
    requireChecks: () => undefined,
    placeOf: (mesh, cluster) => link.keys.placeOf(mesh, cluster),
    forgetCluster: () => undefined,
    publish: () => undefined,
    onUnreadable: (mesh, error) => log.error({ mesh, ...errorFields(error) }, 'the mesh cannot be listed'),
  });
}

/** What the API answers by. */
interface Answering {
  readonly operations: Operations;
  readonly readOffer: ReturnType<typeof createRootOffers>['read'];
  readonly term: number;
  readonly stopping: AbortSignal;
  readonly isReady: () => boolean;
  readonly link: HeardLink;
}

function openApiStage(options: OpenStandbyOptions, answering: Answering): Stage['api'] {
  const { store, bus, identity, clock, log, forward, describeReplica } = options;
  const { term, link } = answering;
  const metrics = openMetrics({ ...options, term, link: { ...link, bus }, leads: 0 });
  return createApiStage({
    ...{ ...answering, forward, clock, log, version: mgmtVersion, describeReplica },
    ...{ requests: store, journal: store, now: () => clock.now(), notifications: noWebhooks, budgetsOf: () => new Map() },
    proofs: { listProofs: notLeading, readProof: notLeading, prove: notLeading },
    clusters: { add: notLeading, rename: notLeading, rotateCredentials: notLeading, revoke: notLeading },
    describeAccounts: notLeading,
    // Of meshes the leader tells: each series has one source.
    readMetrics: () => metrics.read({ listMeshes: async () => [], lastPreflight: () => undefined }, []),
    makeEvidencePack: createPackMaker({ store, identity, mgmtVersion, clock }),
  });
}
