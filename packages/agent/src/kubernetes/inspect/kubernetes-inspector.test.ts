import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SeenCluster } from '../../inspect/inspector.ts';
import { type Ca, createCa, makeContent } from '../../testing/ca.ts';
import { kubernetesConfigSchema } from '../config.ts';
import { createMemoryKubeApi, type MadeRequest, type MemoryKubeApi } from '../testing/memory-kube-api.ts';
import type { ProxyPod } from '../workloads/proxy-pod.ts';
import { createKubernetesInspector } from './kubernetes-inspector.ts';

const { signal } = new AbortController();
const startedAtMs = Date.now();
/** Waits are over at once, but for the deadline of a fact, which is longer than all of them. */
const clock: Clock = {
  now: () => startedAtMs,
  sleep: (ms, aborted) =>
    ms < 4_000
      ? Promise.resolve()
      : new Promise((_, reject) => aborted?.addEventListener('abort', () => reject(aborted.reason as Error), { once: true })),
};
const account = { namespace: 'reroot', name: 'reroot-agent' };
const secretPath = '/api/v1/namespaces/istio-system/secrets/cacerts';
const mutating = '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations?labelSelector=app';
const validating = '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations?labelSelector=app';
const podsPath = '/api/v1/namespaces/istio-system/pods?labelSelector=app%3Distiod';

let a: Ca;
let b: Ca;
let api: MemoryKubeApi;
let proxies: readonly ProxyPod[];

beforeAll(async () => {
  [a, b] = await Promise.all([createCa('root A', startedAtMs), createCa('root B', startedAtMs)]);
});

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
const webhook = (name: string, caBundle: string, resourceVersion = '1', app = 'sidecar-injector'): object => ({
  metadata: { name, resourceVersion, labels: { app } },
  webhooks: [{ clientConfig: { caBundle: base64(caBundle) } }],
});
const istiodPod = {
  metadata: { name: 'istiod-1', namespace: 'istio-system', labels: { app: 'istiod', istio: 'pilot' } },
  spec: { containers: [{ name: 'discovery', image: 'istio/pilot:1.30.1' }] },
  status: { phase: 'Running' },
};

beforeEach(async () => {
  const { caCert, caKey, certChain, rootCert } = await makeContent([a], a);
  api = createMemoryKubeApi();
  const files = { 'ca-cert.pem': caCert, 'ca-key.pem': caKey, 'cert-chain.pem': certChain, 'root-cert.pem': rootCert };
  const data = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, base64(text)]));
  api.put(secretPath, { metadata: { name: 'cacerts', namespace: 'istio-system' }, data });
  answering({});
  proxies = [];
});

/** Lists by their paths; every right is given. */
function answering(lists: Record<string, object | Error | ((request: MadeRequest) => object)>): void {
  const usual: typeof lists = { [podsPath]: { items: [istiodPod] }, [mutating]: { items: [] }, [validating]: { items: [] } };
  api.answer = (request) => {
    if (request.verb === 'create') return { status: { allowed: true } };
    const given = lists[request.path] ?? usual[request.path];
    if (given instanceof Error) throw given;
    if (isMade(given)) return given(request);
    return given ?? (request.path.includes('poddisruptionbudgets') ? { items: [] } : undefined);
  };
}

function isMade(given: object | undefined): given is (request: MadeRequest) => object {
  return typeof given === 'function';
}

const inspect = (): Promise<SeenCluster> =>
  createKubernetesInspector({
    api,
    config: kubernetesConfigSchema.parse({}),
    account,
    rollouts: {
      list: async (owners) => owners.map((owner) => ({ owner, state: 'steady', blockedBy: 'gateway-budget' })),
    },
    proxyPods: async () => proxies,
    clock,
  }).inspect(signal);

