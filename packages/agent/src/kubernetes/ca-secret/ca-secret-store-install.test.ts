import { systemClock } from '@reroot/shared/clock';
import type { Deadline } from '@reroot/shared/lifecycle';
import { silentLog } from '@reroot/shared/log';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Cluster } from '../../cluster/cluster.ts';
import { createMemoryCluster } from '../../cluster/memory-cluster.ts';
import { carryOut } from '../../install/carry-out.ts';
import { noHistory } from '../../install/history.ts';
import type { Adoption } from '../../install/plan.ts';
import { planInstall } from '../../install/plan-install.ts';
import { readSecret } from '../../install/read-secret.ts';
import { trustOf } from '../../testing/agent-rig.ts';
import { type Ca, createCa, makeIntermediate } from '../../testing/ca.ts';
import { type Desired, readDesired } from '../../trust/desired.ts';
import { createMemoryKubeApi, type MemoryKubeApi } from '../testing/memory-kube-api.ts';
import { dataOf } from './ca-files.ts';
import { createCaSecretStore } from './ca-secret-store.ts';
import { secretPath } from './secret-object.ts';

const { signal } = new AbortController();
const deadline: Deadline = { ms: 10_000, clock: systemClock, signal, code: 'RR_CLUSTER_UNREACHABLE', who: 'the cluster' };
const namespace = 'istio-system';
const at = { term: 1, generation: 1 };

let own: Ca;
let given: Ca;
let api: MemoryKubeApi;
let cluster: Cluster;

beforeAll(async () => {
  own = await createCa('root of istiod', systemClock.now());
  given = await createCa('root of reroot', systemClock.now());
});
beforeEach(() => {
  api = createMemoryKubeApi();
  const store = createCaSecretStore(api, [namespace]);
  const others = createMemoryCluster({ name: 'c', replicas: 1, namespaces: ['default'], workloads: 1, now: systemClock.now });
  cluster = {
    ...others,
    readCaSecret: (aborted) => store.read(aborted),
    writeCaSecret: (content, version, aborted) => store.write(content, version, aborted),
  };
});

/** As a self-signed istiod leaves it. */
async function putSelfMadeCa(): Promise<void> {
  const data = dataOf({ ...(await makeIntermediate(own)), rootCert: own.certificate.pem });
  api.put(secretPath(namespace, 'istio-ca-secret'), { metadata: { name: 'istio-ca-secret' }, type: 'istio.io/ca-root', data });
}

/** One pass of an agent, without its evidence. */
async function pass(desired: Desired, adoption: Adoption, ownedUid?: string): Promise<string> {
  const { secret } = await readSecret(cluster, ownedUid, deadline);
  const timings = { renudgeAfterMs: 10_000, refusedAfterMs: 10_000 };
  const nowMs = systemClock.now();
  const plan = planInstall({ secret, desired, proof: undefined, history: noHistory, nowMs, timings, adoption });
  if (plan.kind === 'none' || plan.kind === 'refuse') return plan.kind;
  const intermediates = { obtain: async () => makeIntermediate(given), settle: () => undefined };
  const task = { plan, secret, desired, drift: 'none' } as const;
  await carryOut(task, { cluster, intermediates, deadline, clock: systemClock, log: silentLog, tell: () => undefined });
  return plan.kind;
}

describe('the cacerts Secret that an agent installs', () => {
  it('is created beside what istiod made itself, when that is adopted', async () => {
    await putSelfMadeCa();
    const desired = readDesired(at, trustOf([given], given, { passage: 'abrupt' }));
    expect(await pass(desired, 'never')).toBe('refuse');
    expect(await pass(desired, 'allowed')).toBe('write');
    expect(await cluster.readCaSecret(signal)).toMatchObject({ source: 'cacerts', owner: 'reroot' });
    expect(await pass(desired, 'allowed')).toBe('none');
  });

  it('is created again when it was taken away, although an old CA of istiod lies around', async () => {
    const desired = readDesired(at, trustOf([given], given));
    expect(await pass(desired, 'never')).toBe('write');
    await putSelfMadeCa();
    api.remove(secretPath(namespace, 'cacerts'));
    expect(await pass(desired, 'never', await cluster.readUid(signal))).toBe('write');
    expect(await cluster.readCaSecret(signal)).toMatchObject({ source: 'cacerts', owner: 'reroot' });
  });
});
