import type { Clock } from '@reroot/shared/clock';
import { assignmentOf, type ClusterEvidence, judgeCluster, type Policy, type Snapshot } from '../rotation/index.ts';
import type { MeshView } from './mesh-view.ts';

/** Measures how long clusters take to take up what they are told, and to be proven to hold it. */
export interface ToldTimes {
  /** Notes that a cluster is told something new. */
  told(view: MeshView, cluster: string, generation: number): void;
  /** Notes how a mesh is now: what a cluster is told may have been overtaken. */
  changed(view: MeshView): void;
  /** Takes in what a cluster has reported. @param snapshot with that report in it */
  heard(mesh: string, cluster: string, evidence: ClusterEvidence, snapshotOf: (view: MeshView) => Snapshot): void;
}

/** What is done with the times. */
export interface ToldTimesOptions {
  readonly timings: Pick<Policy, 'silentAfterMs' | 'finishedHoldMs'>;
  readonly clock: Clock;
  /** Called once for each thing that a cluster is told, when it has taken it up. */
  readonly onAcknowledged: (mesh: string, tookMs: number) => void;
  /** The same, when it is proven to hold it. */
  readonly onHeld: (mesh: string, tookMs: number) => void;
}

interface Pending {
  readonly generation: number;
  readonly toldAtMs: number;
  acknowledged: 'yes' | 'no';
}

/** Starts with nothing told. After a restart of mgmt each cluster is told anew, and counts once more. */
export function createToldTimes({ timings, clock, onAcknowledged, onHeld }: ToldTimesOptions): ToldTimes {
  const pending = new Map<string, Pending>();
  const newest = new Map<string, MeshView>();
  return {
    told: (view, cluster, generation) => {
      const { mesh } = view.stored.record;
      newest.set(mesh, view);
      const key = `${mesh}/${cluster}`;
      if ((pending.get(key)?.generation ?? -1) >= generation) return;
      pending.set(key, { generation, toldAtMs: clock.now(), acknowledged: 'no' });
    },
    changed: (view) => {
      newest.set(view.stored.record.mesh, view);
    },
    heard: (mesh, cluster, evidence, snapshotOf) => {
      const key = `${mesh}/${cluster}`;
      const [waiting, view] = [pending.get(key), newest.get(mesh)];
      if (waiting === undefined || view === undefined || evidence.appliedGeneration < waiting.generation) return;
      const tookMs = Math.max(0, evidence.receivedAtMs - waiting.toldAtMs);
      if (waiting.acknowledged === 'no') onAcknowledged(mesh, tookMs);
      waiting.acknowledged = 'yes';
      const { record, spec } = view.stored;
      if (assignmentOf(record, cluster)?.generation !== waiting.generation) return;
      const policy = { ...spec.rotation, ...timings };
      if (!judgeCluster(record, cluster, snapshotOf(view), policy, clock.now()).passed) return;
      pending.delete(key);
      onHeld(mesh, tookMs);
    },
  };
}
