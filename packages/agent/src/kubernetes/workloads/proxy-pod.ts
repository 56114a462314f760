import type { ObjectMeta } from '@reroot/kube-api';
import type { InspectedProxies } from '@reroot/shared/protocol';
import type { Owner, ProxyRole, Workload } from '../../cluster/cluster.ts';
import { clockMarginMs } from '../../install/moment.ts';
import { imageVersion } from '../inspect/image-version.ts';
import { isGoTrue, parseGoDuration } from '../istiod/go-values.ts';
import { hasFinished, type PodContainer, type PodObject, readVariable } from '../istiod/pod.ts';

/** What is kept of a pod whose proxy runs. */
export interface ProxyPod
  extends Pick<Workload, 'namespace' | 'name' | 'role' | 'startedAtMs' | 'owner' | 'learns' | 'leafLifetimeMs' | 'endsAtMs'> {
  /** Changes when the proxy is started anew. */
  readonly key: string;
  readonly admin: AdminInterface;
  /** Of its image; empty where that does not say. */
  readonly version: string;
  readonly certificates: InspectedProxies['certificates'];
  /** Variables that could not be read. */
  readonly unread: readonly string[];
}

/**
 * Where the proxy can be asked what it holds. `none`: it has no admin interface, or holds its certificates under names
 * that are its own.
 */
export type AdminInterface = { readonly kind: 'envoy' | 'ztunnel'; readonly port: number } | { readonly kind: 'none' };

/** Ports of the admin interfaces, where the pod names none itself. */
export interface AdminPorts {
  readonly sidecarAdminPort: number;
  readonly ztunnelAdminPort: number;
}

/** Name of the proxy's container in all of Istio's templates, that of ztunnel included. */
const containerName = 'istio-proxy';
const dayMs = 86_400_000;
/** SECRET_TTL of pilot-agent where the variable is not set, or is no duration (pilot/cmd/pilot-agent/options). */
const defaultLifetimeMs = dayMs;
/**
 * MAX_WORKLOAD_CERT_TTL: istiod signs for no longer, unless it is told to (pilot/pkg/bootstrap/istio_ca.go). What cannot be read
 * counts as this long: it is the time after which a proxy that cannot be read is believed to have renewed.
 */
const longestLifetimeMs = 90 * dayMs;

/** What is said of a proxy by the variables of its pod, beside SECRET_TTL. */
const switches = ['PROXY_CONFIG_XDS_AGENT', 'FILE_MOUNTED_CERTS', 'PROV_CERT'] as const;

/**
 * Reduces a pod to what is needed of its proxy.
 *
 * Left out, beside pods without a proxy, are those whose proxy does not run now: certificates live in the memory of the
 * proxy's own process, so it holds none, and has none to lag behind with. When it starts, it asks for what is valid then, and
 * is listed. Were it listed before, a pod that cannot be scheduled would hold up the mesh for ever. One that is being deleted
 * is kept: while it drains, it goes on trusting what it holds. How long, `isPresent` says.
 */
export function reduceProxyPod(object: unknown, ports: AdminPorts): ProxyPod | undefined {
  const pod = object as PodObject;
  const container = proxyContainerOf(pod);
  const startedAt = runningSince(pod);
  if (container === undefined || startedAt === undefined || hasFinished(pod)) return undefined;
  const { metadata } = pod;
  const role = roleOf(metadata, container);
  const namespace = metadata.namespace ?? '';
  const startedAtMs = Date.parse(startedAt);
  const lifetime = leafLifetimeOf(container, role);
  return {
    namespace,
    name: metadata.name,
    key: `${metadata.uid ?? `${namespace}/${metadata.name}`} ${startedAt}`,
    role,
    startedAtMs: Number.isNaN(startedAtMs) ? 0 : startedAtMs,
    owner: ownerOf(metadata),
    learns: role !== 'ztunnel' && isSwitchedOn(container, 'PROXY_CONFIG_XDS_AGENT') ? 'pushed' : 'renewed',
    leafLifetimeMs: lifetime.kind === 'read' ? lifetime.ms : longestLifetimeMs,
    ...endOf(metadata),
    admin: adminOf(container, role, ports),
    // The label of a workload's pod is that of the application.
    version: imageVersion(container.image, role === 'ztunnel' ? metadata.labels?.['app.kubernetes.io/version'] : undefined),
    certificates: certificatesOf(pod, container),
    unread: unreadOf(container, lifetime),
  };
}

/**
 * Whether a pod may still run. One on a node that is lost stays for ever in the words of the API server, and can be asked
 * nothing: it counts until its grace period has passed.
 */
export function isPresent({ endsAtMs }: Pick<ProxyPod, 'endsAtMs'>, nowMs: number): boolean {
  return endsAtMs === undefined || nowMs < endsAtMs + clockMarginMs;
}

/** `deletionTimestamp` is no time of the past: it is that of the request and the grace period together. */
function endOf({ deletionTimestamp }: ObjectMeta): Pick<ProxyPod, 'endsAtMs'> {
  return deletionTimestamp === undefined ? {} : { endsAtMs: Date.parse(deletionTimestamp) };
}

