import { missingPrograms, programPath } from './server-cache.ts';
import { UnavailableError } from './unavailable-error.ts';
import {
  envoy,
  etcd,
  helm,
  istio,
  istioPrevious,
  kubectl,
  kubernetes,
  openbao,
  prometheus,
  type Server,
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

/** What a control plane alone is made of. */
export const controlPlanePrograms = ['etcd', 'kubeApiserver', 'kubeControllerManager'] as const;
/** Either of them is what keys are kept in. */
export const vaultPrograms = ['vault', 'bao'] as const;

/** Which program of which server each path is of. */
const programs: Readonly<Record<keyof Servers, readonly [server: Server, program: string]>> = {
  etcd: [etcd, 'etcd'],
  kubeApiserver: [kubernetes, 'kube-apiserver'],
  kubeControllerManager: [kubernetes, 'kube-controller-manager'],
  pilotDiscovery: [istio, 'pilot-discovery'],
  pilotAgent: [istio, 'pilot-agent'],
  pilotDiscoveryPrevious: [istioPrevious, 'pilot-discovery'],
  pilotDiscoveryByteRule: [istioPrevious, 'pilot-discovery-byte-rule'],
  envoy: [envoy, 'envoy'],
  vault: [vault, 'vault'],
  bao: [openbao, 'bao'],
  promtool: [prometheus, 'promtool'],
  helm: [helm, 'helm'],
  kubectl: [kubectl, 'kubectl'],
};

/**
 * The servers that `./dev test --real` put into the folder REROOT_REAL_SERVERS.
 * @throws UnavailableError when the variable is not set or a program is not there
 */
export function findServers(environment: NodeJS.ProcessEnv = process.env): Servers {
  return findSomeServers(Object.keys(programs) as (keyof Servers)[], environment);
}

/**
 * The same of those alone that are named: nothing is said of the others.
 * @throws UnavailableError when the variable is not set or one of them is not there
 */
export function findSomeServers<Name extends keyof Servers>(
  names: readonly Name[],
  environment: NodeJS.ProcessEnv = process.env,
): Pick<Servers, Name> {
  const remedy = 'run ./dev test --real or ./dev demo --real: they fetch and build what is missing';
  const cache = environment['REROOT_REAL_SERVERS'];
  if (cache === undefined || cache === '') throw new UnavailableError('REROOT_REAL_SERVERS is not set', remedy);
  const pathOf = (name: Name): string => {
    const [server, program] = programs[name];
    return programPath(cache, server, program);
  };
  const missing = names.filter((name) => missingPrograms(cache, programs[name][0]).includes(programs[name][1]));
  if (missing.length > 0) throw new UnavailableError(`real servers are missing: ${missing.map(pathOf).join(', ')}`, remedy);
  return Object.fromEntries(names.map((name) => [name, pathOf(name)])) as Pick<Servers, Name>;
}
