import type { Clock } from '@reroot/shared/clock';
import { type Address, type Identity, type Message, sealMessage, subjects } from '@reroot/shared/protocol';
import type { Bus } from '@reroot/shared/transport';
import type { MeshSpec } from '../mesh/index.ts';
import { desiredTrustOf } from './desired-trust.ts';
import type { MeshView } from './mesh-view.ts';

/** Speaks for mgmt on the bus. */
export interface Publisher {
  /** Tells every cluster of the mesh what it shall hold. */
  publishAll(view: MeshView): void;
  /** Tells those clusters that have not been told what they shall hold since it last changed. */
  publishChanges(view: MeshView): void;
  /** Tells one cluster that is behind, at most once a second. */
  hasten(view: MeshView, cluster: string): void;
  /** Seals an answer to a cluster for the subject that its request came by. */
  seal(view: MeshView, cluster: string, subject: string, message: Message): Uint8Array;
}

/** What the publisher works with. */
export interface PublisherOptions {
  readonly bus: Bus;
  readonly identity: Identity;
  readonly term: number;
  readonly nextSequence: () => number;
  readonly clock: Clock;
}

/** What a cluster was told last. */
interface Told {
  readonly atMs: number;
  readonly generation: number;
  readonly spec: MeshSpec;
}

/** An agent that cannot apply what it is told reports on and on: it need not be told as often. */
const hastenEveryMs = 1_000;

/** Every message carries the term. What a cluster is told carries the cluster's own generation, an answer that of the mesh. */
export function createPublisher({ bus, identity, term, nextSequence, clock }: PublisherOptions): Publisher {
  const told = new Map<string, Told>();

  const sealAs = (view: MeshView, cluster: string, subject: string, message: Message, generation: number): Uint8Array => {
    const address: Address = { mesh: view.stored.record.mesh, cluster, term, generation };
    return sealMessage({ subject, address, message, identity, sequence: nextSequence(), sentAtMs: clock.now() });
  };

  const subjectOf = (view: MeshView, cluster: string): string => subjects.trust(view.stored.record.mesh, cluster);

  const tell = (view: MeshView, cluster: string, isNews: (before: Told | undefined, generation: number) => boolean): void => {
    const desired = desiredTrustOf(view, cluster);
    if (desired === undefined) return;
    const { generation, trust } = desired;
    const subject = subjectOf(view, cluster);
    if (!isNews(told.get(subject), generation)) return;
    told.set(subject, { atMs: clock.now(), generation, spec: view.stored.spec });
    bus.publish(subject, sealAs(view, cluster, subject, { kind: 'desired-trust', body: trust }, generation));
  };

  return {
    publishAll: (view) => {
      for (const cluster of view.stored.spec.clusters) tell(view, cluster, () => true);
    },
    publishChanges: (view) => {
      const { spec } = view.stored;
      for (const cluster of spec.clusters) {
        tell(view, cluster, (before, generation) => before?.generation !== generation || before.spec !== spec);
      }
    },
    hasten: (view, cluster) => {
      tell(view, cluster, (before) => before === undefined || clock.now() - before.atMs >= hastenEveryMs);
    },
    seal: (view, cluster, subject, message) => sealAs(view, cluster, subject, message, view.stored.record.generation),
  };
}
