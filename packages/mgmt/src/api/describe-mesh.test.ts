import { RerootError } from '@reroot/shared/errors';
import { describe, expect, it } from 'vitest';
import { evidenceOf, rootA, rootB, samplePolicy, snapshotOf } from '../rotation/evidence-sample.ts';
import { decide, excludeCluster, newRecord, type RotationRecord, requestStart } from '../rotation/index.ts';
import { answerOf } from '../rotation/testing/sample-link.ts';
import type { MeshMoment } from '../runner/index.ts';
import { describeCondition, describeMesh } from './describe-mesh.ts';

const policy = { ...samplePolicy, verification: 'manual', silentAfterMs: 10_000 } as const;
const nowMs = 2_000;
const options = { ttlDays: 1, organization: 'o', keyAlgorithm: { kind: 'rsa', bits: 2048 }, graceRatio: 0 } as const;

const resting = newRecord('demo', rootA, 1_000);
const started = requestStart(resting, { rotationId: 'r1', target: rootB, by: 'ann' }, policy, 1_500).record;
const rotating = released(started);

/** The record once every cluster is told the step. */
function released(record: RotationRecord): RotationRecord {
  const decision = decide(record, snapshotOf(record), policy, nowMs);
  return decision.kind === 'transition' ? decision.transition.record : record;
}

function momentOf(record: RotationRecord, replaced: Parameters<typeof snapshotOf>[1] = {}): MeshMoment {
  const snapshot = snapshotOf(record, replaced);
  const spec = {
    mesh: 'demo',
    clusters: snapshot.clusters,
    trustDomain: 'cluster.local',
    rootSource: { kind: 'generated' },
    intermediateSource: { kind: 'mgmt' },
    root: options,
    intermediate: options,
    rotation: policy,
    maintenanceWindows: [],
  } as const;
  const decision = decide(record, snapshot, policy, nowMs);
  const stored = { revision: 1, spec, record, verdict: undefined };
  const rest = { cells: { green: 4, red: 0, unknown: 0 }, keysLeft: new Map(), notStarted: undefined, drift: [], nowMs };
  return { view: { stored, roots: new Map(), rootNames: new Set() }, snapshot, policy, decision, ...rest };
}

