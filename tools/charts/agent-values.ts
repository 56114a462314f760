import { agentConfigSchema } from '../../packages/agent/src/config.ts';
import { partialJsonSchemaOf } from '../../packages/shared/src/config/index.ts';
import {
  asKubernetes,
  count,
  flag,
  group,
  listOf,
  objectName,
  optionalName,
  podValues,
  secretKey,
  serviceMonitorValues,
  serviceName,
  text,
  type ValueSchema,
} from './value-schema.ts';

const namespaceName = text('a namespace', { pattern: '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$' });

/** The values of deploy/helm/reroot-agent. */
export const agentValues: ValueSchema = group('values of reroot-agent', {
  global: { type: 'object', description: 'what a chart above this one gives to all; not read' },
  name: text('name of every object; two agents in one namespace need two', serviceName),
  join: group('the join file of `reroot cluster add`', {
    existingSecret: text('a Secret that has it; may be gone once the agent has joined', optionalName),
    key: text('its key there', secretKey),
    file: text('the file itself, with `--set-file join.file=join.yaml`: the chart makes the Secret'),
  }),
  istio: group('where Istio is', {
    namespaces: listOf('where istiods run, the most important one first', namespaceName, {
      minItems: 1,
      maxItems: 16,
      uniqueItems: true,
    }),
    meshConfigMaps: listOf(
      'ConfigMaps with the mesh configuration; that of a revision is `istio-REVISION`',
      text('a ConfigMap', objectName),
    ),
  }),
  config: {
    ...partialJsonSchemaOf(agentConfigSchema),
    description: 'more of the configuration, with the keys of docs/agent.md; what the chart sets itself is overwritten by it',
    'x-documented': 'docs/agent.md',
  },
  rbac: group('what the agent may do, besides what it must', {
    create: flag('whether the chart makes roles and bindings'),
    restarts: flag('restart workloads, where the mesh asks for it'),
    inspection: flag('look at webhooks and WorkloadEntries, for `reroot preflight`'),
    trustBundle: flag(
      'read the ClusterTrustBundle of istiod; given in any case where `config.kubernetes.istio.trustBundle` needs it',
    ),
    evidence: flag('look into proxies; never given where `config.kubernetes.workloads.evidence` is `none`'),
  }),
  vault: group('what the agent may do to log in to Vault', {
    tokenSecret: text('Secret of the namespace of the agent with a token of Vault (`tokenSecretRef`)', optionalName),
    serviceAccount: text('ServiceAccount, made by the chart, that it logs in as (`serviceAccountRef`)', optionalName),
  }),
  monitoring: group('metrics and probes', {
    port: count('where the agent serves `/metrics` and `/healthz`', 1, 65_535),
    podMonitor: serviceMonitorValues,
  }),
  networkPolicy: group('a NetworkPolicy', {
    enabled: flag('whether there is one'),
    metricsFrom: asKubernetes('who may ask for metrics, as `from` of a NetworkPolicy; everybody where it is empty', 'array'),
    natsPorts: listOf('ports of NATS', count('a port', 1, 65_535)),
    apiServerPorts: listOf('ports of the API server', count('a port', 1, 65_535)),
    extraEgress: asKubernetes('more that it may reach, such as Vault', 'array'),
  }),
  ...podValues('the agent'),
});
