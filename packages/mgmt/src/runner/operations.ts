import { isDeepStrictEqual } from 'node:util';
import type {
  AbortRequest,
  AdoptRequest,
  EmergencyOutlook,
  EmergencyQuestion,
  OperatorAct,
  PreflightReport,
  PreflightRequest,
  RootCrl,
  RotationAct,
  StartRotationRequest,
  VerificationAnswer,
} from '@reroot/shared/api';
import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import type { RootAuthority } from '../authorities/index.ts';
import { type ClusterPlace, clusterChange, type MeshSpec, requireChangeable, requireFree, requireKnown } from '../mesh/index.ts';
import {
  answerVerification,
  changeMembers,
  excludeCluster,
  heldBack,
  hurry,
  includeCluster,
  isAtRest,
  isMember,
  isTarget,
  newRecord,
  type Rotation,
  type RotationCondition,
  type RotationRecord,
  requestAbort,
  requestRetry,
  requireConsistent,
  type StartPolicy,
} from '../rotation/index.ts';
import { createTurn, type MeshChange, type Store } from '../store/index.ts';
import { adopt } from './adopt.ts';
import { emergencyOf, foresee } from './emergency.ts';
import { type FoundAdoption, findAdoption } from './find-adoption.ts';
import type { MeshLoop, MeshMoment } from './mesh-loop.ts';
import type { MeshView } from './mesh-view.ts';
import type { Meshes } from './meshes.ts';
import { askPreflight, passPreflight } from './pass-preflight.ts';
import { type Precondition, requirePrecondition } from './precondition.ts';
import type { Preflight, PreflightCounts } from './preflight.ts';
import { createRootCrls } from './root-crl.ts';
import { createStart, newRootOf, rootRequestOf, storedRootOf } from './start-rotation.ts';
import type { StartWitness } from './witness-start.ts';

/**
 * What an operator can do. Each rejects with RR_MESH_NOT_FOUND for a mesh that is not there, and with RR_STORE_*; what is asked
 * for of a mesh that is other than `wanted` with RR_API_PRECONDITION.
 */
export interface Operations {
  /** Every mesh that can be read; one whose record is damaged goes to the log and hides no other. */
  listMeshes(): Promise<readonly MeshMoment[]>;
  readMesh(mesh: string): Promise<MeshMoment>;
  /** Oldest first. */
  readHistory(mesh: string): Promise<readonly RotationCondition[]>;
  /**
   * Creates the mesh with its first root, or changes its spec. With `held-back` a mesh that is created tells its clusters nothing
   * before each of them has shown what it holds, and none that comes from elsewhere before it is adopted.
   * @throws RR_MESH_CLUSTER_UNKNOWN, RR_MESH_CLUSTER_TAKEN, RR_MESH_CHECK_FORBIDDEN, RR_MESH_LOCKED, and what the authority throws
   */
  applyMesh(spec: MeshSpec, clusters?: 'told' | 'held-back', wanted?: Precondition): Promise<Applied>;
  /** What an adoption would begin with, and what stands in its way. */
  findAdoption(mesh: string): Promise<MeshAdoption>;
  /**
   * Starts the rotation that brings the clusters of a mesh that come from elsewhere under its root.
   * Every check of preflight is made first.
   * @throws RR_ADOPT_*, RR_ROTATION_IN_PROGRESS, RR_ROTATION_UNSAFE, RR_ROTATION_TARGET_INVALID, RR_PREFLIGHT_FAILED,
   *   RR_PREFLIGHT_CHECK_UNKNOWN
   */
  adopt(mesh: string, request: AdoptRequest & ChosenId, wanted?: Precondition): Promise<MeshMoment>;
  /**
   * Starts a rotation to the root that the request names, or to a new one. A request for the root that the mesh is on,
   * or on its way to, changes nothing.
   * Every check of preflight is made first.
   * @throws RR_ROTATION_IN_PROGRESS, RR_ROTATION_TARGET_INVALID, RR_PREFLIGHT_FAILED, RR_PREFLIGHT_CHECK_UNKNOWN, and what the
   *   authority throws; in an emergency RR_CLUSTER_NOT_FOUND, RR_CLUSTER_NOT_SILENT, RR_CLUSTER_LAST too
   */
  startRotation(mesh: string, request: StartRotationRequest & ChosenId, wanted?: Precondition): Promise<Started>;
  /**
   * Whether a rotation, or an adoption, that started now would get through. It changes nothing.
   * @throws RR_ADOPT_NOTHING for an adoption of nobody
   */
  preflight(mesh: string, request: PreflightRequest): Promise<PreflightReport>;
  /** How the last one came out. */
  lastPreflight(mesh: string): PreflightCounts | undefined;
  /**
   * What a rotation in an emergency would give up; it starts nothing.
   * @throws RR_CLUSTER_NOT_FOUND, RR_CLUSTER_NOT_SILENT, RR_CLUSTER_LAST
   */
  foreseeEmergency(mesh: string, question: EmergencyQuestion): Promise<EmergencyOutlook>;
  /**
   * A list that revokes every intermediate under the root that the mesh has left.
   * @throws RR_CRL_TOO_EARLY, RR_CRL_NO_ROOT, RR_CRL_NOT_HERE, RR_KEYSTORE_*
   */
  readCrl(mesh: string): Promise<RootCrl>;
  /** @throws RR_ROTATION_NOT_FOUND, RR_ROTATION_TOLD */
  abortRotation(mesh: string, request: AbortRequest, wanted?: Precondition): Promise<MeshMoment>;
  /** @throws RR_ROTATION_NOT_FOUND, RR_ROTATION_NOT_FAILED, RR_APPROVAL_FOUR_EYES */
  retryRotation(mesh: string, request: RotationAct, wanted?: Precondition): Promise<MeshMoment>;
  /** @throws RR_APPROVAL_FOREIGN, RR_APPROVAL_REPEATED, RR_APPROVAL_STALE, RR_APPROVAL_NOT_EXPECTED, RR_APPROVAL_FOUR_EYES */
  answerVerification(mesh: string, answer: VerificationAnswer, wanted?: Precondition): Promise<MeshMoment>;
  /** @throws RR_CLUSTER_NOT_FOUND, RR_CLUSTER_ALREADY, RR_CLUSTER_LAST */
  excludeCluster(mesh: string, cluster: string, act: OperatorAct, wanted?: Precondition): Promise<MeshMoment>;
  /** @throws RR_CLUSTER_NOT_FOUND, RR_CLUSTER_ALREADY */
  includeCluster(mesh: string, cluster: string, act: OperatorAct, wanted?: Precondition): Promise<MeshMoment>;
}

