import type { Clock } from '@reroot/shared/clock';
import { type Message, subjects } from '@reroot/shared/protocol';
import { activeSpan, keepTrace, openSpan } from '@reroot/shared/tracing';
import type { Bus } from '@reroot/shared/transport';
import { hasCluster } from '../mesh/index.ts';
import { assignmentOf } from '../rotation/index.ts';
import { type ClusterTrust, desiredTrustOf } from './desired-trust.ts';
import type { MeshView } from './mesh-view.ts';
import type { Lane, Pacer } from './pacer.ts';
import type { Sealer } from './sealer.ts';

/** Tells clusters what they shall hold: at once as a rule, in slices where there are thousands. */
export interface Publisher {
  /** Tells every cluster of the mesh what it shall hold. */
  publishAll(view: MeshView): void;
  /** The same of some of them. */
  publishTo(view: MeshView, clusters: readonly string[]): void;
  /** Tells those clusters that shall hold something else than they were told last. */
  publishChanges(view: MeshView): void;
  /** Tells one cluster that is behind, at most once a second. */
  hasten(view: MeshView, cluster: string): void;
  /** Seals an answer to a cluster for the subject that its request came by. */
  seal(view: MeshView, cluster: string, subject: string, message: Message): Uint8Array;
  /** Forgets what a cluster was told that has left, or may not speak any more: it is nothing that another one of its name knows. */
  forget(mesh: string, cluster: string): void;
}

/** What the publisher works with. */
export interface PublisherOptions {
  readonly bus: Bus;
  readonly sealer: Sealer;
  readonly pacer: Pacer;
  readonly clock: Clock;
  /** Called for each cluster that is told something of another generation than before. */
  readonly onTold?: (view: MeshView, cluster: string, generation: number) => void;
  /** How large the last report of a cluster was: it answers what it is told with another one. Small when it is left out. */
  readonly reportBytes?: (mesh: string, cluster: string) => number | undefined;
}

/** What a cluster was told last. */
interface Told {
  readonly atMs: number;
  readonly generation: number;
  readonly key: string;
}

/**
 * Whether what a cluster shall hold need be said, after what it was told before.
 * @param keyNow of what it shall hold now; undefined where that cannot be worked out, which telling it says
 */
type IsNews = (before: Told | undefined, keyNow: () => ClusterTrust['key'] | undefined) => boolean;

/** An agent that cannot apply what it is told reports on and on: it need not be told as often. */
export const hastenEveryMs = 1_000;

/** An answer of so many bytes counts for one word: what a thousand of them are in a tenth of a second, mgmt can take in. */
const bytesPerWord = 4_096;

const isChange: IsNews = (before, keyNow) => before === undefined || before.key !== keyNow();

/** Every message carries the term. What a cluster is told carries the cluster's own generation, an answer that of the mesh. */
export function createPublisher({ bus, sealer, pacer, clock, onTold, reportBytes }: PublisherOptions): Publisher {
  const told = new Map<string, Told>();
  /** The newest of each mesh: a word that had to wait says what holds when its turn comes, for agents refuse what is old. */
  const newest = new Map<string, MeshView>();

  const tell = (said: MeshView, cluster: string, isNews: IsNews): void => {
    const { mesh } = said.stored.record;
    const view = newest.get(mesh) ?? said;
    if (view !== said && !hasCluster(view.stored.spec, cluster)) return;
    const desired = desiredTrustOf(view, cluster);
    const subject = subjects.trust(mesh, cluster);
    if (desired === undefined || !isNews(told.get(subject), () => desired.key)) return;
    const { generation, trust, key } = desired;
    if (told.get(subject)?.generation !== generation) onTold?.(view, cluster, generation);
    const message = { kind: 'desired-trust', body: trust } as const;
    const { payload } = sealer.seal({ mesh, cluster, subject, generation, message });
    traced({ mesh, cluster, generation }, () => bus.publish(subject, payload));
    // Who leads no longer fails to seal, and has told nobody.
    told.set(subject, { atMs: clock.now(), generation, key });
  };

  const say = (view: MeshView, clusters: readonly string[], lane: Lane, isNews: IsNews): void => {
    const { record, revision } = view.stored;
    // Whoever has waited for something since reading the mesh comes with an older one.
    if (revision >= (newest.get(record.mesh)?.stored.revision ?? 0)) newest.set(record.mesh, view);
    // A word may have to wait for its turn, and follows from what was done now.
    const within = keepTrace();
    for (const cluster of clusters) {
      const key = subjects.trust(record.mesh, cluster);
      // What need not be said takes no room from what must be. Each move of the mesh comes to this, and most change nothing for a cluster.
      if (assignmentOf(record, cluster) === undefined || !isNews(told.get(key), () => keyOf(view, cluster))) continue;
      const act = (): void => tell(view, cluster, isNews);
      const weight = Math.max(1, Math.ceil((reportBytes?.(record.mesh, cluster) ?? 0) / bytesPerWord));
      pacer.say({ lane, group: record.mesh, key, act: within === undefined ? act : () => within(act), weight });
    }
  };

  return {
    publishAll: (view) => say(view, view.stored.spec.clusters, 'again', () => true),
    publishTo: (view, clusters) => say(view, clusters, 'again', () => true),
    publishChanges: (view) => say(view, view.stored.spec.clusters, 'news', isChange),
    hasten: (view, cluster) =>
      say(view, [cluster], 'news', (before) => before === undefined || Math.abs(clock.now() - before.atMs) >= hastenEveryMs),
    seal: (view, cluster, subject, message) => {
      const { mesh, generation } = view.stored.record;
      return sealer.seal({ mesh, cluster, subject, generation, message }).payload;
    },
    forget: (mesh, cluster) => {
      told.delete(subjects.trust(mesh, cluster));
    },
  };
}

function keyOf(view: MeshView, cluster: string): ClusterTrust['key'] | undefined {
  try {
    return desiredTrustOf(view, cluster)?.key;
  } catch {
    return undefined;
  }
}

/** The agent goes on in the same trace. What is said again and again begins none. */
function traced(to: { readonly mesh: string; readonly cluster: string; readonly generation: number }, publish: () => void): void {
  if (activeSpan() === undefined) {
    publish();
    return;
  }
  const attributes = { 'reroot.mesh': to.mesh, 'reroot.cluster': to.cluster, 'reroot.generation': to.generation };
  const span = openSpan('tell desired trust', { kind: 'producer', attributes });
  span.within(publish);
  span.end();
}
