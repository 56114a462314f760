import { systemClock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CaSecretContent, Cluster, Workload } from '../cluster/cluster.ts';
import { createMemoryCluster, type MemoryCluster } from '../cluster/memory-cluster.ts';
import { type Ca, createCa, makeContent } from '../testing/ca.ts';
import { collectEvidence, type Evidence } from './collect-evidence.ts';

const { signal } = new AbortController();
const nowMs = systemClock.now();
let a: Ca;
let content: CaSecretContent;

beforeAll(async () => {
  a = await createCa('root A', nowMs);
  content = await makeContent([a], a);
});

async function createCluster(): Promise<MemoryCluster> {
  const cluster = createMemoryCluster({
    name: 'cluster-1',
    replicas: 2,
    namespaces: ['default', 'payments'],
    workloads: 12,
    now: () => nowMs,
  });
  await cluster.writeCaSecret(content, undefined, signal);
  return cluster;
}

const collect = (cluster: Cluster, timings = { probeTimeoutMs: 2_000, requestTimeoutMs: 2_000 }): Promise<Evidence> =>
  collectEvidence({ cluster, secret: undefined, clock: systemClock, ...timings }, signal);

/** The workload with another chain beside what it trusts. */
function withChain(workload: Workload, change: (certChain: string) => string): Workload {
  const { reading } = workload;
  if (reading.kind === 'unread') throw new Error('it cannot be read');
  return { ...workload, reading: { ...reading, certChain: change(reading.certChain) } };
}

const codesOf = (evidence: Evidence): string[] => evidence.problems.map(({ code }) => code);

describe('the evidence', () => {
  it('holds what each replica proved, each namespace publishes and each group of workloads holds', async () => {
    const { clusterUid, replicas, namespaces, workloads, problems } = await collect(await createCluster());
    expect(clusterUid).toBe('uid-of-cluster-1');
    expect(replicas.map(({ result }) => result.kind)).toEqual(['proven', 'proven']);
    expect(namespaces?.map(({ observed }) => observed?.roots[0]?.fingerprint)).toEqual([
      a.certificate.fingerprint,
      a.certificate.fingerprint,
    ]);
    expect(workloads?.map(({ namespace, members, leaf }) => [namespace, members.length, leaf])).toEqual([
      ['default', 12, 'held'],
      ['payments', 12, 'held'],
    ]);
    expect(problems).toEqual([]);
  });

  it('turns whatever fails into a problem, and rejects with nothing', async () => {
    const cluster = await createCluster();
    cluster.fail(new RerootError('RR_CLUSTER_UNREACHABLE', 'cluster cluster-1 is down'));
    const evidence = await collect(cluster);
    expect(evidence).toMatchObject({ clusterUid: undefined, replicas: [], namespaces: undefined, workloads: undefined });
    expect(new Set(codesOf(evidence))).toEqual(new Set(['RR_CLUSTER_UNREACHABLE']));
  });

  it('waits for nobody beyond the deadline: a silent replica fails alone', async () => {
    const cluster = await createCluster();
    const silent: Cluster = {
      ...cluster,
      probeReplica: (replica, csr, inner) =>
        replica === 'istiod-1' ? new Promise(() => undefined) : cluster.probeReplica(replica, csr, inner),
      listWorkloads: () => new Promise(() => undefined),
    };
    const evidence = await collect(silent, { probeTimeoutMs: 50, requestTimeoutMs: 60 });
    expect(evidence.replicas[0]?.result.kind).toBe('proven');
    expect(evidence.replicas[1]?.result).toMatchObject({ kind: 'failure', problem: { code: 'RR_REPLICA_UNREACHABLE' } });
    expect(evidence.workloads).toBeUndefined();
    expect(codesOf(evidence)).toEqual(['RR_CLUSTER_UNREACHABLE']);
  });

  it('lists workloads only when every replica has answered', async () => {
    const cluster = await createCluster();
    const order: string[] = [];
    const slow: Cluster = {
      ...cluster,
      probeReplica: async (replica, csr, inner) => {
        await systemClock.sleep(replica === 'istiod-0' ? 20 : 60, inner);
        order.push(replica);
        return cluster.probeReplica(replica, csr, inner);
      },
      listWorkloads: async (inner) => {
        order.push('workloads');
        return cluster.listWorkloads(inner);
      },
    };
    const { workloads } = await collect(slow);
    expect(order).toEqual(['istiod-0', 'istiod-1', 'workloads']);
    expect(workloads).toHaveLength(2);
  });

  it('rejects with the reason when its signal aborts', async () => {
    const cluster = await createCluster();
    const reason = new Error('stop');
    const work = collectEvidence(
      { cluster, secret: undefined, clock: systemClock, probeTimeoutMs: 50, requestTimeoutMs: 50 },
      AbortSignal.abort(reason),
    );
    await expect(work).rejects.toBe(reason);
  });

  it('counts a bundle or a chain that cannot be read as trusting nothing, in one problem for all of them', async () => {
    const cluster = await createCluster();
    const broken = '-----BEGIN CERTIFICATE-----\nbm8=\n-----END CERTIFICATE-----\n';
    const garbled: Cluster = {
      ...cluster,
      listNamespaceTrust: async (inner) =>
        (await cluster.listNamespaceTrust(inner)).map((each) => ({ ...each, rootCert: broken })),
      listWorkloads: async (inner) => (await cluster.listWorkloads(inner)).map((each) => withChain(each, () => broken)),
    };
    const evidence = await collect(garbled);
    expect(evidence.namespaces?.map(({ observed }) => observed)).toEqual([undefined, undefined]);
    expect(
      evidence.workloads?.map(({ observed, members }) => [observed.roots.length, observed.signerChain.length, members.length]),
    ).toEqual([
      [0, 0, 12],
      [0, 0, 12],
    ]);
    expect(codesOf(evidence)).toEqual(['RR_CLUSTER_DATA_INVALID', 'RR_CLUSTER_DATA_INVALID']);
    expect(evidence.problems[1]?.message).toMatch(/^24 workloads .* the first is default\/default-0/);
  });

  it('believes no chain that did not sign the leaf before it', async () => {
    const cluster = await createCluster();
    const stranger = (await makeContent([a], a)).caCert;
    const lying: Cluster = {
      ...cluster,
      listWorkloads: async (inner) =>
        (await cluster.listWorkloads(inner))
          .slice(0, 1)
          .map((each) => withChain(each, (certChain) => certChain.replace(content.certChain, stranger))),
    };
    const [group] = (await collect(lying)).workloads ?? [];
    expect(group?.observed.signerChain).toEqual([]);
  });
});

