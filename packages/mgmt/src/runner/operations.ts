import { isDeepStrictEqual } from 'node:util';
import type { StartRotationRequest, VerificationAnswer } from '@reroot/shared/api';
import type { Clock } from '@reroot/shared/clock';
import type { CreatedRoot, RootAuthority } from '../authorities/index.ts';
import { type MeshSpec, requireChangeable, requireConfigured, requireFree } from '../mesh/index.ts';
import {
  answerVerification,
  newRecord,
  type RootGeneration,
  type RotationCondition,
  type RotationRecord,
  requestStart,
  requireStartable,
} from '../rotation/index.ts';
import type { Store, StoredRoot } from '../store/index.ts';
import type { MeshLoop, MeshMoment } from './mesh-loop.ts';
import type { MeshView } from './mesh-view.ts';
import type { Meshes } from './meshes.ts';
import { createTurn } from './turn.ts';

/** What an operator can do. Each rejects with RR_MESH_NOT_FOUND for a mesh that is not there, and with RR_STORE_*. */
export interface Operations {
  /** Every mesh that can be read; one whose record is damaged goes to the log and hides no other. */
  listMeshes(): Promise<readonly MeshMoment[]>;
  readMesh(mesh: string): Promise<MeshMoment>;
  /** Oldest first. */
  readHistory(mesh: string): Promise<readonly RotationCondition[]>;
  /**
   * Creates the mesh with its first root, or changes its spec.
   * @throws RR_MESH_CLUSTER_UNKNOWN, RR_MESH_CLUSTER_TAKEN, RR_MESH_LOCKED, RR_KEYSTORE_*
   */
  applyMesh(spec: MeshSpec): Promise<Applied>;
  /**
   * Makes a new root and starts the rotation to it.
   * @throws RR_ROTATION_IN_PROGRESS, RR_KEYSTORE_*
   */
  startRotation(mesh: string, request: StartRotationRequest): Promise<MeshMoment>;
  /** @throws RR_APPROVAL_STALE, RR_APPROVAL_NOT_EXPECTED */
  answerVerification(mesh: string, answer: VerificationAnswer): Promise<MeshMoment>;
}

/** A mesh after it was applied. */
export interface Applied {
  readonly outcome: 'created' | 'changed' | 'unchanged';
  readonly moment: MeshMoment;
}

/** What operations work with. */
export interface OperationsOptions {
  readonly store: Store;
  readonly meshes: Meshes;
  readonly authority: RootAuthority;
  /** Names of the clusters whose public keys mgmt has. */
  readonly configuredClusters: ReadonlySet<string>;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Tells the clusters of a mesh that was created what to hold. */
  readonly publish: (view: MeshView) => void;
  /** Told of a mesh that cannot be listed. */
  readonly onUnreadable: (mesh: string, error: unknown) => void;
}

/** Each act goes through the loop of its mesh; specs are applied one at a time, for they must not share clusters. */
export function createOperations(options: OperationsOptions): Operations {
  const { store, meshes, clock, onUnreadable } = options;
  const applying = createTurn();
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
    applyMesh: (spec) => applying.take(() => applyMesh(spec, options)),
    startRotation: (mesh, request) => atLoop(meshes, mesh, (loop) => startRotation(loop, request, options)),
    answerVerification: (mesh, answer) =>
      atLoop(meshes, mesh, async (loop) => {
        await loop.act(({ stored }) => answerVerification(stored.record, answer, clock.now()));
        return loop.moment();
      }),
  };
}

async function atLoop<T>(meshes: Meshes, mesh: string, act: (loop: MeshLoop) => Promise<T>): Promise<T> {
  return act(meshes.require(mesh));
}

async function applyMesh(spec: MeshSpec, options: OperationsOptions): Promise<Applied> {
  const { meshes, configuredClusters, clock } = options;
  requireConfigured(spec, configuredClusters);
  const loop = meshes.find(spec.mesh);
  const before = loop === undefined ? undefined : (await loop.view()).stored.spec;
  const others = meshes.all().filter(({ mesh }) => mesh !== spec.mesh);
  // Only a cluster that is new to this mesh can belong to another one.
  if (spec.clusters.some((cluster) => before?.clusters.includes(cluster) !== true)) {
    requireFree(spec, await Promise.all(others.map(async (other) => (await other.view()).stored.spec)));
  }
  if (loop === undefined) return { outcome: 'created', moment: await createMesh(spec, options) };
  if (isDeepStrictEqual(before, spec)) return { outcome: 'unchanged', moment: await loop.moment() };
  await loop.act(({ stored }) => {
    requireChangeable(stored.spec, spec, stored.record.state);
    return { spec, condition: entry(stored.record, clock.now(), `the spec was changed: ${changedParts(stored.spec, spec)}`) };
  });
  return { outcome: 'changed', moment: await loop.moment() };
}

async function createMesh(spec: MeshSpec, { store, meshes, authority, clock, publish }: OperationsOptions): Promise<MeshMoment> {
  const created = await authority.create({ mesh: spec.mesh, ...spec.root });
  const nowMs = clock.now();
  const record = newRecord(spec.mesh, generationOf(created), nowMs);
  const condition = entry(record, nowMs, `the mesh was created with root ${record.currentRoot}`);
  await store.createMesh({ spec, record, root: storedRootOf(created), condition });
  const loop = meshes.add(spec.mesh);
  publish(await loop.view());
  loop.wake();
  return loop.moment();
}

async function startRotation(
  loop: MeshLoop,
  request: StartRotationRequest,
  { authority, clock, newId }: OperationsOptions,
): Promise<MeshMoment> {
  let created: CreatedRoot | undefined;
  await loop.act(async ({ stored: { spec, record } }) => {
    requireStartable(record);
    // The key is on disk before the record names the root; a crash in between leaves a key that nobody uses.
    created ??= await authority.create({ mesh: spec.mesh, ...spec.root });
    const start = {
      rotationId: newId(),
      target: generationOf(created),
      strategy: request.strategy ?? spec.rotation.strategy,
      verification: request.verification ?? spec.rotation.verification,
      by: request.by,
    };
    return { ...requestStart(record, start, clock.now()), root: storedRootOf(created) };
  });
  return loop.moment();
}

function generationOf({ certificate: { fingerprint, notBeforeMs, notAfterMs } }: CreatedRoot): RootGeneration {
  return { fingerprint, notBeforeMs, notAfterMs };
}

function storedRootOf({ certificate: { fingerprint, pem }, keyRef }: CreatedRoot): StoredRoot {
  return { fingerprint, certificatePem: pem, keyRef };
}

/** An entry of the history for what is no transition. */
function entry({ state, step, rotation, generation }: RotationRecord, atMs: number, message: string): RotationCondition {
  return { atMs, state, step, rotationId: rotation?.id, generation, message, errors: [] };
}

function changedParts(before: MeshSpec, after: MeshSpec): string {
  const parts = Object.keys(after) as (keyof MeshSpec)[];
  return parts.filter((part) => !isDeepStrictEqual(before[part], after[part])).join(', ');
}
