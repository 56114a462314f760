import type { LabClusterPlan, WorkloadPlan } from '../lab-plan.ts';
import { proxyPorts } from '../mesh/envoy-bootstrap.ts';
import { proxyPaths } from '../mesh/proxy-image.ts';
import { env, field, type Manifest, podVariables } from './manifest.ts';

export const proxyImage = 'istio/proxyv2';

/** What a workload is told of its cluster. */
export interface WorkloadSurroundings {
  readonly plan: LabClusterPlan;
  /** `ADDRESS:PORT` of any istiod, for configuration. */
  readonly discoveryAddress: string;
  /** The same, for certificates. */
  readonly certificateAddress: string;
  /** A port on which something listens already, see `proxyConfig`. */
  readonly takenPort: number;
}

/** Namespace, ServiceAccount and Deployment of a workload, with the proxy as Istio's injector writes it. */
export function workloadObjects(workload: WorkloadPlan, surroundings: WorkloadSurroundings): readonly Manifest[] {
  const { namespace, name } = workload;
  return [
    { path: `/api/v1/namespaces/${namespace}`, object: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } } },
    {
      path: `/api/v1/namespaces/${namespace}/serviceaccounts/${name}`,
      object: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } },
    },
    { path: `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`, object: workloadDeployment(workload, surroundings) },
  ];
}

function workloadDeployment(workload: WorkloadPlan, surroundings: WorkloadSurroundings): object {
  const { namespace, name, replicas } = workload;
  const labels = {
    app: name,
    'istio.io/rev': 'default',
    'security.istio.io/tlsMode': 'istio',
    'service.istio.io/canonical-name': name,
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels: { app: name } },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels, annotations: { 'sidecar.istio.io/status': '{"revision":"default"}' } },
        spec: {
          serviceAccountName: name,
          automountServiceAccountToken: false,
          terminationGracePeriodSeconds: 5,
          containers: [proxyContainer(workload, surroundings)],
          volumes: [
            { name: 'istiod-ca-cert', configMap: { name: 'istio-ca-root-cert' } },
            {
              name: 'istio-token',
              projected: {
                sources: [{ serviceAccountToken: { audience: 'istio-ca', expirationSeconds: 43_200, path: 'istio-token' } }],
              },
            },
          ],
        },
      },
    },
  };
}

function proxyContainer({ role, xdsAgent }: WorkloadPlan, surroundings: WorkloadSurroundings): object {
  const { plan, certificateAddress } = surroundings;
  return {
    name: 'istio-proxy',
    image: proxyImage,
    args: ['proxy', role, '--domain', '$(POD_NAMESPACE).svc.cluster.local', '--proxyLogLevel=warning'],
    env: [
      ...podVariables,
      field('INSTANCE_IP', 'status.podIP'),
      ...env({
        PROXY_CONFIG: JSON.stringify(proxyConfig(surroundings)),
        PROXY_CONFIG_XDS_AGENT: String(xdsAgent === 'on'),
        CA_ADDR: certificateAddress,
        ISTIOD_SAN: 'istiod.istio-system.svc',
        ISTIO_META_CLUSTER_ID: plan.name,
        ISTIO_META_INTERCEPTION_MODE: 'NONE',
        TRUST_DOMAIN: 'cluster.local',
        GRPC_XDS_BOOTSTRAP: '',
      }),
    ],
    readinessProbe: { httpGet: { path: '/ready', port: proxyPorts.admin } },
    volumeMounts: [
      { name: 'istiod-ca-cert', mountPath: '/var/run/secrets/istio' },
      { name: 'istio-token', mountPath: '/var/run/secrets/tokens' },
    ],
  };
}

/**
 * ProxyConfig of Istio's mesh API.
 *
 * pilot-agent serves its status on every address of the machine, and has no means to be told otherwise. With a port that is
 * taken it says so in its log, and goes on without.
 */
function proxyConfig({ discoveryAddress, takenPort }: WorkloadSurroundings): object {
  return {
    discoveryAddress,
    statusPort: takenPort,
    concurrency: 1,
    proxyAdminPort: proxyPorts.admin,
    terminationDrainDuration: '1s',
    configPath: proxyPaths.config,
    binaryPath: proxyPaths.binary,
    customConfigFile: proxyPaths.bootstrap,
  };
}
