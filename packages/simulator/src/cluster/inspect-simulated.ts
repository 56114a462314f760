import { type CaSecret, groupProxies, judgeCaFiles, type Replica, type SeenCluster, type Workload } from '@reroot/agent';
import { type InspectedIstiod, known } from '@reroot/shared/protocol';
import type { ClusterPlan } from '../fleet/fleet-config.ts';

/** What a simulated cluster is seen to be made of. */
export interface SimulatedParts {
  readonly plan: Pick<ClusterPlan, 'istio'>;
  readonly secret: CaSecret | undefined;
  readonly replicas: readonly Replica[];
  readonly workloads: readonly Workload[];
  readonly nowMs: number;
}

/** The first release that compares certificates, and the last branch that compares bytes. */
const versions = { 'superset-or-subset': '1.30.1', 'bytes-contained': '1.29.6' } as const;
/** MAX_WORKLOAD_CERT_TTL of Istio. */
const longestLeafMs = 90 * 86_400_000;
const namespace = 'istio-system';

/** What an agent would find there: istiods and proxies as the plan has them, and nothing that a simulation does not have. */
export function inspectSimulated({ plan, secret, replicas, workloads, nowMs }: SimulatedParts): SeenCluster {
  const version = versions[plan.istio.byteRule];
  const istiods = replicas.map(
    ({ name, startedAtMs, multiRoot }): InspectedIstiod => ({
      ...{ name, version, revision: 'default', startedAtMs, multiRoot, trustBundles: 'off' },
      ...{ rootConfigMap: 'istio-ca-root-cert', longestLeafMs, externalCa: '', unread: [] },
    }),
  );
  const proxies = workloads.map(({ namespace: own, name, role, learns, leafLifetimeMs }) => ({
    ...{ namespace: own, name, role, version, learns, leafLifetimeMs, certificates: 'istiod' as const, unread: [] },
  }));
  const opened = secret === undefined ? undefined : { name: secret.source, files: filesOf(secret) };
  return {
    takenAtMs: nowMs,
    istiods: known(istiods),
    proxies: known(groupProxies(proxies)),
    caFiles: known([judgeCaFiles({ namespace, secret: opened }, istiods, nowMs)]),
    webhooks: known([]),
    meshRoots: known(0),
    outsideWorkloads: known(0),
    budgets: known([]),
    rights: known([]),
    rootsReadFrom: known('config-map'),
  };
}

function filesOf({ caCert, caKey, certChain, rootCert, crl }: CaSecret): Record<string, string> {
  return {
    'ca-cert.pem': caCert,
    'ca-key.pem': caKey,
    'cert-chain.pem': certChain,
    'root-cert.pem': rootCert,
    ...(crl === undefined ? {} : { 'ca-crl.pem': crl }),
  };
}
