import type { Clock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import type { FleetView } from '../fleet/index.ts';
import { createJudgeIndex, type Policy } from '../rotation/index.ts';
import type { Store } from '../store/index.ts';
import { createDriftWatch, type OpenDrift } from './drift-watch.ts';
import { judgeMoment } from './judge-moment.ts';
import type { MeshLoop } from './mesh-loop.ts';
import { loadMeshView, type MeshView } from './mesh-view.ts';
import { notLeading } from './not-leading.ts';

/** A mesh that another replica moves. */
export interface FollowedMesh extends MeshLoop {
  /** Notes that the store may have changed. */
  outdate(): void;
}

/** What following works with. */
export interface FollowedMeshOptions {
  readonly mesh: string;
  readonly store: Pick<Store, 'readMesh' | 'listRoots' | 'listHistory'>;
  readonly fleet: FleetView;
  readonly timings: Pick<Policy, 'silentAfterMs' | 'finishedHoldMs'>;
  readonly clock: Clock;
  /** Told when the evidence of a cluster is another. */
  readonly onHeard: () => void;
}

/**
 * Shows the mesh as the leader has stored it, its verdict and its drift included, beside the evidence that this replica has heard itself.
 * It decides nothing.
 */
export function createFollowedMesh(options: FollowedMeshOptions): FollowedMesh {
  const { mesh, store, fleet, timings, clock, onHeard } = options;
  const index = createJudgeIndex();
  let known: { readonly view: MeshView; readonly drift: readonly OpenDrift[] } | undefined;
  let read: Promise<NonNullable<typeof known>> | undefined;

  const load = async (): Promise<NonNullable<typeof known>> => {
    const stored = await store.readMesh(mesh);
    // A verdict changes often, and brings no root.
    if (known !== undefined && stored?.revision === known.view.stored.revision) {
      return { ...known, view: { ...known.view, stored } };
    }
    return { view: await loadMeshView(store, mesh), drift: await readDrift(options) };
  };
  const current = async (): Promise<NonNullable<typeof known>> => {
    const reading = (read ??= load());
    try {
      known = await reading;
      return known;
    } catch (error) {
      if (read === reading) read = undefined;
      throw error;
    }
  };

  return {
    mesh,
    view: async () => (await current()).view,
    moment: async () => {
      const { view, drift } = await current();
      const judged = judgeMoment(view, { fleet, index, timings, clock, verification: undefined });
      // What the leader waits for is what counts: it may have found more than this replica can hear.
      const verdict = view.stored.verdict?.verdict ?? judged.decision.verdict;
      return { ...judged, decision: { ...judged.decision, verdict }, keysLeft: new Map(), notStarted: undefined, drift };
    },
    wake: () => undefined,
    hear: (cluster) => {
      index.heard(cluster);
      onHeard();
    },
    act: notLeading,
    actAt: notLeading,
    renameCluster: notLeading,
    idle: async () => undefined,
    outdate: () => {
      read = undefined;
    },
  };
}

/** What has begun and not ended, by the history. */
async function readDrift({ mesh, store, timings, clock }: FollowedMeshOptions): Promise<readonly OpenDrift[]> {
  const history = await store.listHistory(mesh);
  return createDriftWatch({ history, graceMs: 0, calmMs: timings.silentAfterMs, clock, log: silentLog }).open();
}
