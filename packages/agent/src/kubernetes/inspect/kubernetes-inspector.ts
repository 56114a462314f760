import type { KubeApi, KubeObject } from '@reroot/kube-api';
import type { Clock } from '@reroot/shared/clock';
import { type InspectedBudget, type InspectedIstiod, known } from '@reroot/shared/protocol';
import type { Rollout } from '../../cluster/cluster.ts';
import { groupProxies } from '../../inspect/group-proxies.ts';
import type { Inspector, SeenCluster } from '../../inspect/inspector.ts';
import { judgeCaFiles, type OpenedSecret } from '../../inspect/judge-ca-files.ts';
import { learn } from '../../inspect/learn.ts';
import type { ServiceAccount } from '../account-token/account-token.ts';
import { readNamespaceCa } from '../ca-secret/namespace-ca.ts';
import { textOf } from '../ca-secret/secret-object.ts';
import type { KubernetesConfig } from '../config.ts';
import type { PodObject } from '../istiod/pod.ts';
import { listDisruptionBudgets } from '../rollouts/disruption-budgets.ts';
import { matchesLabels } from '../rollouts/label-selector.ts';
import type { Rollouts } from '../rollouts/rollouts.ts';
import type { ProxyPod } from '../workloads/proxy-pod.ts';
import { countMeshRoots } from './count-mesh-roots.ts';
import { inspectIstiodPod } from './inspect-istiod-pod.ts';
import { inspectRights, rightsOf } from './rights.ts';
import { inspectWebhooks } from './webhooks.ts';

/** What looking at a cluster works with. */
export interface KubernetesInspectorOptions {
  readonly api: KubeApi;
  readonly config: KubernetesConfig;
  readonly account: ServiceAccount;
  readonly rollouts: Pick<Rollouts, 'list'>;
  /** The pods with a proxy, as they are followed already. */
  readonly proxyPods: (signal: AbortSignal) => Promise<readonly ProxyPod[]>;
  readonly clock: Clock;
}

/** Looks at everything at once, each fact with its own deadline. It reads only; docs/rbac.md says what it may read. */
export function createKubernetesInspector(options: KubernetesInspectorOptions): Inspector {
  const { api, config, account, proxyPods, clock } = options;
  const { namespaces, rootConfigMap, trustBundle } = config.istio;
  return {
    inspect: async (signal): Promise<SeenCluster> => {
      const look = <T>(read: (inner: AbortSignal) => Promise<T>) => learn({ clock, signal }, read);
      // Each namespace of istiod is asked once, and several facts are made of it.
      const pods = once((inner) => listIstiods(api, namespaces, inner));
      const secrets = once((inner) => openSecrets(api, namespaces, inner));
      const { workloads, events } = config;
      const rights = rightsOf({ namespaces, account, rootConfigMap, trustBundle, evidence: workloads.evidence, events });
      const [istiods, proxies, caFiles, webhooks, meshRoots, outsideWorkloads, budgets, allowed] = await Promise.all([
        look(async (inner) => (await pods(inner)).map(({ istiod }) => istiod)),
        look(async (inner) => groupProxies(await proxyPods(inner))),
        look(async (inner) => judgeAll(await secrets(inner), await pods(inner), clock.now())),
        look(async (inner) => inspectWebhooks({ api, clock, rootsOf: async (again) => rootsOf(await secrets(again)) }, inner)),
        look(async (inner) => countAllMeshRoots(api, await pods(inner), inner)),
        look((inner) => countOutside(api, inner)),
        look(async (inner) => listBudgets(options, await pods(inner), await proxyPods(inner), inner)),
        look((inner) => inspectRights(api, rights, inner)),
      ]);
      const facts = { istiods, proxies, caFiles, webhooks, meshRoots, outsideWorkloads, budgets, rights: allowed };
      return { takenAtMs: clock.now(), ...facts, rootsReadFrom: known(trustBundle) };
    },
  };
}

/** A pod of istiod, and what is known of it. */
interface FoundIstiod {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly istiod: InspectedIstiod;
}

/** The same question, asked once; whoever asks later gets the same answer. */
function once<T>(ask: (signal: AbortSignal) => Promise<T>): (signal: AbortSignal) => Promise<T> {
  let asked: Promise<T> | undefined;
  return (signal) => {
    asked ??= ask(signal);
    return asked;
  };
}

