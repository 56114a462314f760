import { RerootError } from '@reroot/shared/errors';
import type { AccountToken } from '../account-token/account-token.ts';
import type { IstiodPod } from './istiod-pod.ts';
import type { IstiodPods } from './istiod-pods.ts';
import type { ProbeRate } from './probe-rate.ts';
import { requestCertificate } from './request-certificate.ts';
import type { ReplicaAddress } from './secure-session.ts';

/** What probing works with. */
export interface CsrProbeOptions {
  readonly pods: IstiodPods;
  readonly token: AccountToken;
  readonly rate: ProbeRate;
  /** PEM: what a replica of that namespace may serve under. */
  readonly knownRoots: (namespace: string) => readonly string[];
  /** Of istiod's secure gRPC server. */
  readonly port: number;
  readonly validityMs: number;
  /** What istiod calls this cluster; undefined to take it from the pod. */
  readonly clusterId: string | undefined;
}

/** What istiod calls its cluster unless it is told otherwise (its chart, and pilot/pkg/bootstrap/options.go). */
const defaultClusterId = 'Kubernetes';

/**
 * Makes the function that asks one replica, at its own address, to sign a certificate request.
 *
 * The token is a secret that opens the mesh to whoever holds it. So it goes only to a server whose certificate is of a
 * root that this cluster names and for istiod's own name; there is no first contact on trust.
 */
export function createCsrProbe(
  options: CsrProbeOptions,
): (replica: string, csrPem: string, signal: AbortSignal) => Promise<readonly string[]> {
  const { pods, token, rate, validityMs } = options;
  return async (replica, csrPem, signal) => {
    await rate.wait(replica, signal);
    const pod = await pods.find(replica, signal);
    const address = addressOf(replica, pod, options);
    const shown = await token.obtain(signal);
    const clusterId = options.clusterId ?? pod.clusterId ?? defaultClusterId;
    const question = { csrPem, validitySeconds: Math.round(validityMs / 1000), token: shown, clusterId };
    try {
      return await requestCertificate(address, question, signal);
    } catch (error) {
      if (error instanceof RerootError && error.code === 'RR_REPLICA_UNAUTHENTICATED') token.discard(shown);
      throw error;
    }
  };
}

function addressOf(replica: string, { namespace, podIp }: IstiodPod, { port, knownRoots }: CsrProbeOptions): ReplicaAddress {
  if (podIp === undefined) throw new RerootError('RR_REPLICA_UNREACHABLE', `replica ${replica} has no address yet`);
  const roots = knownRoots(namespace);
  if (roots.length === 0)
    throw new RerootError('RR_REPLICA_UNREACHABLE', `replica ${replica} cannot be verified: no root is known in ${namespace}`);
  return { replica, ip: podIp, port, serverName: `istiod.${namespace}.svc`, roots };
}
