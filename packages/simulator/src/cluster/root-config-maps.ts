import type { NamespaceTrust } from '@reroot/agent';
import type { Clock } from '@reroot/shared/clock';
import type { SimulatedReplica } from '../istiod/replica.ts';
import type { Random } from '../random/random.ts';
import { schedule } from '../schedule.ts';

/** How long the leading istiod takes to write the ConfigMaps. */
const publishMs = { min: 50, max: 200 } as const;

/** The `istio-ca-root-cert` ConfigMap of each namespace. */
export interface RootConfigMaps {
  list(): readonly NamespaceTrust[];
  /** The replicas have changed: what the leading one publishes may be new. */
  follow(): void;
}

/** What the ConfigMaps depend on. */
export interface RootConfigMapsOptions {
  readonly namespaces: readonly string[];
  readonly replicas: readonly SimulatedReplica[];
  readonly clock: Clock;
  readonly random: Random;
  readonly signal: AbortSignal;
  readonly onChange: () => void;
}

/**
 * Starts without ConfigMaps. One replica writes them all, with the bundle it holds in memory
 * (`istio-namespace-controller-election`); another one takes over when it no longer serves, and keeps the lead.
 */
export function createRootConfigMaps(options: RootConfigMapsOptions): RootConfigMaps {
  const { namespaces, replicas, clock, random, signal, onChange } = options;
  const published = new Map<string, string>();
  let leader: SimulatedReplica | undefined;
  const publish = (): void => {
    const bundle = leader?.bundle();
    if (bundle === undefined || namespaces.every((namespace) => published.get(namespace) === bundle)) return;
    for (const namespace of namespaces) published.set(namespace, bundle);
    onChange();
  };
  return {
    list: () => namespaces.map((namespace) => ({ namespace, rootCert: published.get(namespace) })),
    follow: () => {
      if (leader?.bundle() === undefined) leader = replicas.find((replica) => replica.bundle() !== undefined);
      schedule({ clock, afterMs: random.between(publishMs.min, publishMs.max), signal }, publish);
    },
  };
}