describe('describing a mesh', () => {
  it('shows what its source offers, unless the mesh has it already', () => {
    const offer = { place: 'Secret a/b', since: '1970-01-01T00:00:00.000Z', subject: 'CN=b', notBefore: '', notAfter: '' };
    const found = (fingerprint: string) => {
      const moment = momentOf(resting);
      const view = { ...moment.view, rootNames: new Set([rootA.fingerprint]) };
      return describeMesh({ ...moment, view }, 7, { ...offer, kind: 'root', fingerprint }).rootOffer;
    };
    expect(found('b'.repeat(64))).toMatchObject({ place: 'Secret a/b' });
    expect(found(rootA.fingerprint)).toBeUndefined();
  });

  it('warns of a key that is there still although it was to be destroyed', () => {
    const keysLeft = new Map([
      ['a'.repeat(64), new RerootError('RR_VAULT_FORBIDDEN', 'Vault refuses', { remedy: 'ask for it' })],
    ]);
    expect(describeMesh({ ...momentOf(resting), keysLeft }, 7).alarms).toEqual([
      {
        severity: 'warning',
        reason: 'KeyNotDestroyed',
        message: `the key of root ${'a'.repeat(64)} is not destroyed yet: Vault refuses; ask for it (RR_VAULT_FORBIDDEN)`,
      },
    ]);
  });

  it('has no problem of term for a cluster that waits to be adopted, and is told nothing; what else it reports is shown', () => {
    const problems = ['RR_REPORT_OTHER_TERM', 'RR_SECRET_NOT_OURS'].map((code) => ({ code, message: 'x', remedy: 'y' }));
    const east = evidenceOf(resting, { appliedTerm: 0, appliedGeneration: 0, problems });
    const joined = {
      kind: 'returning',
      cause: 'joined',
      by: 'the spec',
      why: 'it was there',
      sinceMs: 0,
      told: undefined,
    } as const;
    const shownOf = (record: RotationRecord): readonly string[] => {
      const [cluster] = describeMesh(momentOf(record, { east }), 7).clusters;
      const { message } = cluster!.verdict;
      return [...cluster!.problems.map(({ code }) => code), ...(message.match(/RR_\w+/g) ?? [])];
    };
    expect(shownOf({ ...resting, deviations: { east: joined } })).toEqual(['RR_SECRET_NOT_OURS', 'RR_SECRET_NOT_OURS']);
    expect(shownOf(resting)).toContain('RR_REPORT_OTHER_TERM');
  });

  it('at rest gives its root, its evidence and nothing of a rotation', () => {
    const status = describeMesh(momentOf(resting), 7);
    expect(status).toMatchObject({
      mesh: 'demo',
      state: 'NOT_ROTATING',
      step: 'PREVIOUS_CA',
      generation: 1,
      term: 7,
      enteredAt: '1970-01-01T00:00:01.000Z',
      trustDomain: 'cluster.local',
      roots: [{ fingerprint: rootA.fingerprint, role: 'current', phase: 'active', notAfter: '1970-01-01T00:01:40.000Z' }],
      wave: { index: 1, released: { reached: 2, total: 2 } },
      verdict: { passed: true, reason: 'Passed' },
    });
    expect(status).not.toHaveProperty('rotation');
    expect(status.clusters[0]).toEqual({
      name: 'east',
      presence: 'reporting',
      lastReportAt: '1970-01-01T00:00:02.000Z',
      verdict: expect.objectContaining({ passed: true }),
      roots: [rootA.fingerprint],
      signerRoot: rootA.fingerprint,
      replicas: { reached: 2, total: 2 },
      namespaces: { reached: 2, total: 2 },
      workloads: { reached: 3, total: 3, methods: { 'proxy-config': 3 }, unread: {} },
      nudges: 1,
      problems: [],
      membership: 'member',
      told: { step: 'PREVIOUS_CA', generation: 1 },
      intermediateNotAfter: '1970-01-01T00:01:30.000Z',
    });
  });

  it('before the first wave says that nobody was told, and what each cluster still holds', () => {
    const { wave, clusters, generation } = describeMesh(momentOf(started), 1);
    expect(wave).toMatchObject({ index: 0, released: { reached: 0, total: 2 } });
    expect(generation).toBe(2);
    expect(clusters.map(({ told }) => told)).toEqual(Array(2).fill({ step: 'PREVIOUS_CA', generation: 1 }));
  });

  it('says who excluded a cluster, when and why, and does not wait for it', () => {
    const act = { by: 'ann', why: 'its site is down', cause: 'operator', members: ['east', 'west'] } as const;
    const { record } = excludeCluster(rotating, 'west', act, 1_800);
    const { clusters, verdict, wave } = describeMesh(momentOf(record, { west: undefined }), 1);
    expect(clusters[1]).toMatchObject({
      membership: 'excluded',
      deviation: { by: 'ann', why: 'its site is down', since: '1970-01-01T00:00:01.800Z' },
      told: { step: 'ADDING_NEW_ROOT', generation: 2 },
    });
    expect(verdict.passed).toBe(true);
    expect(wave.released.total).toBe(1);
  });

  it('raises an alarm for a root near its end', () => {
    const late = { ...momentOf(resting), nowMs: 95_000 };
    expect(describeMesh(late, 1).alarms[0]).toMatchObject({ severity: 'critical', reason: 'RootExpiresSoon' });
  });

  it('in rotation tells the old root from the new one, and says who started it', () => {
    const status = describeMesh(momentOf(rotating), 1);
    expect(status.roots.map(({ role }) => role)).toEqual(['old', 'new']);
    expect(status.rotation).toEqual({
      id: 'r1',
      strategy: 'MULTI_ROOT',
      verification: 'manual',
      approvals: 'anybody',
      startedBy: 'ann',
      startedAt: '1970-01-01T00:00:01.500Z',
      oldRoot: rootA.fingerprint,
      newRoot: rootB.fingerprint,
    });
  });

  it('names the new root the current one as soon as it has taken over', () => {
    const finished: RotationRecord = {
      ...rotating,
      state: 'FINISHED',
      step: 'DELETING_OLD_ROOT',
      currentRoot: rootB.fingerprint,
    };
    expect(describeMesh(momentOf(finished), 1).roots.map(({ role }) => role)).toEqual(['old', 'current']);
  });

  it('shows how the link to a cluster stands once its agent has answered, and what is wrong with its clock', () => {
    const moment = momentOf(resting);
    const answer = answerOf(nowMs, { timing: { roundTripMs: 12, clockOffsetMs: -90_000 } });
    const links = new Map([['east', { access: { kind: 'granted' } as const, answer }]]);
    const { clusters, alarms } = describeMesh({ ...moment, snapshot: { ...moment.snapshot, links } }, 7);
    expect(clusters[0]?.link).toMatchObject({ connected: true, roundTripMs: 12, clockOffsetMs: -90_000 });
    expect(clusters[1]).not.toHaveProperty('link');
    expect(alarms).toMatchObject([{ reason: 'ClockOff', cluster: 'east' }]);
  });

  it('tells a cluster that never spoke from one that fell silent', () => {
    const silent = { ...evidenceOf(resting), receivedAtMs: nowMs - 10_001 };
    const { clusters, verdict } = describeMesh(momentOf(resting, { east: undefined, west: silent }), 1);
    expect(clusters.map(({ presence }) => presence)).toEqual(['never-seen', 'silent']);
    expect(clusters[0]).not.toHaveProperty('lastReportAt');
    expect(clusters[0]).toMatchObject({ roots: [], replicas: { reached: 0, total: 0 } });
    expect(verdict).toMatchObject({ passed: false, reason: 'ClusterNeverReported' });
  });

  it('gives the verdict of the decision, and of each cluster its own', () => {
    const behind = evidenceOf(resting);
    const status = describeMesh(momentOf(rotating, { west: behind }), 1);
    expect(status.verdict).toMatchObject({ passed: false, reason: 'GenerationNotApplied', laggards: [{ cluster: 'west' }] });
    expect(status.clusters.map(({ verdict }) => verdict.passed)).toEqual([true, false]);
  });

  it('can be sent as JSON without losing anything', () => {
    const status = describeMesh(momentOf(rotating, { west: undefined }), 1);
    expect(JSON.parse(JSON.stringify(status))).toEqual(status);
  });
});

describe('describing an entry of the history', () => {
  it('dates it in RFC 3339, and leaves out a rotation that there is none of', () => {
    const condition = {
      atMs: 0,
      state: 'NOT_ROTATING',
      step: 'PREVIOUS_CA',
      generation: 1,
      message: 'm',
      errors: [],
      act: undefined,
    } as const;
    expect(describeCondition({ ...condition, rotationId: undefined })).toEqual({
      timestamp: '1970-01-01T00:00:00.000Z',
      state: 'NOT_ROTATING',
      step: 'PREVIOUS_CA',
      generation: 1,
      message: 'm',
      errors: [],
    });
    expect(describeCondition({ ...condition, rotationId: 'r1' }).rotationId).toBe('r1');
  });
});