/** What whoever starts a rotation may choose besides: an id that nothing else has, such as that of the object that asks for it. */
export interface ChosenId {
  readonly rotationId?: string;
}

/** A mesh after a rotation was asked for. */
export interface Started {
  readonly outcome: 'started' | 'unchanged';
  readonly moment: MeshMoment;
}

/** A mesh, and what an adoption of its clusters would begin with. */
export interface MeshAdoption {
  readonly moment: MeshMoment;
  readonly found: FoundAdoption;
}

/** A mesh after it was applied. */
export interface Applied {
  readonly outcome: 'created' | 'changed' | 'unchanged';
  readonly moment: MeshMoment;
}

/** What operations work with. */
export interface OperationsOptions {
  readonly store: Store;
  /** The one that this mgmt took. */
  readonly term: number;
  readonly meshes: Meshes;
  readonly authority: RootAuthority;
  readonly preflight: Preflight;
  readonly witness: StartWitness;
  /** Aborts when mgmt stops. */
  readonly signal: AbortSignal;
  /** Refuses external checks that mgmt may not make. @throws RR_MESH_CHECK_FORBIDDEN */
  readonly requireChecks: (spec: MeshSpec) => void;
  /** What a cluster is to a mesh that names it. */
  readonly placeOf: (mesh: string, cluster: string) => ClusterPlace;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Drops what is known of a cluster that no longer belongs to a mesh. */
  readonly forgetCluster: (mesh: string, cluster: string) => void;
  /** Tells the clusters of a mesh that was created what to hold. */
  readonly publish: (view: MeshView) => void;
  /** Told of a mesh that cannot be listed. */
  readonly onUnreadable: (mesh: string, error: unknown) => void;
}

