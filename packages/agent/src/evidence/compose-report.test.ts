import { systemClock } from '@reroot/shared/clock';
import { nudgeBundle, parseCertificate, sha256Hex } from '@reroot/shared/pki';
import { decodeMessage, encodeMessage } from '@reroot/shared/protocol';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CaSecret } from '../cluster/cluster.ts';
import { createMemoryCluster } from '../cluster/memory-cluster.ts';
import { type Ca, createCa, makeContent } from '../testing/ca.ts';
import type { Desired } from '../trust/desired.ts';
import { collectEvidence, type Evidence } from './collect-evidence.ts';
import { composeReport } from './compose-report.ts';
import { arePublished, prove } from './prove.ts';

const { signal } = new AbortController();
const nowMs = systemClock.now();
let a: Ca;
let b: Ca;
let secret: CaSecret;
let evidence: Evidence;

beforeAll(async () => {
  a = await createCa('root A', nowMs);
  b = await createCa('root B', nowMs);
  const content = await makeContent([a, b], a, { term: 2, generation: 3 });
  const cluster = createMemoryCluster({
    name: 'cluster-1',
    replicas: 2,
    namespaces: ['default'],
    workloads: 2,
    now: () => nowMs,
  });
  secret = await cluster.writeCaSecret({ ...content, rootCert: nudgeBundle(content.rootCert, 3) }, undefined, signal);
  evidence = await collectEvidence(
    { cluster, secret, clock: systemClock, probeTimeoutMs: 5_000, requestTimeoutMs: 5_000 },
    signal,
  );
});

const known = (read: CaSecret | undefined) => ({ kind: 'known', secret: read }) as const;

const facts = () => ({
  secret: known(secret),
  accepted: { term: 2, generation: 3 },
  evidence,
  problems: [],
  takenAtMs: nowMs,
  agentVersion: '1.2.3',
  adoption: 'allowed' as const,
});

describe('a report', () => {
  it('names every certificate once and carries each that it names', () => {
    const report = composeReport(facts());
    const carried = report.certificates.map((der) => parseCertificate(der).fingerprint);
    const intermediate = parseCertificate(secret.caCert).fingerprint;
    expect(new Set(carried)).toEqual(new Set([a.certificate.fingerprint, b.certificate.fingerprint, intermediate]));
    expect(carried).toHaveLength(3);
    expect(report.written).toEqual({
      bundleSha256: sha256Hex(secret.rootCert),
      roots: [a.certificate.fingerprint, b.certificate.fingerprint],
      signerChain: [intermediate],
    });
    expect(report.replicas.map(({ result }) => result)).toEqual(Array(2).fill({ kind: 'holding', holding: report.written }));
    expect(report).toMatchObject({ appliedTerm: 2, appliedGeneration: 3, nudges: 1, problems: [] });
  });

  it('counts workloads, names ten of them at the most, and says how their trust is known', () => {
    const [group] = evidence.workloads ?? [];
    const members = Array.from({ length: 12 }, (_, index) => ({ ...group!.members[0]!, name: `web-${index}` }));
    const unread = { ...group!, method: 'none', learns: 'renewed', unread: 'forbidden', members } as const;
    const report = composeReport({ ...facts(), evidence: { ...evidence, workloads: [group!, unread] } });
    expect(report.workloads?.map(({ count, examples }) => [count, examples.length])).toEqual([
      [2, 2],
      [12, 10],
    ]);
    expect(report.workloads).toMatchObject([
      { method: 'proxy-config', learns: 'pushed', unread: '' },
      { method: 'none', learns: 'renewed', unread: 'forbidden' },
    ]);
    expect(report.replicas.map(({ multiRoot }) => multiRoot)).toEqual(['on', 'on']);
  });

  it('holds no private key, and survives the wire', () => {
    const report = composeReport(facts());
    const bytes = encodeMessage({ kind: 'report', body: report });
    expect(Buffer.from(bytes).includes('PRIVATE KEY')).toBe(false);
    const read = decodeMessage('report', bytes);
    expect(read).toEqual({
      kind: 'report',
      body: { ...report, certificates: report.certificates.map((der) => Uint8Array.from(der)) },
    });
  });

  it('counts a replica that must be restarted first as unproven, whatever it holds', () => {
    const annotations = { ...secret.annotations!, filesWrittenAtMs: nowMs };
    const dueMs = [nowMs - 1, nowMs];
    const replicas = evidence.replicas.map((replica, index) => ({ ...replica, startedAtMs: dueMs[index] ?? nowMs }));
    const outcomes = (replicaRestart: 'never' | 'when-refused' | 'always') =>
      composeReport({
        ...facts(),
        secret: known({ ...secret, annotations: { ...annotations, replicaRestart } }),
        evidence: { ...evidence, replicas },
      }).replicas.map(({ result }) => (result.kind === 'failure' ? result.problem.code : result.kind));
    expect(outcomes('always')).toEqual(['RR_REPLICA_NOT_RESTARTED', 'holding']);
    expect(outcomes('when-refused')).toEqual(['holding', 'holding']);
    expect(outcomes('never')).toEqual(['holding', 'holding']);
  });

  it('says a problem once, however often it was met', () => {
    const down = { code: 'RR_CLUSTER_UNREACHABLE', message: 'cluster c did not answer', remedy: 'look' };
    const report = composeReport({
      ...facts(),
      problems: [down],
      evidence: { ...evidence, problems: [down, { ...down, message: 'other' }] },
    });
    expect(report.problems.map(({ message }) => message)).toEqual(['cluster c did not answer', 'other']);
  });

  it('can be made, and sent, without a Secret and with one that cannot be read', () => {
    const bare = composeReport({ ...facts(), secret: known(undefined), accepted: { term: 0, generation: 0 } });
    expect(bare.written).toBeUndefined();
    expect(bare.secret).toBeUndefined();
    const broken = composeReport({ ...facts(), secret: known({ ...secret, caCert: '-----BEGIN CERTIFICATE-----\nno' }) });
    expect(broken.written).toEqual({ bundleSha256: sha256Hex(secret.rootCert), roots: [], signerChain: [] });
    for (const body of [bare, broken])
      expect(() => decodeMessage('report', encodeMessage({ kind: 'report', body }))).not.toThrow();
  });
});

