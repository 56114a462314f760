import { RerootError } from '@reroot/shared/errors';
import { inSpan } from '@reroot/shared/tracing';
import {
  type ClusterRename,
  type MeshChange,
  type RenamedCluster,
  rootsOf,
  type Store,
  type StoredMesh,
} from '../store/index.ts';
import { loadMeshView, type MeshView, openRoot } from './mesh-view.ts';

/** A mesh as this process knows it: what was last read or written, and how it is written. */
export interface HeldMesh {
  /** The mesh as it is stored. */
  view(): Promise<MeshView>;
  /**
   * Writes a change to exactly that mesh.
   * @throws RR_STORE_CONFLICT when another was faster; other RR_STORE_*
   */
  commit(from: MeshView, change: MeshChange): Promise<MeshView>;
  /** Writes what `makeChange` gives, which is asked again for as long as another writer was faster; nothing where it gives none. */
  commitAnew(makeChange: (view: MeshView) => MeshChange | undefined | Promise<MeshChange | undefined>): Promise<MeshView>;
  /** The same as `commit`, of a change that gives a cluster another name. */
  rename(from: MeshView, rename: MeshRename): Promise<RenamedCluster>;
}

/** A change of a cluster's name, and what it changes in the mesh. */
export interface MeshRename extends Omit<ClusterRename, 'mesh'> {
  readonly change: MeshChange;
}

/** Where a mesh is held, and who is told of its changes. */
export interface HeldMeshOptions {
  readonly mesh: string;
  readonly store: Store;
  /** The one that this mgmt took. */
  readonly term: number;
  readonly onChange: (view: MeshView) => void;
  /** Called with the record after a change that the history keeps. */
  readonly onCondition: (record: StoredMesh['record'], condition: NonNullable<MeshChange['condition']>) => void;
}

/** Reads the mesh once, and again only when it is not known whether a write was carried out. */
export function createHeldMesh({ mesh, store, term, onChange, onCondition }: HeldMeshOptions): HeldMesh {
  let known: MeshView | undefined;

  /** A view that took long to load must not push aside what was committed meanwhile. */
  const keep = (view: MeshView): MeshView => {
    if (known === undefined || view.stored.revision >= known.stored.revision) known = view;
    return known;
  };

  const view = async (): Promise<MeshView> => known ?? keep(await loadMeshView(store, mesh));

  const committed = (view: MeshView, { condition }: MeshChange): MeshView => {
    const now = keep(view);
    onChange(now);
    if (condition !== undefined) onCondition(view.stored.record, condition);
    return now;
  };

  const write = async <T>(writing: () => Promise<T>): Promise<T> => {
    try {
      return await writing();
    } catch (error) {
      // Whether the change was written is known to the store alone.
      known = undefined;
      throw error;
    }
  };

  const commit: HeldMesh['commit'] = (from, change) => {
    const added = rootsOf(change).map((root) => [root.fingerprint, openRoot(root)] as const);
    const roots = added.length === 0 ? from.roots : new Map([...from.roots, ...added]);
    const rootNames = added.length === 0 ? from.rootNames : new Set(roots.keys());
    return write(() =>
      traced(mesh, change, async () => {
        const stored = await store.compareAndSwap(mesh, { term, revision: from.stored.revision }, change);
        return committed({ stored: withSpecOf(from.stored, stored, change), roots, rootNames }, change);
      }),
    );
  };

  return {
    view,
    commit,
    commitAnew: async (makeChange) => {
      for (;;) {
        const from = await view();
        const change = await makeChange(from);
        if (change === undefined) return from;
        try {
          return await commit(from, change);
        } catch (error) {
          if (!isConflict(error)) throw error;
        }
      }
    },
    rename: (from, { change, ...rename }) =>
      write(async () => {
        const within = { name: mesh, revision: from.stored.revision, change };
        const renamed = await store.renameCluster({ ...rename, mesh: within }, term);
        if (renamed.mesh !== undefined) committed({ ...from, stored: renamed.mesh }, change);
        return renamed;
      }),
  };
}

/** Stores read what they write anew. What has not changed stays the same object: much is worked out once for each list of clusters. */
function withSpecOf(before: StoredMesh, after: StoredMesh, { spec }: MeshChange): StoredMesh {
  return spec === undefined ? { ...after, spec: before.spec } : after;
}

/** What the history keeps begins a trace where there is none: by itself, a mesh moves on because of what many have reported. */
async function traced<T>(mesh: string, { condition }: MeshChange, work: () => Promise<T>): Promise<T> {
  if (condition === undefined) return work();
  const { state, step, generation, rotationId, act } = condition;
  const attributes = {
    ...{ 'reroot.mesh': mesh, 'reroot.state': state, 'reroot.step': step, 'reroot.generation': generation },
    ...(rotationId === undefined ? {} : { 'reroot.rotation': rotationId }),
    ...(act === undefined ? {} : { 'reroot.move': act.move }),
  };
  return inSpan('change mesh', { attributes }, work);
}

/** Whether another writer was faster. */
export function isConflict(error: unknown): boolean {
  return error instanceof RerootError && error.code === 'RR_STORE_CONFLICT';
}