/** A native sidecar is an init container that goes on running. */
function proxyContainerOf({ spec }: PodObject): PodContainer | undefined {
  return [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].find(({ name }) => name === containerName);
}

function runningSince({ status }: PodObject): string | undefined {
  const statuses = [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])];
  return statuses.find(({ name }) => name === containerName)?.state?.running?.startedAt;
}

/** By what pilot-agent is told to be: `proxy sidecar`, `proxy router` or `proxy waypoint`; ztunnel by its label. */
function roleOf({ labels }: ObjectMeta, { args = [] }: PodContainer): ProxyRole {
  if (labels?.app === 'ztunnel' || (args[0] === 'proxy' && args[1] === 'ztunnel')) return 'ztunnel';
  switch (args[1]) {
    case 'router':
      return 'gateway';
    case 'waypoint':
      return 'waypoint';
    default:
      return 'sidecar';
  }
}

/**
 * A Deployment names its ReplicaSets `NAME-HASH` and puts HASH into the label `pod-template-hash` of their pods
 * (pkg/controller/deployment/sync.go of Kubernetes). A ReplicaSet without that belongs to nobody that could be rolled.
 */
function ownerOf({ namespace = '', labels, ownerReferences }: ObjectMeta): Owner | undefined {
  const { kind, name = '', apiVersion } = ownerReferences?.find(({ controller }) => controller === true) ?? {};
  if (apiVersion !== 'apps/v1') return undefined;
  if (kind === 'StatefulSet' || kind === 'DaemonSet') return { kind, namespace, name };
  const suffix = `-${labels?.['pod-template-hash'] ?? ''}`;
  if (kind !== 'ReplicaSet' || suffix === '-' || !name.endsWith(suffix)) return undefined;
  return { kind: 'Deployment', namespace, name: name.slice(0, -suffix.length) };
}

/** How long a leaf may live. */
type Lifetime = { readonly kind: 'read'; readonly ms: number } | { readonly kind: 'unread' };

/** By SECRET_TTL. */
function leafLifetimeOf(container: PodContainer, role: ProxyRole): Lifetime {
  const variable = readVariable(container, 'SECRET_TTL');
  if (variable.kind === 'absent') return { kind: 'read', ms: defaultLifetimeMs };
  if (variable.kind !== 'set') return { kind: 'unread' };
  const ms = parseGoDuration(variable.value) ?? 0;
  if (ms > 0) return { kind: 'read', ms: Math.ceil(ms) };
  // ztunnel reads more forms than Go does, such as `1d`.
  return role === 'ztunnel' ? { kind: 'unread' } : { kind: 'read', ms: defaultLifetimeMs };
}

/** Of SECRET_TTL it does not matter alone where it stands: its value may mean nothing to us. */
function unreadOf(container: PodContainer, lifetime: Lifetime): readonly string[] {
  const elsewhere = switches.filter((name) => readVariable(container, name).kind === 'elsewhere');
  return lifetime.kind === 'unread' ? ['SECRET_TTL', ...elsewhere] : elsewhere;
}

/**
 * The variables of the container are the whole truth: pilot-agent reads its switches from its environment alone, into which
 * the injector has written `proxyMetadata` of the mesh and of the pod's annotation.
 */
function isSwitchedOn(container: PodContainer, name: string): boolean {
  const variable = readVariable(container, name);
  return variable.kind === 'set' && isGoTrue(variable.value);
}

/**
 * Where the proxy has its certificates from. Istio's own templates make `workload-socket` an empty folder; with another SDS server,
 * such as SPIRE's, it comes from the node.
 */
function certificatesOf({ spec }: PodObject, container: PodContainer): InspectedProxies['certificates'] {
  if (isSwitchedOn(container, 'FILE_MOUNTED_CERTS')) return 'files';
  const shown = readVariable(container, 'PROV_CERT');
  if (shown.kind === 'set' && shown.value !== '') return 'provisioned';
  const socket = spec?.volumes?.find(({ name }) => name === 'workload-socket');
  return socket?.csi !== undefined || socket?.hostPath !== undefined ? 'external-sds' : 'istiod';
}

function adminOf(container: PodContainer, role: ProxyRole, ports: AdminPorts): AdminInterface {
  if (role === 'ztunnel') return { kind: 'ztunnel', port: ports.ztunnelAdminPort };
  // Proxyless gRPC has no Envoy; certificates from files stand in Envoy under the names of the files.
  if (isSwitchedOn(container, 'DISABLE_ENVOY') || isSwitchedOn(container, 'FILE_MOUNTED_CERTS')) return { kind: 'none' };
  return { kind: 'envoy', port: ownAdminPort(container) ?? ports.sidecarAdminPort };
}

/** `proxyAdminPort` of the mesh's `defaultConfig`, as the injector hands it to pilot-agent. */
function ownAdminPort(container: PodContainer): number | undefined {
  const variable = readVariable(container, 'PROXY_CONFIG');
  if (variable.kind !== 'set') return undefined;
  try {
    const config = JSON.parse(variable.value) as { readonly proxyAdminPort?: unknown } | null;
    const port = config?.proxyAdminPort;
    return typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined;
  } catch {
    return undefined;
  }
}
