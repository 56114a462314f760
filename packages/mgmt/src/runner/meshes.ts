import { RerootError } from '@reroot/shared/errors';
import type { Store } from '../store/index.ts';
import type { MeshLoop } from './mesh-loop.ts';

/** The loops of all meshes. */
export interface Meshes {
  /** @throws RR_MESH_NOT_FOUND */
  require(mesh: string): MeshLoop;
  find(mesh: string): MeshLoop | undefined;
  /** Sorted by name. */
  all(): readonly MeshLoop[];
  /** Starts the loop of a mesh that has just been stored. */
  add(mesh: string): MeshLoop;
}

/** Makes a loop for each stored mesh. */
export async function openMeshes(store: Store, makeLoop: (mesh: string) => MeshLoop): Promise<Meshes> {
  const loops = new Map((await store.listMeshes()).map((mesh) => [mesh, makeLoop(mesh)]));
  return {
    require: (mesh) => {
      const loop = loops.get(mesh);
      if (loop === undefined) throw new RerootError('RR_MESH_NOT_FOUND', `there is no mesh ${mesh}`);
      return loop;
    },
    find: (mesh) => loops.get(mesh),
    all: () => [...loops.values()].toSorted((a, b) => (a.mesh < b.mesh ? -1 : 1)),
    add: (mesh) => {
      const loop = makeLoop(mesh);
      loops.set(mesh, loop);
      return loop;
    },
  };
}
