import type { OperatorAct } from '@reroot/shared/api';
import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import type { JoinFile } from '@reroot/shared/join-file';
import type { AddRequest, Enrolment } from '../enrolment/index.ts';
import type { ClusterName } from '../fleet/index.ts';
import type { MeshSpec } from '../mesh/index.ts';
import { renameCluster } from '../rotation/index.ts';
import type { RenamedCluster, Store } from '../store/index.ts';
import type { MeshLoop } from './mesh-loop.ts';
import type { Meshes } from './meshes.ts';

/** What an administrator does with the clusters that may speak to mgmt. Each rejects with RR_STORE_* besides. */
export interface ClusterOperations {
  /** @returns the join file @throws what `Enrolment.add` throws, RR_MESH_CLUSTER_TAKEN */
  add(request: AddRequest, act: OperatorAct): Promise<JoinFile>;
  /** @throws RR_CLUSTER_NOT_FOUND, RR_CLUSTER_CONFIGURED, RR_CLUSTER_EXISTS, RR_CLUSTER_RENAMING, RR_CLUSTER_ROTATING */
  rename(from: string, to: string, act: OperatorAct): Promise<void>;
  /** @throws RR_CLUSTER_NOT_FOUND, RR_CLUSTER_CONFIGURED, RR_CLUSTER_NOT_ENROLLED */
  rotateCredentials(cluster: string, act: OperatorAct): Promise<void>;
  /** @throws RR_CLUSTER_NOT_FOUND, RR_CLUSTER_CONFIGURED */
  revoke(cluster: string, act: OperatorAct): Promise<void>;
}

/** What these operations work with. */
export interface ClusterOperationsOptions {
  readonly enrolment: Enrolment;
  readonly meshes: Meshes;
  readonly store: Store;
  /** The one that this mgmt took. */
  readonly term: number;
  readonly clock: Clock;
  /** Tells a cluster at once that its terms have changed. */
  readonly tellChange: (cluster: ClusterName) => void;
  /** Drops what is known of a cluster under a name that it no longer goes by, or that may not speak any more. */
  readonly forget: (mesh: string, cluster: string) => void;
}

/** Each act is kept before it takes effect. */
export function createClusterOperations(options: ClusterOperationsOptions): ClusterOperations {
  const { enrolment, meshes, clock, tellChange, forget } = options;
  const at = (act: OperatorAct) => ({ ...act, nowMs: clock.now() });
  return {
    add: async (request, act) => {
      const owner = await ownerOf(request.name, meshes);
      if (owner !== undefined && owner !== request.mesh) {
        throw new RerootError('RR_MESH_CLUSTER_TAKEN', `cluster ${request.name} belongs to mesh ${owner}`);
      }
      const joinFile = await enrolment.add(request, at(act));
      // Another cluster may have gone by the name: what its agent said is nothing of this one's.
      if (request.mode === 'new') forget(request.mesh, request.name);
      return joinFile;
    },
    rename: async (from, to, act) => {
      const { mesh } = (await renameIn(from, to, act, options)).cluster.record;
      // The agent listens under the former name until it has heard this.
      tellChange({ mesh, cluster: from });
      forget(mesh, from);
    },
    rotateCredentials: async (cluster, act) => {
      const { mesh } = await enrolment.rotateCredentials(cluster, at(act));
      tellChange({ mesh, cluster });
    },
    revoke: async (cluster, act) => {
      const { mesh } = await enrolment.revoke(cluster, at(act));
      // What was heard of it may be a thief's word: it counts no more, not even until it would have become silent.
      forget(mesh, cluster);
      meshes.find(mesh)?.hear(cluster);
    },
  };
}

async function ownerOf(cluster: string, meshes: Meshes): Promise<string | undefined> {
  for (const loop of meshes.all()) {
    const { clusters } = (await loop.view()).stored.spec;
    if (clusters.includes(cluster)) return loop.mesh;
  }
  return undefined;
}

async function renameIn(from: string, to: string, act: OperatorAct, options: ClusterOperationsOptions): Promise<RenamedCluster> {
  const { enrolment, meshes, store, term, clock } = options;
  return enrolment.rename(from, to, { ...act, nowMs: clock.now() }, async (rename) => {
    const loop = await loopWith(from, rename.record.mesh, meshes);
    if (loop === undefined) return store.renameCluster({ ...rename, mesh: undefined }, term);
    return loop.renameCluster(({ stored: { spec, record } }) => ({
      ...rename,
      change: { spec: renameInSpec(spec, from, to), ...renameCluster(record, { from, to, ...act }, clock.now()) },
    }));
  });
}

async function loopWith(cluster: string, mesh: string, meshes: Meshes): Promise<MeshLoop | undefined> {
  const loop = meshes.find(mesh);
  return (await loop?.view())?.stored.spec.clusters.includes(cluster) === true ? loop : undefined;
}

function renameInSpec(spec: MeshSpec, from: string, to: string): MeshSpec {
  const renamed = (names: readonly string[]): string[] => names.map((name) => (name === from ? to : name));
  const { rotation, clusters } = spec;
  const waves = { ...rotation.waves, canaries: renamed(rotation.waves.canaries) };
  return { ...spec, clusters: renamed(clusters), rotation: { ...rotation, waves } };
}
