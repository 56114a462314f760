import type { Workload } from '@reroot/agent';
import { type Material, type Sidecar, type SidecarOptions, startSidecar } from './sidecar.ts';

/** What a workload's proxy is made of. */
export interface ProxyOptions extends Omit<SidecarOptions, 'spiffeId'> {
  readonly namespace: string;
  readonly trustDomain: string;
}

/** A workload's proxy over all its restarts. */
export interface SimulatedProxy {
  readonly namespace: string;
  readonly name: string;
  readonly spiffeId: string;
  describe(): Workload;
  /** Undefined while it holds no certificate. */
  material(): Material | undefined;
  /** The replicas have changed. */
  hear(): void;
  /** The pod is made anew: key, certificate and trust are gone, and it connects to any replica. */
  restart(): void;
}

/** One life of a pod. */
interface Run {
  readonly sidecar: Sidecar;
  readonly end: AbortController;
  readonly startedAtMs: number;
}

/** Starts a proxy; it gets its first certificate as soon as a replica serves. */
export function createProxy(options: ProxyOptions): SimulatedProxy {
  const { namespace, name, signal, clock } = options;
  const spiffeId = `spiffe://${options.trustDomain}/ns/${namespace}/sa/${name}`;
  const start = (): Run => {
    const end = new AbortController();
    const sidecar = startSidecar({ ...options, spiffeId, signal: AbortSignal.any([signal, end.signal]) });
    return { sidecar, end, startedAtMs: clock.now() };
  };
  let current = start();
  return {
    namespace,
    name,
    spiffeId,
    describe: () => {
      const certChain = current.sidecar.material()?.certChain ?? '';
      return {
        ...{ namespace, name, role: 'sidecar', startedAtMs: current.startedAtMs },
        owner: { kind: 'Deployment', namespace, name },
        learns: options.pushes === 'heard' ? 'pushed' : 'renewed',
        leafLifetimeMs: options.leafTtlMs,
        reading: { kind: 'read', certChain, rootCert: current.sidecar.rootCert() },
      };
    },
    material: () => current.sidecar.material(),
    hear: () => {
      current.sidecar.hear();
    },
    restart: () => {
      current.end.abort();
      current = start();
      options.onChange();
    },
  };
}
