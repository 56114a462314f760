import { missingPrograms, programPath } from './server-cache.ts';
import { UnavailableError } from './unavailable-error.ts';
import {
  allServers,
  envoy,
  etcd,
  helm,
  istio,
  istioPrevious,
  kubectl,
  kubernetes,
  openbao,
  prometheus,
  vault,
} from './versions.ts';

/** Absolute paths of the real servers' programs. */
export interface Servers {
  readonly etcd: string;
  readonly kubeApiserver: string;
  readonly kubeControllerManager: string;
  /** istiod. */
  readonly pilotDiscovery: string;
  readonly pilotAgent: string;
  /** An istiod four months older. */
  readonly pilotDiscoveryPrevious: string;
  /** The older istiod, judging root bundles by their bytes, as Istio did until 1.29. */
  readonly pilotDiscoveryByteRule: string;
  readonly envoy: string;
  /** Vault's core and engines, in memory. */
  readonly vault: string;
  /** OpenBao as it is released. */
  readonly bao: string;
  /** Prometheus' own judge of rules and metrics. */
  readonly promtool: string;
  readonly helm: string;
  readonly kubectl: string;
}

/**
 * The servers that `./dev test --real` put into the folder REROOT_REAL_SERVERS.
 * @throws UnavailableError when the variable is not set or a program is not there
 */
export function findServers(environment: NodeJS.ProcessEnv = process.env): Servers {
  const remedy = 'run ./dev test --real or ./dev demo --real: they fetch and build what is missing';
  const cache = environment['REROOT_REAL_SERVERS'];
  if (cache === undefined || cache === '') throw new UnavailableError('REROOT_REAL_SERVERS is not set', remedy);
  const missing = allServers.flatMap((server) => missingPrograms(cache, server).map((name) => programPath(cache, server, name)));
  if (missing.length > 0) throw new UnavailableError(`real servers are missing: ${missing.join(', ')}`, remedy);
  return {
    etcd: programPath(cache, etcd, 'etcd'),
    kubeApiserver: programPath(cache, kubernetes, 'kube-apiserver'),
    kubeControllerManager: programPath(cache, kubernetes, 'kube-controller-manager'),
    pilotDiscovery: programPath(cache, istio, 'pilot-discovery'),
    pilotAgent: programPath(cache, istio, 'pilot-agent'),
    pilotDiscoveryPrevious: programPath(cache, istioPrevious, 'pilot-discovery'),
    pilotDiscoveryByteRule: programPath(cache, istioPrevious, 'pilot-discovery-byte-rule'),
    envoy: programPath(cache, envoy, 'envoy'),
    vault: programPath(cache, vault, 'vault'),
    bao: programPath(cache, openbao, 'bao'),
    promtool: programPath(cache, prometheus, 'promtool'),
    helm: programPath(cache, helm, 'helm'),
    kubectl: programPath(cache, kubectl, 'kubectl'),
  };
}
