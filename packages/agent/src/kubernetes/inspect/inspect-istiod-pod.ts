import type { InspectedIstiod, Switch } from '@reroot/shared/protocol';
import { isGoTrue, parseGoDuration } from '../istiod/go-values.ts';
import { reduceIstiodPod } from '../istiod/istiod-pod.ts';
import { type PodContainer, type PodObject, readVariable } from '../istiod/pod.ts';
import { imageVersion } from './image-version.ts';

/** The variables that an inspection is made of. */
const settings = [
  'ISTIO_MULTIROOT_MESH',
  'ENABLE_CLUSTER_TRUST_BUNDLE_API',
  'PILOT_CA_CERT_CONFIGMAP',
  'MAX_WORKLOAD_CERT_TTL',
  'EXTERNAL_CA',
  'ENABLE_CA_SERVER',
] as const;

/** Name of istiod's container in its chart. */
const containerName = 'discovery';
/** PILOT_CA_CERT_CONFIGMAP (pilot/pkg/features/pilot.go). */
const defaultConfigMap = 'istio-ca-root-cert';
/** MAX_WORKLOAD_CERT_TTL (pilot/pkg/bootstrap/istio_ca.go). */
const defaultLongestLeafMs = 90 * 86_400_000;

/**
 * What a pod of istiod says of its settings; undefined where it runs no longer.
 * @param name what the replica is called elsewhere
 */
export function inspectIstiodPod(
  object: unknown,
  nameOf: (namespace: string, pod: string) => string,
): InspectedIstiod | undefined {
  const reduced = reduceIstiodPod(object);
  if (reduced === undefined) return undefined;
  const { metadata, spec } = object as PodObject;
  const containers = spec?.containers ?? [];
  const container = containers.find(({ name }) => name === containerName) ?? containers[0] ?? { name: '' };
  const labels = metadata.labels ?? {};
  return {
    name: nameOf(reduced.namespace, reduced.pod),
    version: imageVersion(container.image, labels['app.kubernetes.io/version']),
    revision: labels['istio.io/rev'] ?? 'default',
    startedAtMs: reduced.startedAtMs,
    multiRoot: reduced.multiRoot,
    trustBundles: readSwitch(container, 'ENABLE_CLUSTER_TRUST_BUNDLE_API', 'off'),
    rootConfigMap: textOf(container, 'PILOT_CA_CERT_CONFIGMAP', defaultConfigMap),
    longestLeafMs: longestLeafOf(container),
    externalCa: externalCaOf(container),
    unread: settings.filter((setting) => readVariable(container, setting).kind === 'elsewhere'),
  };
}

/** What Go does not read as a boolean counts as the default. */
function readSwitch(container: PodContainer, name: string, otherwise: Switch): Switch {
  const variable = readVariable(container, name);
  switch (variable.kind) {
    case 'absent':
      return otherwise;
    case 'elsewhere':
      return 'unknown';
    case 'set':
      return isGoTrue(variable.value) ? 'on' : 'off';
  }
}

function textOf(container: PodContainer, name: string, otherwise: string): string {
  const variable = readVariable(container, name);
  return variable.kind === 'set' && variable.value !== '' ? variable.value : otherwise;
}

function longestLeafOf(container: PodContainer): number {
  const variable = readVariable(container, 'MAX_WORKLOAD_CERT_TTL');
  const ms = variable.kind === 'set' ? parseGoDuration(variable.value) : undefined;
  return ms === undefined || ms <= 0 ? defaultLongestLeafMs : Math.ceil(ms);
}

/** With EXTERNAL_CA istiod hands requests on; with ENABLE_CA_SERVER=false proxies ask somebody else, such as istio-csr. */
function externalCaOf(container: PodContainer): string {
  const external = readVariable(container, 'EXTERNAL_CA');
  if (external.kind === 'set' && external.value !== '') return `EXTERNAL_CA=${external.value}`;
  const serves = readVariable(container, 'ENABLE_CA_SERVER');
  return serves.kind === 'set' && !isGoTrue(serves.value) ? 'another server (ENABLE_CA_SERVER is not true)' : '';
}