async function listIstiods(api: KubeApi, namespaces: readonly string[], signal: AbortSignal): Promise<readonly FoundIstiod[]> {
  const primary = namespaces[0];
  // As istiod-pods.ts calls them.
  const nameOf = (namespace: string, pod: string): string => (namespace === primary ? pod : `${namespace}/${pod}`);
  const lists = await Promise.all(
    namespaces.map(async (namespace) => {
      const path = `/api/v1/namespaces/${namespace}/pods?labelSelector=app%3Distiod`;
      const { items = [] } = await api.get<{ readonly items?: readonly PodObject[] }>(path, signal);
      return items.flatMap((pod) => {
        const istiod = inspectIstiodPod(pod, nameOf);
        return istiod === undefined ? [] : [{ namespace, labels: pod.metadata.labels ?? {}, istiod }];
      });
    }),
  );
  return lists.flat();
}

async function openSecrets(api: KubeApi, namespaces: readonly string[], signal: AbortSignal): Promise<readonly OpenedSecret[]> {
  const cas = await Promise.all(namespaces.map((namespace) => readNamespaceCa(api, namespace, signal)));
  return cas.map(({ namespace, secret }) => {
    if (secret === undefined) return { namespace, secret };
    const files = Object.fromEntries(Object.keys(secret.data ?? {}).map((key) => [key, textOf(secret, key)]));
    return { namespace, secret: { name: secret.metadata.name === 'cacerts' ? 'cacerts' : 'istio-ca-secret', files } };
  });
}

function judgeAll(
  secrets: readonly OpenedSecret[],
  pods: readonly FoundIstiod[],
  nowMs: number,
): ReturnType<typeof judgeCaFiles>[] {
  return secrets.map((secret) => {
    const readers = pods.filter(({ namespace }) => namespace === secret.namespace).map(({ istiod }) => istiod);
    return judgeCaFiles(secret, readers, nowMs);
  });
}

/** Of the first namespace that has any. */
function rootsOf(secrets: readonly OpenedSecret[]): string | undefined {
  const { name, files } = secrets.find(({ secret }) => secret !== undefined)?.secret ?? {};
  if (files === undefined) return undefined;
  return name === 'cacerts' ? (files['root-cert.pem'] ?? files['ca.crt']) : files['ca-cert.pem'];
}

async function countAllMeshRoots(api: KubeApi, pods: readonly FoundIstiod[], signal: AbortSignal): Promise<number> {
  const installations = new Map(pods.map((pod) => [`${pod.namespace} ${pod.istiod.revision}`, pod]));
  const counts = await Promise.all(
    [...installations.values()].map(({ namespace, istiod }) => countMeshRoots(api, namespace, istiod.revision, signal)),
  );
  return Math.max(0, ...counts);
}

/** 0 where Istio's resources are not installed. */
async function countOutside(api: KubeApi, signal: AbortSignal): Promise<number> {
  type Entries = { readonly items?: readonly KubeObject[]; readonly metadata?: { readonly remainingItemCount?: number } };
  const found = await api.find<Entries>('/apis/networking.istio.io/v1/workloadentries?limit=500', signal);
  return (found?.items?.length ?? 0) + (found?.metadata?.remainingItemCount ?? 0);
}

async function listBudgets(
  { api, rollouts }: KubernetesInspectorOptions,
  pods: readonly FoundIstiod[],
  proxies: readonly ProxyPod[],
  signal: AbortSignal,
): Promise<readonly InspectedBudget[]> {
  const namespaces = [...new Set(pods.map(({ namespace }) => namespace))];
  const ofIstiod = await Promise.all(
    namespaces.map(async (namespace) => {
      const budgets = await listDisruptionBudgets(api, namespace, signal);
      return budgets
        .filter(({ spec }) => pods.some((pod) => pod.namespace === namespace && guards(spec?.selector, pod.labels)))
        .map(({ metadata, status }): InspectedBudget => {
          return { name: metadata.name, namespace, guards: 'istiod', allowed: Math.max(0, status?.disruptionsAllowed ?? 0) };
        });
    }),
  );
  const gateways = proxies.flatMap(({ role, owner }) => (role === 'gateway' && owner !== undefined ? [owner] : []));
  const distinct = [...new Map(gateways.map((owner) => [`${owner.kind} ${owner.namespace}/${owner.name}`, owner])).values()];
  return [...ofIstiod.flat(), ...(await rollouts.list(distinct, signal)).flatMap(blockedGateway)];
}

function guards(selector: Parameters<typeof matchesLabels>[0] | undefined, labels: Readonly<Record<string, string>>): boolean {
  return selector !== undefined && matchesLabels(selector, labels);
}

/** Only a budget that stands in the way of a restart is of matter. */
function blockedGateway({ owner, blockedBy }: Rollout): readonly InspectedBudget[] {
  return blockedBy === undefined ? [] : [{ name: blockedBy, namespace: owner.namespace, guards: 'gateway', allowed: 0 }];
}