/** Each act goes through the loop of its mesh; specs are applied one at a time, for they must not share clusters. */
export function createOperations(options: OperationsOptions): Operations {
  const { store, meshes, clock, onUnreadable } = options;
  const applying = createTurn();
  const crls = createRootCrls(options);
  const actAt = (
    mesh: string,
    wanted: Precondition | undefined,
    change: (view: MeshView, nowMs: number) => MeshChange,
  ): Promise<MeshMoment> =>
    atLoop(meshes, mesh, async (loop) => {
      await loop.act((view) => {
        requirePrecondition(mesh, view.stored.revision, wanted);
        return change(view, clock.now());
      });
      return loop.moment();
    });
  return {
    listMeshes: async () => {
      const moments = await Promise.all(
        meshes.all().map((loop) =>
          loop.moment().catch((error: unknown) => {
            onUnreadable(loop.mesh, error);
            return undefined;
          }),
        ),
      );
      return moments.filter((moment) => moment !== undefined);
    },
    readMesh: (mesh) => atLoop(meshes, mesh, (loop) => loop.moment()),
    readHistory: (mesh) => atLoop(meshes, mesh, () => store.listHistory(mesh)),
    applyMesh: (spec, clusters = 'told', wanted) => applying.take(() => applyMesh(spec, clusters, wanted, options)),
    findAdoption: (mesh) =>
      atLoop(meshes, mesh, async (loop) => {
        const moment = await loop.moment();
        return { moment, found: findAdoption(moment, options.term) };
      }),
    adopt: (mesh, request, wanted) =>
      atLoop(meshes, mesh, (loop) => adopt(loop, request, wanted, { ...options, newId: newIdOf(request, options) })),
    startRotation: (mesh, request, wanted) => atLoop(meshes, mesh, (loop) => startRotation(loop, request, wanted, options)),
    lastPreflight: (mesh) => options.preflight.last(mesh),
    preflight: (mesh, request) => atLoop(meshes, mesh, async (loop) => askPreflight(await loop.moment(), request, options)),
    foreseeEmergency: (mesh, question) => atLoop(meshes, mesh, async (loop) => foresee(await loop.moment(), question)),
    readCrl: (mesh) => atLoop(meshes, mesh, async (loop) => crls.read(await loop.moment(), options.signal)),
    abortRotation: (mesh, request, wanted) =>
      actAt(mesh, wanted, ({ stored }, nowMs) => requestAbort(stored.record, request, nowMs)),
    retryRotation: (mesh, request, wanted) =>
      actAt(mesh, wanted, ({ stored }, nowMs) => requestRetry(stored.record, request, nowMs)),
    answerVerification: (mesh, answer, wanted) =>
      actAt(mesh, wanted, ({ stored }, nowMs) => answerVerification(stored.record, answer, nowMs)),
    excludeCluster: (mesh, cluster, { by, why }, wanted) =>
      actAt(mesh, wanted, ({ stored: { spec, record } }, nowMs) => {
        requireCluster(spec, cluster);
        return excludeCluster(record, cluster, { by, why, cause: 'operator', members: spec.clusters }, nowMs);
      }),
    includeCluster: (mesh, cluster, act, wanted) =>
      actAt(mesh, wanted, ({ stored: { spec, record } }, nowMs) => {
        requireCluster(spec, cluster);
        return includeCluster(record, cluster, act, nowMs);
      }),
  };
}

function requireCluster({ mesh, clusters }: MeshSpec, cluster: string): void {
  if (clusters.includes(cluster)) return;
  throw new RerootError('RR_CLUSTER_NOT_FOUND', `cluster ${cluster} does not belong to mesh ${mesh}`);
}

async function atLoop<T>(meshes: Meshes, mesh: string, act: (loop: MeshLoop) => Promise<T>): Promise<T> {
  return act(meshes.require(mesh));
}

async function applyMesh(
  spec: MeshSpec,
  clusters: 'told' | 'held-back',
  wanted: Precondition | undefined,
  options: OperationsOptions,
): Promise<Applied> {
  const { meshes, placeOf, clock } = options;
  const loop = meshes.find(spec.mesh);
  const known = loop === undefined ? undefined : (await loop.view()).stored;
  requirePrecondition(spec.mesh, known?.revision, wanted);
  const before = known?.spec;
  options.requireChecks(spec);
  requireKnown(spec, before, placeOf);
  const others = meshes.all().filter(({ mesh }) => mesh !== spec.mesh);
  // Only a cluster that is new to this mesh can belong to another one.
  if (spec.clusters.some((cluster) => before?.clusters.includes(cluster) !== true)) {
    requireFree(spec, await Promise.all(others.map(async (other) => (await other.view()).stored.spec)));
  }
  if (loop === undefined) return { outcome: 'created', moment: await createMesh(spec, clusters, options) };
  if (isDeepStrictEqual(before, spec)) return { outcome: 'unchanged', moment: await loop.moment() };
  await loop.act(({ stored }) => {
    // Once more: the mesh may have changed meanwhile, or a cluster been renamed.
    requirePrecondition(spec.mesh, stored.revision, wanted);
    requireKnown(spec, stored.spec, placeOf);
    return specChange(stored.record, stored.spec, spec, clock.now());
  });
  for (const cluster of clusterChange(before ?? spec, spec).removed) options.forgetCluster(spec.mesh, cluster);
  return { outcome: 'changed', moment: await loop.moment() };
}

function startedWith({
  strategy,
  verification,
  approvals,
}: Rotation): Pick<StartPolicy, 'strategy' | 'verification' | 'approvals'> {
  return { strategy, verification, approvals: { by: approvals, expireAfterMs: 0 } };
}

