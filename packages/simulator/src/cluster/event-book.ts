import type { ClusterEvent } from '@reroot/agent';

/** The Events of a cluster, as an API server keeps them for a while. */
export interface EventBook {
  record(event: ClusterEvent): void;
  /** Each as it was last told. */
  list(): readonly ClusterEvent[];
}

const maxEvents = 500;

/** Empty. */
export function createEventBook(): EventBook {
  const events = new Map<string, ClusterEvent>();
  return {
    record: (event) => {
      events.set(event.id, event);
      const [oldest] = events.keys();
      if (events.size > maxEvents && oldest !== undefined) events.delete(oldest);
    },
    list: () => [...events.values()],
  };
}
