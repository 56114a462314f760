import { createFakeClock } from '@reroot/shared/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Owner } from '../../cluster/cluster.ts';
import { createMemoryKubeApi, type MemoryKubeApi } from '../testing/memory-kube-api.ts';
import { createRollouts, type Rollouts } from './rollouts.ts';

const signal = new AbortController().signal;
const takingAway = { rollingUpdate: { maxUnavailable: 1 } };
const web: Owner = { kind: 'Deployment', namespace: 'shop', name: 'web' };
const db: Owner = { kind: 'StatefulSet', namespace: 'shop', name: 'db' };
const ztunnel: Owner = { kind: 'DaemonSet', namespace: 'istio-system', name: 'ztunnel' };
const budgetsPath = (namespace: string): string => `/apis/policy/v1/namespaces/${namespace}/poddisruptionbudgets`;
const webPath = '/apis/apps/v1/namespaces/shop/deployments/web';
const dbPath = '/apis/apps/v1/namespaces/shop/statefulsets/db';
const ztunnelPath = '/apis/apps/v1/namespaces/istio-system/daemonsets/ztunnel';

describe('the rollouts of owners', () => {
  let api: MemoryKubeApi;
  let rollouts: Rollouts;

  const budget = (name: string, selector: object | undefined, disruptionsAllowed?: number): object => ({
    metadata: { name },
    spec: selector === undefined ? {} : { selector },
    ...(disruptionsAllowed === undefined ? {} : { status: { disruptionsAllowed } }),
  });
  const putBudgets = (...items: object[]): void => api.put(budgetsPath('shop'), { metadata: { name: '' }, items });

  beforeEach(() => {
    api = createMemoryKubeApi();
    rollouts = createRollouts({ api, clock: createFakeClock(Date.parse('2026-01-01T12:00:00Z')) });
    const template = { metadata: { labels: { app: 'web' }, annotations: { own: 'kept' } } };
    api.put(webPath, {
      metadata: { name: 'web' },
      spec: { replicas: 1, strategy: takingAway, template },
      status: { replicas: 1, updatedReplicas: 1, availableReplicas: 1 },
    });
    api.put(dbPath, { metadata: { name: 'db' }, spec: { replicas: 1 }, status: { replicas: 1 } });
    api.put(ztunnelPath, { metadata: { name: 'ztunnel' } });
    putBudgets();
    api.put(budgetsPath('istio-system'), { metadata: { name: '' }, items: [] });
  });

  it('are listed in the order asked for, without those that do not exist', async () => {
    const gone: Owner = { ...web, name: 'gone' };
    expect(await rollouts.list([ztunnel, gone, db, web], signal)).toEqual([
      { owner: ztunnel, state: 'steady', blockedBy: undefined },
      { owner: db, state: 'rolling', blockedBy: undefined },
      { owner: web, state: 'steady', blockedBy: undefined },
    ]);
  });

  it('are many, and the budgets of a namespace are asked for once', async () => {
    const owners = Array.from({ length: 50 }, (_, index) => ({ ...web, name: `web-${index}` }));
    for (const { name } of owners) api.put(`/apis/apps/v1/namespaces/shop/deployments/${name}`, { metadata: { name } });
    expect((await rollouts.list(owners, signal)).map(({ owner }) => owner)).toEqual(owners);
    expect(api.requests.filter(({ path }) => path === budgetsPath('shop'))).toHaveLength(1);
  });

  const blocked = async (...items: object[]): Promise<string | undefined> => {
    putBudgets(...items);
    return (await rollouts.list([web], signal))[0]?.blockedBy;
  };

  it('are blocked by a budget of their pods that bears nothing now', async () => {
    const selector = { matchLabels: { app: 'web' } };
    expect(await blocked(budget('other', { matchLabels: { app: 'db' } }, 0), budget('web', selector, 0))).toBe('web');
    expect(await blocked(budget('web', selector, 1))).toBeUndefined();
    expect(await blocked(budget('web', selector))).toBe('web');
    expect(await blocked(budget('all', {}, 0))).toBe('all');
    expect(await blocked(budget('none', undefined, 0))).toBeUndefined();
  });

  it('are not blocked where each new pod is up before the old one goes', async () => {
    api.put(webPath, { metadata: { name: 'web' }, spec: { template: { metadata: { labels: { app: 'web' } } } } });
    expect(await blocked(budget('web', {}, 0))).toBeUndefined();
  });

  it('are not told when the budgets are not', async () => {
    api.remove(budgetsPath('shop'));
    await expect(rollouts.list([web], signal)).rejects.toMatchObject({ code: 'RR_OBJECT_NOT_FOUND' });
  });

  it('begin with one annotation of the pod template, and nothing else is changed', async () => {
    await rollouts.restart(web, signal);
    const { spec } = await api.get<{ spec: object }>(webPath, signal);
    const annotations = { own: 'kept', 'kubectl.kubernetes.io/restartedAt': '2026-01-01T12:00:00.000Z' };
    expect(spec).toEqual({ replicas: 1, strategy: takingAway, template: { metadata: { labels: { app: 'web' }, annotations } } });
    expect(api.requests.map(({ verb }) => verb)).toEqual(['get', 'mergePatch', 'get']);
  });

  it.each<[string, Owner, string, object]>([
    ['paused', web, webPath, { paused: true }],
    ['OnDelete', db, dbPath, { updateStrategy: { type: 'OnDelete' } }],
    ['OnDelete', ztunnel, ztunnelPath, { updateStrategy: { type: 'OnDelete' } }],
    ['partition 1', db, dbPath, { updateStrategy: { rollingUpdate: { partition: 1 } } }],
  ])('do not begin where pods would stay: %s', async (why, owner, path, spec) => {
    api.put(path, { metadata: { name: owner.name }, spec });
    const refusal = { code: 'RR_ROLLOUT_UNSUPPORTED', message: expect.stringContaining(why) as string };
    await expect(rollouts.restart(owner, signal)).rejects.toMatchObject(refusal);
    expect(api.requests.map(({ verb }) => verb)).toEqual(['get']);
  });

  it('do not begin for an owner that does not exist', async () => {
    await expect(rollouts.restart({ ...web, name: 'gone' }, signal)).rejects.toMatchObject({ code: 'RR_OBJECT_NOT_FOUND' });
  });

  it('reject with the reason of a signal that has aborted', async () => {
    const reason = new Error('enough');
    await expect(rollouts.list([web], AbortSignal.abort(reason))).rejects.toBe(reason);
    await expect(rollouts.restart(web, AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});
