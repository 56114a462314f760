import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import type { FleetView } from '../fleet/index.ts';
import { type Decision, decide, type Policy, type Snapshot } from '../rotation/index.ts';
import type { MeshChange, Store } from '../store/index.ts';
import { loadMeshView, type MeshView, openRoot } from './mesh-view.ts';
import { createTurn } from './turn.ts';
import { createVerdictLog } from './verdict-log.ts';

/** The one place where a mesh changes. */
export interface MeshLoop {
  readonly mesh: string;
  /** The mesh as it is stored. */
  view(): Promise<MeshView>;
  /** The mesh with the evidence and the decision that follow from it now. */
  moment(): Promise<MeshMoment>;
  /** Looks at the mesh soon and makes every transition that its evidence allows. Never throws; many calls are one look. */
  wake(): void;
  /**
   * Carries out an operator's act when its turn comes. `change` is asked again when somebody else was faster.
   * @returns the mesh after the act
   * @throws what `change` throws; RR_STORE_*
   */
  act(change: (view: MeshView) => MeshChange | Promise<MeshChange>): Promise<MeshView>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

/** Everything that is known of a mesh at one moment. */
export interface MeshMoment {
  readonly view: MeshView;
  readonly snapshot: Snapshot;
  readonly decision: Decision;
  readonly nowMs: number;
}

/** What a loop works with. */
export interface MeshLoopOptions {
  readonly mesh: string;
  readonly store: Store;
  readonly fleet: FleetView;
  readonly policy: Policy;
  readonly clock: Clock;
  readonly log: Log;
  /** Called after each change of the stored mesh. */
  readonly onChange: (view: MeshView) => void;
}

/** Acts and looks take turns, so that each decision is made on what the one before has left. */
export function createMeshLoop(options: MeshLoopOptions): MeshLoop {
  const { mesh, store, fleet, policy, clock, onChange } = options;
  const said = createVerdictLog(options.log.child({ mesh }));
  const turn = createTurn();
  let known: MeshView | undefined;
  let lookPending = false;

  /** A view that took long to load must not push aside what was committed meanwhile. */
  const keep = (view: MeshView): MeshView => {
    if (known === undefined || view.stored.revision >= known.stored.revision) known = view;
    return known;
  };

  const view = async (): Promise<MeshView> => known ?? keep(await loadMeshView(store, mesh));

  const momentOf = (view: MeshView): MeshMoment => {
    const { record, spec } = view.stored;
    const nowMs = clock.now();
    const snapshot = fleet.snapshot(mesh, spec.clusters);
    return { view, snapshot, decision: decide(record, snapshot, policy, nowMs), nowMs };
  };

  const commit = async (from: MeshView, change: MeshChange): Promise<MeshView> => {
    const { root } = change;
    const roots = root === undefined ? from.roots : new Map([...from.roots, [root.fingerprint, openRoot(root)]]);
    try {
      const stored = await store.compareAndSwap(mesh, from.stored.revision, change);
      const committed = keep({ stored, roots });
      onChange(committed);
      if (change.condition !== undefined) said.change(stored.record, change.condition);
      return committed;
    } catch (error) {
      // Whether the change was written is known to the store alone.
      known = undefined;
      throw error;
    }
  };

  /** Tries again for as long as another writer was faster. */
  const commitAnew = async (makeChange: (view: MeshView) => MeshChange | Promise<MeshChange>): Promise<MeshView> => {
    for (;;) {
      const from = await view();
      const change = await makeChange(from);
      try {
        return await commit(from, change);
      } catch (error) {
        if (!isConflict(error)) throw error;
      }
    }
  };

  const look = async (): Promise<void> => {
    for (;;) {
      const { view: from, decision } = momentOf(await view());
      if (decision.kind !== 'transition') {
        said.verdict(from.stored.record, decision.verdict);
        return;
      }
      try {
        await commit(from, decision.transition);
      } catch (error) {
        if (!isConflict(error)) throw error;
      }
    }
  };

  const wake = (): void => {
    if (lookPending) return;
    lookPending = true;
    void turn.take(async () => {
      lookPending = false;
      try {
        await look();
      } catch (error) {
        said.failure(error);
      }
    });
  };

  return {
    mesh,
    view,
    moment: async () => momentOf(await view()),
    wake,
    act: async (change) => {
      const changed = await turn.take(() => commitAnew(change));
      wake();
      return changed;
    },
    idle: () => turn.take(async () => undefined),
  };
}

function isConflict(error: unknown): boolean {
  return error instanceof RerootError && error.code === 'RR_STORE_CONFLICT';
}