describe('an inspection of a cluster', () => {
  it('knows every fact of a cluster that is as it should be', async () => {
    const { istiods, caFiles, rights, ...facts } = await inspect();
    expect(facts).toEqual({
      takenAtMs: startedAtMs,
      proxies: { kind: 'known', value: [] },
      webhooks: { kind: 'known', value: [] },
      meshRoots: { kind: 'known', value: 0 },
      outsideWorkloads: { kind: 'known', value: 0 },
      budgets: { kind: 'known', value: [] },
      rootsReadFrom: { kind: 'known', value: 'config-map' },
    });
    expect(istiods).toMatchObject({ kind: 'known', value: [{ name: 'istiod-1', version: '1.30.1' }] });
    expect(caFiles).toMatchObject({ kind: 'known', value: [{ namespace: 'istio-system', secret: 'cacerts' }] });
    expect(
      rights.kind === 'known' && rights.value.every(({ allowed }) => allowed.kind === 'known' && allowed.value === 'yes'),
    ).toBe(true);
  });

  it('says of each fact that it could not read why, and reads the others', async () => {
    const forbidden = new RerootError('RR_CLUSTER_FORBIDDEN', 'list webhooks is forbidden');
    answering({ [mutating]: forbidden });
    const { webhooks, istiods } = await inspect();
    expect(webhooks).toEqual({ kind: 'unknown', why: 'RR_CLUSTER_FORBIDDEN: list webhooks is forbidden' });
    expect(istiods.kind).toBe('known');
  });

  it('compares the caBundle of each webhook of istiod as a set of roots, and passes over those of others', async () => {
    answering({
      [mutating]: {
        items: [
          webhook('injector', `# istiod\n${a.certificate.pem}${a.certificate.pem}`),
          webhook('stale', b.certificate.pem),
          webhook('empty', ''),
          webhook('somebody', b.certificate.pem, '1', 'cert-manager'),
        ],
      },
      [validating]: { items: [webhook('validator', a.certificate.pem, '1', 'istiod')] },
    });
    const { webhooks } = await inspect();
    expect(webhooks.kind === 'known' && webhooks.value.map(({ name, kind, bundle }) => `${kind} ${name} ${bundle}`)).toEqual([
      'mutating injector equal',
      'mutating stale differs',
      'mutating empty missing',
      'validating validator equal',
    ]);
  });

  it('sees that a webhook is written between two looks', async () => {
    let version = 0;
    answering({
      [mutating]: () => {
        version += 1;
        return { items: [webhook('injector', a.certificate.pem, String(version)), webhook('calm', a.certificate.pem, '7')] };
      },
    });
    const { webhooks } = await inspect();
    expect(webhooks.kind === 'known' && webhooks.value.map(({ name, written }) => `${name} ${written}`)).toEqual([
      'injector meanwhile',
      'calm never',
    ]);
  });

  it('counts the roots of the mesh configuration and the workloads outside', async () => {
    answering({
      '/apis/networking.istio.io/v1/workloadentries?limit=500': { items: [{}, {}], metadata: { remainingItemCount: 3 } },
    });
    api.put('/apis/networking.istio.io/v1/workloadentries?limit=500', { metadata: { name: 'list' } });
    const mesh = 'caCertificates:\n- pem: x\n- spiffeBundleUrl: y\ntrustDomain: td\n';
    api.put('/api/v1/namespaces/istio-system/configmaps/istio', { metadata: { name: 'istio' }, data: { mesh } });
    const { meshRoots, outsideWorkloads } = await inspect();
    expect([meshRoots, outsideWorkloads]).toEqual([
      { kind: 'known', value: 2 },
      { kind: 'known', value: 5 },
    ]);
  });

  it('names the budgets of istiod, and those in the way of a gateway', async () => {
    const budget = (name: string, app: string, disruptionsAllowed: number): object => ({
      metadata: { name },
      spec: { selector: { matchLabels: { app } } },
      status: { disruptionsAllowed },
    });
    const path = '/apis/policy/v1/namespaces/istio-system/poddisruptionbudgets';
    answering({ [path]: { items: [budget('istiod', 'istiod', 1), budget('other', 'kiali', 0)] } });
    const owner = { kind: 'Deployment', namespace: 'edge', name: 'gateway' } as const;
    const about = { namespace: 'edge', name: 'gateway-1', key: 'k', startedAtMs: 0, owner, learns: 'pushed' } as const;
    const more = { leafLifetimeMs: 1, admin: { kind: 'none' }, version: '1.30.1', certificates: 'istiod', unread: [] } as const;
    proxies = [
      { ...about, ...more, role: 'gateway' },
      { ...about, ...more, name: 'gateway-2', role: 'gateway' },
    ];
    const { budgets, proxies: grouped } = await inspect();
    expect(budgets).toEqual({
      kind: 'known',
      value: [
        { name: 'istiod', namespace: 'istio-system', guards: 'istiod', allowed: 1 },
        { name: 'gateway-budget', namespace: 'edge', guards: 'gateway', allowed: 0 },
      ],
    });
    expect(grouped).toMatchObject({ value: [{ role: 'gateway', count: 2, examples: ['edge/gateway-1', 'edge/gateway-2'] }] });
  });

  it('ends with the reason of the signal, and with nothing else', async () => {
    const stop = AbortSignal.abort(new Error('the agent stops'));
    const options = { api, config: kubernetesConfigSchema.parse({}), account, clock, proxyPods: async () => [] };
    const inspector = createKubernetesInspector({ ...options, rollouts: { list: async () => [] } });
    await expect(inspector.inspect(stop)).rejects.toThrow('the agent stops');
  });
});