/** @throws RR_MESH_LOCKED, RR_ROTATION_UNSAFE; RR_CLUSTER_LAST when a rotation would be left without a cluster that it waits for */
function specChange(record: RotationRecord, before: MeshSpec, after: MeshSpec, nowMs: number): MeshChange {
  requireChangeable(before, after, record.state);
  const { rotation } = record;
  // What the start of a rotation has chosen stays with it: the policies that count at once must fit that too.
  if (rotation !== undefined && !isAtRest(record)) {
    const policy = { ...after.rotation, ...startedWith(rotation) };
    requireConsistent(rotation.emergency === undefined ? policy : hurry(policy, rotation.strategy));
  }
  const change = clusterChange(before, after);
  const message = `the spec was changed: ${changedParts(before, after)}`;
  if (change.added.length + change.removed.length === 0) return { spec: after, condition: entry(record, nowMs, message) };
  const stay = before.clusters.filter((cluster) => !change.removed.includes(cluster) && isMember(record, cluster));
  if (stay.length === 0 && record.rotation !== undefined) {
    throw new RerootError('RR_CLUSTER_LAST', `no cluster that counts would be left in mesh ${record.mesh}`);
  }
  const [added, removed] = [change.added, change.removed].map((names) => (names.length === 0 ? 'none' : names.join(', ')));
  return { spec: after, ...changeMembers(record, change, `${message}; added: ${added}; removed: ${removed}`, nowMs) };
}

async function createMesh(spec: MeshSpec, clusters: 'told' | 'held-back', options: OperationsOptions): Promise<MeshMoment> {
  const { store, term, meshes, authority, clock, publish, signal } = options;
  const created = await authority.obtain(rootRequestOf(spec, []), signal);
  const nowMs = clock.now();
  const resting = newRecord(spec.mesh, newRootOf(created), nowMs);
  const record = clusters === 'told' ? resting : withAllHeldBack(resting, spec.clusters, nowMs);
  const condition = entry(record, nowMs, `the mesh was created with root ${record.currentRoot}`);
  await store.createMesh({ spec, record, root: storedRootOf(created, spec), condition }, term);
  const loop = meshes.add(spec.mesh);
  publish(await loop.view());
  loop.wake();
  return loop.moment();
}

function withAllHeldBack(record: RotationRecord, clusters: readonly string[], nowMs: number): RotationRecord {
  const held = heldBack('the spec', 'it was there before the mesh', nowMs);
  return { ...record, deviations: Object.fromEntries(clusters.map((cluster) => [cluster, held])) };
}

async function startRotation(
  loop: MeshLoop,
  request: StartRotationRequest & ChosenId,
  wanted: Precondition | undefined,
  options: OperationsOptions,
): Promise<Started> {
  const { targetRoot } = request;
  let outcome: Started['outcome'] = 'started';
  const prepare = createStart({ ...options, newId: newIdOf(request, options) });
  const moment = await loop.moment();
  requirePrecondition(loop.mesh, moment.view.stored.revision, wanted);
  const emergency = emergencyOf(moment, request);
  const { overridden, preflighted } = await passPreflight(moment, request, options);
  await loop.act(async (view) => {
    requirePrecondition(loop.mesh, view.stored.revision, wanted);
    outcome = targetRoot !== undefined && isOnItsWay(view.stored.record, targetRoot, request) ? 'unchanged' : 'started';
    if (outcome === 'unchanged') return undefined;
    const change = await prepare(view, request, overridden, options.signal, emergency);
    const history = await options.store.listHistory(loop.mesh);
    return options.witness({ moment: await loop.moment(), change, preflighted, history });
  });
  return { outcome, moment: await loop.moment() };
}

function newIdOf({ rotationId }: ChosenId, { newId }: Pick<OperationsOptions, 'newId'>): () => string {
  return rotationId === undefined ? newId : () => rotationId;
}

/** A usual rotation to the root does not do for whoever asks for one in an emergency. */
function isOnItsWay(record: RotationRecord, targetRoot: string, { emergency }: StartRotationRequest): boolean {
  const slow = emergency !== undefined && !isAtRest(record) && record.rotation?.emergency === undefined;
  return !slow && isTarget(record, targetRoot);
}

/** An entry of the history for what is no transition. */
function entry({ state, step, rotation, generation }: RotationRecord, atMs: number, message: string): RotationCondition {
  return { atMs, state, step, rotationId: rotation?.id, generation, message, errors: [], act: undefined };
}

function changedParts(before: MeshSpec, after: MeshSpec): string {
  const parts = Object.keys(after) as (keyof MeshSpec)[];
  return parts.filter((part) => !isDeepStrictEqual(before[part], after[part])).join(', ');
}
