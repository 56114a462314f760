import type { Clock } from '@reroot/shared/clock';
import { type Address, type Identity, type Message, sealMessage, subjects } from '@reroot/shared/protocol';
import type { Bus } from '@reroot/shared/transport';
import { desiredTrustOf } from './desired-trust.ts';
import type { MeshView } from './mesh-view.ts';

/** Speaks for mgmt on the bus. */
export interface Publisher {
  /** Tells every cluster of the mesh what it shall hold. */
  publish(view: MeshView): void;
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

/** An agent that cannot apply what it is told reports on and on: it need not be told as often. */
const hastenEveryMs = 1_000;

/** Every message carries the term and the generation that the record has at that moment. */
export function createPublisher({ bus, identity, term, nextSequence, clock }: PublisherOptions): Publisher {
  const hastened = new Map<string, number>();

  const seal: Publisher['seal'] = (view, cluster, subject, message) => {
    const { mesh, generation } = view.stored.record;
    const address: Address = { mesh, cluster, term, generation };
    return sealMessage({ subject, address, message, identity, sequence: nextSequence(), sentAtMs: clock.now() });
  };

  const tell = (view: MeshView, cluster: string, message: Message): void => {
    const subject = subjects.trust(view.stored.record.mesh, cluster);
    hastened.set(subject, clock.now());
    bus.publish(subject, seal(view, cluster, subject, message));
  };

  return {
    publish: (view) => {
      const message: Message = { kind: 'desired-trust', body: desiredTrustOf(view) };
      for (const cluster of view.stored.spec.clusters) tell(view, cluster, message);
    },
    hasten: (view, cluster) => {
      const last = hastened.get(subjects.trust(view.stored.record.mesh, cluster)) ?? Number.NEGATIVE_INFINITY;
      if (clock.now() - last < hastenEveryMs) return;
      tell(view, cluster, { kind: 'desired-trust', body: desiredTrustOf(view) });
    },
    seal,
  };
}
