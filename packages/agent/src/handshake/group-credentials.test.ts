import { RerootError } from '@reroot/shared/errors';
import { createFakeClock, type FakeClock } from '@reroot/shared/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { createMemoryCluster, type MemoryCluster } from '../cluster/memory-cluster.ts';
import { type Ca, createCa, makeContent } from '../testing/ca.ts';
import { createGroupCredentials, type GroupCredentials } from './group-credentials.ts';

const { signal } = new AbortController();

let clock: FakeClock;
let ca: Ca;
let cluster: MemoryCluster;
let asked: string[];
let failing: boolean;
let credentials: GroupCredentials;
beforeEach(async () => {
  clock = createFakeClock(Date.now());
  ca = await createCa('root A', clock.now());
  cluster = createMemoryCluster({ name: 'any', replicas: 2, namespaces: [], workloads: 0, now: () => clock.now() });
  await cluster.writeCaSecret(await makeContent([ca], ca), undefined, signal);
  asked = [];
  failing = false;
  const probeReplica: MemoryCluster['probeReplica'] = async (replica, csr, until) => {
    asked.push(replica);
    if (failing) throw new RerootError('RR_REPLICA_UNREACHABLE', 'it is away');
    return cluster.probeReplica(replica, csr, until);
  };
  credentials = createGroupCredentials({ probeReplica }, clock);
});

const [first, second] = ['istiod-0', 'istiod-1'] as const;

describe('the certificate of a group of handshakes', () => {
  it('is a fresh leaf of the replica, beside exactly the bundle of the same answer', async () => {
    const names = (await cluster.listReplicas(signal)).map(({ name }) => name);
    expect(names).toEqual([first, second]);
    const { presented, privateKeyPem } = await credentials.obtain('g', first, signal);
    expect(presented.chain.length).toBeGreaterThanOrEqual(2);
    expect(presented.roots).toEqual([ca.certificate.fingerprint]);
    expect(privateKeyPem).toContain('PRIVATE KEY');
  });

  it('is asked for once for each group and replica, also by several at once', async () => {
    const both = await Promise.all([credentials.obtain('g', first, signal), credentials.obtain('g', first, signal)]);
    expect(both[0]).toBe(both[1]);
    await credentials.obtain('g', second, signal);
    const later = await credentials.obtain('h', first, signal);
    expect(later.presented.chain[0]).not.toBe(both[0].presented.chain[0]);
    expect(asked).toEqual([first, second, first]);
  });

  it('is asked for again when the replica did not answer, and after two minutes', async () => {
    failing = true;
    await expect(credentials.obtain('g', first, signal)).rejects.toMatchObject({ code: 'RR_REPLICA_UNREACHABLE' });
    failing = false;
    await credentials.obtain('g', first, signal);
    clock.advance(119_999);
    await credentials.obtain('g', first, signal);
    expect(asked).toHaveLength(2);
    clock.advance(1);
    await credentials.obtain('g', first, signal);
    expect(asked).toHaveLength(3);
  });
});
