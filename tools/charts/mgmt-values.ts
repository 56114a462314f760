import { mgmtConfigSchema } from '../../packages/mgmt/src/config.ts';
import { partialJsonSchemaOf } from '../../packages/shared/src/config/index.ts';
import {
  asKubernetes,
  count,
  flag,
  group,
  labels,
  listOf,
  objectName,
  oneOf,
  optionalName,
  optionalSecretKey,
  podValues,
  secretKey,
  serviceMonitorValues,
  serviceName,
  text,
  type ValueSchema,
} from './value-schema.ts';

const natsAddress = text('an address', { pattern: '^(nats|tls)://(\\{\\{[^{}]*\\}\\}|[^\\s{}])+$' });
const filled = { minLength: 1 };

/** What must be so of some values where others are as they are. */
const implied = (where: ValueSchema, then: ValueSchema): ValueSchema => ({
  if: { properties: where },
  then: { properties: then },
});
const together = {
  allOf: [
    // For one process at a time can have the file open.
    implied({ store: { properties: { kind: { const: 'sqlite' } } } }, { replicas: { maximum: 1 } }),
    // Without an account mgmt makes no users, and would leave the rest out in silence.
    implied({ nats: { properties: { revocation: { const: true } } } }, { nats: { properties: { account: filled } } }),
    implied({ nats: { properties: { account: filled } } }, { nats: { properties: { existingSecret: filled } } }),
  ],
};