describe('a report of a cluster that did not say what its Secret is', () => {
  it('does not say that there is none, and survives the wire', () => {
    const body = composeReport({ ...facts(), secret: { kind: 'unknown' } });
    expect(body).toMatchObject({ written: undefined, secret: 'unknown' });
    expect(decodeMessage('report', encodeMessage({ kind: 'report', body }))).toMatchObject({ body: { secret: 'unknown' } });
  });
});

describe('the proof', () => {
  const desired = (changes: Partial<Desired> = {}): Desired => ({
    term: 2,
    generation: 3,
    roots: [a.certificate, b.certificate],
    signerRoot: a.certificate,
    intermediate: { keyAlgorithm: { kind: 'ecdsa', curve: 'P-256' }, organization: 'test', ttlDays: 365, graceRatio: 0 },
    nudge: 'laggards',
    replicaRestart: 'never',
    workloadRestart: 'never',
    passage: 'gradual',
    trustDomain: 'cluster.local',
    intermediateSource: { kind: 'mgmt' },
    rotationId: '',
    ...changes,
  });

  it('is of loaded replicas and workloads that have arrived', () => {
    expect(prove(evidence, secret, desired())).toEqual({
      replicas: [
        { name: 'istiod-0', startedAtMs: nowMs, state: 'loaded' },
        { name: 'istiod-1', startedAtMs: nowMs, state: 'loaded' },
      ],
      workloads: 'reached',
      moment: 'not-needed',
    });
    expect(arePublished(evidence, desired())).toBe(true);
  });

  it('asks replicas for exact bytes and for the signing certificate itself', async () => {
    const oneByteMore = { ...secret, rootCert: `${secret.rootCert}\n` };
    const otherSigner = { ...secret, caCert: (await makeContent([a], a)).caCert };
    const statesAgainst = (written: CaSecret) => prove(evidence, written, desired()).replicas.map(({ state }) => state);
    expect(statesAgainst(oneByteMore)).toEqual(['behind', 'behind']);
    expect(statesAgainst(otherSigner)).toEqual(['differs', 'differs']);
  });

  it('asks workloads for the set of roots and for the root above their leaf', () => {
    expect(prove(evidence, secret, desired({ roots: [b.certificate, a.certificate] })).workloads).toBe('reached');
    expect(prove(evidence, secret, desired({ roots: [a.certificate] })).workloads).toBe('lagging');
    expect(prove(evidence, secret, desired({ signerRoot: b.certificate })).workloads).toBe('lagging');
    expect(arePublished(evidence, desired({ roots: [a.certificate] }))).toBe(false);
  });

  it('does not count a workload that has no leaf yet as lagging, and a failed probe as nothing proven', () => {
    const starting: Evidence = {
      ...evidence,
      workloads: (evidence.workloads ?? []).map((group) => ({
        ...group,
        leaf: 'none',
        observed: { ...group.observed, roots: [], signerChain: [] },
      })),
      replicas: [
        {
          replica: 'istiod-0',
          startedAtMs: nowMs,
          multiRoot: 'on',
          result: { kind: 'failure', problem: { code: 'RR_REPLICA_UNREACHABLE', message: '', remedy: '' } },
        },
      ],
    };
    expect(prove(starting, secret, desired())).toEqual({
      replicas: [{ name: 'istiod-0', startedAtMs: nowMs, state: 'unproven' }],
      workloads: 'reached',
      moment: 'not-needed',
    });
  });
});