describe('a probe', () => {
  const probeWith = async (change: (answer: readonly string[], leafOfOther: string) => readonly string[]): Promise<string> => {
    const cluster = await createCluster();
    const earlier: string[] = [];
    const changed: Cluster = {
      ...cluster,
      probeReplica: async (replica, csr, inner) => {
        const answer = await cluster.probeReplica(replica, csr, inner);
        earlier.push(answer[0] ?? '');
        return change(answer, earlier[0] ?? '');
      },
    };
    await collect(changed);
    const [first] = (await collect(changed)).replicas;
    return first?.result.kind === 'failure' ? first.result.problem.code : 'proven';
  };

  it('accepts a chain in one element, as Istio before 1.25.1 sends it', async () => {
    expect(await probeWith(([leaf, chain, bundle]) => [leaf!, `${chain!}\n`, bundle!])).toBe('proven');
  });

  it('is not satisfied with the leaf of an earlier request', async () => {
    expect(await probeWith(([, ...rest], old) => [old, ...rest])).toBe('RR_REPLICA_ANSWER_INVALID');
  });

  it('is not satisfied with a signing certificate that did not sign', async () => {
    const stranger = (await makeContent([a], a)).caCert;
    expect(await probeWith(([leaf, , bundle]) => [leaf!, stranger, bundle!])).toBe('RR_REPLICA_ANSWER_INVALID');
  });

  it('is not satisfied with too little, or with what cannot be read', async () => {
    expect(await probeWith(() => [])).toBe('RR_REPLICA_ANSWER_INVALID');
    expect(await probeWith(([leaf]) => [leaf!])).toBe('RR_REPLICA_ANSWER_INVALID');
    expect(await probeWith((answer) => [...answer.slice(0, -1), '-----BEGIN CERTIFICATE-----\nno'])).toBe(
      'RR_REPLICA_ANSWER_INVALID',
    );
  });
});
