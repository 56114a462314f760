import type { LabClusterPlan } from '../lab-plan.ts';
import { istiodKubeconfig, istiodTokenMount } from '../mesh/istiod-image.ts';
import { env, field, type Manifest, podVariables } from './manifest.ts';

export const istioNamespace = 'istio-system';
export const istiodImage = 'istio/pilot';

/**
 * What Istio's chart `istio-discovery` makes, as far as the lab needs it; the environment of the process is the pod's.
 * @param hosts under which proxies find istiod, beside its names: there is no DNS, so these are addresses
 */
export function istiodObjects(plan: LabClusterPlan, hosts: readonly string[]): readonly Manifest[] {
  const named = { name: 'istiod', namespace: istioNamespace };
  return [
    {
      path: `/api/v1/namespaces/${istioNamespace}`,
      object: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: istioNamespace } },
    },
    {
      path: `/api/v1/namespaces/${istioNamespace}/serviceaccounts/istiod`,
      object: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: named },
    },
    {
      path: '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/istiod',
      object: {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRoleBinding',
        metadata: { name: 'istiod' },
        // The rights of istiod are not what is tested here.
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
        subjects: [{ kind: 'ServiceAccount', ...named }],
      },
    },
    {
      path: `/api/v1/namespaces/${istioNamespace}/configmaps/istio`,
      object: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { ...named, name: 'istio' },
        data: { mesh: JSON.stringify(meshConfig) },
      },
    },
    { path: `/apis/apps/v1/namespaces/${istioNamespace}/deployments/istiod`, object: istiodDeployment(plan, hosts) },
    {
      path: `/apis/policy/v1/namespaces/${istioNamespace}/poddisruptionbudgets/istiod`,
      object: {
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: named,
        spec: { minAvailable: 1, selector: { matchLabels: { app: 'istiod' } } },
      },
    },
  ];
}

/** Services are exported to nobody: istiod would otherwise give each proxy a listener on the address of the API server. */
const meshConfig = { defaultServiceExportTo: ['~'], trustDomain: 'cluster.local', rootNamespace: istioNamespace };

function istiodDeployment(plan: LabClusterPlan, hosts: readonly string[]): object {
  const labels = { app: 'istiod', istio: 'pilot', 'istio.io/rev': 'default' };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'istiod', namespace: istioNamespace, labels },
    spec: {
      replicas: plan.replicas,
      strategy: { rollingUpdate: { maxSurge: '100%', maxUnavailable: '25%' } },
      selector: { matchLabels: { app: 'istiod', 'istio.io/rev': 'default' } },
      template: { metadata: { labels }, spec: istiodPod(plan, hosts) },
    },
  };
}

function istiodPod(plan: LabClusterPlan, hosts: readonly string[]): object {
  return {
    serviceAccountName: 'istiod',
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: 5,
    containers: [istiodContainer(plan, hosts)],
    volumes: [
      // In Istio's chart the Secret is optional, and an istiod that starts without makes itself a root.
      { name: 'cacerts', secret: { secretName: 'cacerts', optional: plan.ca === 'self-signed' } },
      { name: 'config-volume', configMap: { name: 'istio' } },
      { name: 'token', projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } },
    ],
  };
}

function istiodContainer({ name, multiRoot, istiodVersion }: LabClusterPlan, hosts: readonly string[]): object {
  return {
    name: 'discovery',
    image: `${istiodImage}:${istiodVersion}`,
    args: [
      ...['discovery', '--kubeconfig', istiodKubeconfig, '--clusterID', name, '--namespace', istioNamespace],
      ...['--meshConfig', './etc/istio/config/mesh', '--domain', 'cluster.local'],
      ...['--httpAddr', '$(POD_IP):8080', '--httpsAddr', '$(POD_IP):15017', '--grpcAddr', '$(POD_IP):15010'],
      ...['--secureGRPCAddr', '$(POD_IP):15012', '--monitoringAddr', '$(POD_IP):15014'],
      ...['--ctrlz_address', '$(POD_IP)', '--ctrlz_port', '9876', '--keepaliveMaxServerConnectionAge', '30m'],
    ],
    env: [
      ...podVariables,
      field('POD_IP', 'status.podIP'),
      ...env({
        REVISION: 'default',
        PILOT_CERT_PROVIDER: 'istiod',
        CLUSTER_ID: name,
        ROOT_CA_DIR: './etc/cacerts',
        ISTIO_MULTIROOT_MESH: String(multiRoot === 'on'),
        INJECT_ENABLED: 'false',
        INJECTION_WEBHOOK_CONFIG_NAME: '',
        VALIDATION_WEBHOOK_CONFIG_NAME: '',
        ISTIOD_CUSTOM_HOST: hosts.join(','),
      }),
    ],
    readinessProbe: { httpGet: { path: '/ready', port: 8080 } },
    volumeMounts: [
      { name: 'cacerts', mountPath: '/etc/cacerts' },
      { name: 'config-volume', mountPath: '/etc/istio/config' },
      { name: 'token', mountPath: istiodTokenMount },
    ],
  };
}
