import { RerootError } from '@reroot/shared/errors';
import type { Store } from '../store/index.ts';
import type { FollowedMesh } from './followed-mesh.ts';
import type { Meshes } from './meshes.ts';

/** The meshes that another replica moves. */
export interface FollowedMeshes extends Meshes {
  /** Reads again what there is. @throws RR_STORE_* */
  refresh(): Promise<void>;
}

/** Reads which meshes there are. @throws RR_STORE_* */
export async function followMeshes(
  store: Pick<Store, 'listMeshes'>,
  make: (mesh: string) => FollowedMesh,
): Promise<FollowedMeshes> {
  let followed: ReadonlyMap<string, FollowedMesh> = new Map();
  const refresh = async (): Promise<void> => {
    for (const mesh of followed.values()) mesh.outdate();
    const names = await store.listMeshes();
    followed = new Map(names.map((mesh) => [mesh, followed.get(mesh) ?? make(mesh)]));
  };
  await refresh();
  return {
    refresh,
    require: (mesh) => {
      const found = followed.get(mesh);
      if (found === undefined) throw new RerootError('RR_MESH_NOT_FOUND', `there is no mesh ${mesh}`);
      return found;
    },
    find: (mesh) => followed.get(mesh),
    // The store lists them by name.
    all: () => [...followed.values()],
    add: (mesh) => {
      throw new RerootError('RR_LEADER_NONE', `mesh ${mesh} is made by the leader`);
    },
  };
}