/** The values of deploy/helm/reroot-mgmt. */
export const mgmtValues: ValueSchema = group(
  'values of reroot-mgmt',
  {
    global: { type: 'object', description: 'what a chart above this one gives to all; not read' },
    name: text('name of every object, and in the address of the Service', serviceName),
    replicas: count('how many mgmts run; one leads, the others stand by. More than one needs `store.kind: kubernetes`', 1, 5),
    store: group('where mgmt keeps what it knows', {
      kind: oneOf('`kubernetes`: in Secrets of this namespace; `sqlite`: on a volume', ['kubernetes', 'sqlite']),
      name: text('name of the store in Kubernetes; a copy or a restore can have another', objectName),
    }),
    persistence: group('the volume of `store.kind: sqlite`', {
      size: text('its size', { pattern: '^[0-9]+[EPTGMK]i?$' }),
      storageClassName: text('its class; that of the cluster where it is empty'),
      existingClaim: text('a claim that is there, in its place', optionalName),
    }),
    identity: group('the key that mgmt signs with, from `reroot keygen --out mgmt.key`', {
      existingSecret: text('a Secret that has it', objectName),
      key: text('its key there', secretKey),
      nextKey: text("key of the Secret with the one that is to follow it, while mgmt's key is changed", optionalSecretKey),
    }),
    keyStore: group(
      'the passphrase that keys of roots are encrypted with; not read where `config.keyStore` says something else',
      {
        existingSecret: text('a Secret that has it', optionalName),
        key: text('its key there', secretKey),
      },
    ),
    nats: group('how NATS is reached', {
      servers: listOf(
        'addresses, such as `tls://nats.example.com:4222`; templates in them are rendered: `tls://{{ .Release.Name }}-nats.{{ .Release.Namespace }}.svc:4222`',
        natsAddress,
        { minItems: 1 },
      ),
      agentServers: listOf('addresses that join files give to agents; the same where it is empty', natsAddress),
      plaintext: oneOf('whether servers that are elsewhere may be spoken to without TLS', ['refused', 'allowed']),
      existingSecret: text(
        'a Secret with the files of `reroot nats init` for mgmt, under their names: `ca.crt`, `mgmt.creds`, `account-signing.seed`, `operator-signing.seed`, `system.creds`; or with the CA and the credentials of another NATS; empty for one that asks for neither',
        optionalName,
      ),
      caKey: text(
        'key there of the CA that the servers are verified with; the CAs of the image do where it is empty',
        optionalSecretKey,
      ),
      credentialsKey: text('key there of the credentials of mgmt; none where it is empty', optionalSecretKey),
      caSecret: group('where the CA is in another Secret, such as that of the certificate of a NATS', {
        name: text('that Secret', optionalName),
        key: text('its key there', secretKey),
      }),
      account: text('public key of the account, as `reroot nats init` prints it; without it mgmt makes no users', {
        pattern: '^(A[A-Z2-7]{55})?$',
      }),
      revocation: flag('whether mgmt revokes users; needs `operator-signing.seed`, `system.creds` and `nats.account`'),
    }),
    tls: group('how the API speaks TLS', {
      mode: oneOf(
        '`secret`: with a certificate that is there; `cert-manager`: with one that it makes; `none`: not at all, for a proxy in front',
        ['secret', 'cert-manager', 'none'],
      ),
      secretName: text('the Secret with `tls.crt` and `tls.key`', objectName),
      certificate: group('what cert-manager is asked for', {
        issuerRef: group('the issuer', {
          name: text('its name', optionalName),
          kind: oneOf('its kind', ['Issuer', 'ClusterIssuer']),
        }),
        dnsNames: listOf('names beside those of the Service', text('a name', { minLength: 1 })),
        duration: text('its life', { pattern: '^[0-9]+h$' }),
      }),
      caFromSecret: flag(
        'whether the Secret has `ca.crt`, by which replicas, and a ServiceMonitor, verify one another; else the CAs of the image do',
      ),
    }),
    access: group('who may use the API, besides what `config.api.access` says', {
      kubernetes: flag('whoever this cluster knows, by the roles of RBAC on `reroot.dev`'),
      peopleRoles: flag('whether the chart makes the ClusterRoles `reroot-viewer`, `-operator`, `-approver` and `-admin`'),
    }),
    secrets: listOf(
      'Secrets that meshes name, which mgmt may then get by their names',
      group('one', {
        namespace: text('its namespace; that of mgmt where it is empty', optionalName),
        name: text('its name', objectName),
      }),
    ),
    crds: group('the CustomResourceDefinitions', {
      install: flag('whether they are part of the release: installed and upgraded with it, and kept when it is uninstalled'),
    }),
    customResources: group('meshes, rotations and approvals as objects of this namespace: docs/resources.md', {
      enabled: flag('whether mgmt follows them'),
      admissionPolicy: flag(
        'whether the chart makes the ValidatingAdmissionPolicy by which nobody acts under the name of somebody else; mgmt then takes names for verified',
      ),
    }),
    rbac: group('what mgmt may do', { create: flag('whether the chart makes roles and bindings') }),
    config: {
      ...partialJsonSchemaOf(mgmtConfigSchema),
      description:
        'more of the configuration, with the keys of docs/configuration.md; what the chart sets itself is overwritten by it',
      'x-documented': 'docs/configuration.md',
    },
    service: group('the Service', {
      type: oneOf('its type', ['ClusterIP', 'NodePort', 'LoadBalancer']),
      port: count('its port', 1, 65_535),
      annotations: labels('its annotations'),
    }),
    podDisruptionBudget: group('a PodDisruptionBudget, where there are several replicas', {
      enabled: flag('whether there is one'),
      maxUnavailable: count('how many may be away at once; fewer than there are replicas in any case', 1, 4),
    }),
    networkPolicy: group('a NetworkPolicy', {
      enabled: flag('whether there is one'),
      apiFrom: asKubernetes('who may reach the API, as `from` of a NetworkPolicy; everybody where it is empty', 'array'),
      natsPorts: listOf('more ports of NATS than those of `nats.servers`', count('a port', 1, 65_535)),
      apiServerPorts: listOf('ports of the API server', count('a port', 1, 65_535)),
      extraEgress: asKubernetes('more that it may reach: Vault, an OIDC issuer, webhooks, Prometheus', 'array'),
    }),
    monitoring: group('metrics', {
      serviceMonitor: serviceMonitorValues,
      tokenSecret: group('the token of a viewer that Prometheus shows, whose digest stands in `config.api.access.tokens`', {
        name: text('a Secret of this namespace', optionalName),
        key: text('its key there', { minLength: 1 }),
      }),
      prometheusRule: group('the alert rules of deploy/monitoring, as a PrometheusRule', {
        enabled: flag('whether there is one; its CRD must be in the cluster'),
        labels: labels('labels by which your Prometheus selects it'),
      }),
    }),
    ...podValues('mgmt'),
    topologySpreadConstraints: asKubernetes('how replicas are spread; over nodes where it is empty', 'array'),
  },
  together,
);
