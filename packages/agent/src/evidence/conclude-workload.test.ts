import { assertNever } from '@reroot/shared/errors';
import { nudgeBundle } from '@reroot/shared/pki';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CaSecret, Workload } from '../cluster/cluster.ts';
import { annotate } from '../install/annotate.ts';
import { noHistory } from '../install/history.ts';
import { clockMarginMs } from '../install/moment.ts';
import { planMark } from '../install/plan-mark.ts';
import { asSecret, type Ca, createCa, makeContent } from '../testing/ca.ts';
import type { Desired } from '../trust/desired.ts';
import type { Evidence, ObservedReplica } from './collect-evidence.ts';
import { concludeWorkload, findBasis } from './conclude-workload.ts';
import { groupWorkloads } from './group-workloads.ts';
import { observeSecret } from './observe-secret.ts';
import type { Observed } from './observed.ts';
import { prove } from './prove.ts';

const beganAtMs = Date.UTC(2026, 0, 1);
const provenAtMs = beganAtMs + 60_000;
const lifeMs = 3_600_000;

let b: Ca;
let before: CaSecret;
let files: CaSecret;
let desired: Desired;

beforeAll(async () => {
  const a = await createCa('root A', beganAtMs);
  b = await createCa('root B', beganAtMs);
  before = asSecret(await makeContent([a], a));
  files = asSecret(await makeContent([a, b], b));
  desired = {
    ...{ term: 1, generation: 1, roots: [a.certificate, b.certificate], signerRoot: b.certificate },
    intermediate: { keyAlgorithm: { kind: 'ecdsa', curve: 'P-256' }, organization: 'test', ttlDays: 365, graceRatio: 0 },
    ...{ nudge: 'laggards', replicaRestart: 'never', workloadRestart: 'never', passage: 'gradual', rotationId: 'r-1' },
    ...{ trustDomain: 'cluster.local', intermediateSource: { kind: 'mgmt' } },
  };
});

const marked = (secret: CaSecret, atMs: number = provenAtMs): CaSecret => ({
  ...secret,
  annotations: { ...secret.annotations!, filesWrittenAtMs: beganAtMs, provenAtMs: atMs },
});
const replica = (name: string, observed: Observed | undefined): ObservedReplica => ({
  ...{ replica: name, startedAtMs: beganAtMs, multiRoot: 'on' },
  result:
    observed === undefined
      ? { kind: 'failure', problem: { code: 'RR_REPLICA_UNREACHABLE', message: '', remedy: '' } }
      : { kind: 'proven', observed },
});
const workload = (startedAtMs: number): Workload => ({
  ...{ namespace: 'default', name: 'web', role: 'sidecar', owner: undefined, learns: 'pushed', leafLifetimeMs: lifeMs },
  startedAtMs,
  reading: { kind: 'unread', why: 'forbidden' },
});
/** What is concluded of a workload while one replica holds what the Secret holds, and another what is given. */
const concludeWith = (
  startedAtMs: number,
  changes: { secret?: CaSecret; other?: Observed | undefined; nowMs?: number } = {},
): string => {
  const secret = changes.secret ?? marked(files);
  const own = observeSecret(files);
  const replicas = [replica('istiod-0', own), replica('istiod-1', 'other' in changes ? changes.other : own)];
  const basis = findBasis(secret, replicas, changes.nowMs ?? provenAtMs + 10_000);
  const { method, observed } = concludeWorkload(workload(startedAtMs), basis);
  expect(observed.roots.map(({ fingerprint }) => fingerprint)).toEqual(
    method === 'none' ? [] : desired.roots.map(({ fingerprint }) => fingerprint),
  );
  return method;
};
const after = provenAtMs + clockMarginMs;

describe('of a workload that cannot be read is concluded', () => {
  it('that it holds the Secret, when it was started after every replica was proven, and clocks may differ a little', () => {
    expect(concludeWith(after)).toBe('start-time');
    expect(concludeWith(after - 1)).toBe('none');
  });

  it('that it holds the Secret, when the longest life of a leaf has passed since', () => {
    const overMs = provenAtMs + lifeMs + clockMarginMs;
    expect(concludeWith(beganAtMs, { nowMs: overMs })).toBe('leaf-lifetime');
    expect(concludeWith(beganAtMs, { nowMs: overMs - 1 })).toBe('none');
  });

  it('nothing, however long it waits, when its certificates may come from elsewhere than istiod', () => {
    const basis = findBasis(marked(files), [replica('istiod-0', observeSecret(files))], provenAtMs + lifeMs + clockMarginMs);
    const elsewhere = { ...workload(after), reading: { kind: 'unread', why: 'unsupported' } as const };
    expect(concludeWorkload(workload(after), basis).method).toBe('start-time');
    expect(concludeWorkload(elsewhere, basis).method).toBe('none');
  });

  it('nothing before the proof, for a proof of other files, or for files that somebody has changed since', () => {
    expect(concludeWith(after, { secret: files })).toBe('none');
    const older = marked(files);
    const annotations = { ...older.annotations!, filesWrittenAtMs: provenAtMs + 1 };
    expect(concludeWith(after, { secret: { ...older, annotations } })).toBe('none');
    expect(concludeWith(after, { secret: { ...marked(files), editedBy: ['kubectl-edit'] } })).toBe('none');
  });

  it('nothing while a replica holds something else or does not answer, but it may lack a nudge', () => {
    expect(concludeWith(after, { other: observeSecret(before) })).toBe('none');
    expect(concludeWith(after, { other: undefined })).toBe('none');
    const nudged = marked({ ...files, rootCert: nudgeBundle(files.rootCert, 1) });
    expect(concludeWith(after, { secret: nudged })).toBe('start-time');
    expect(findBasis(marked(files), [], provenAtMs + 10_000)).toBeUndefined();
  });

  it('so little that it lags behind, and stands in a group of its own with the reason', () => {
    const workloads = [
      workload(beganAtMs),
      workload(after),
      { ...workload(after), reading: { kind: 'unread', why: 'unreachable' } as const },
    ];
    const { groups } = groupWorkloads(
      workloads,
      findBasis(marked(files), [replica('istiod-0', observeSecret(files))], after + 1),
    );
    expect(groups.map(({ method, unread, leaf }) => [method, unread, leaf])).toEqual([
      ['none', 'forbidden', 'held'],
      ['start-time', 'forbidden', 'held'],
      ['start-time', 'unreachable', 'held'],
    ]);
    const evidence = { clusterUid: 'uid', replicas: [], namespaces: [], problems: [] };
    const proofOf = (...seen: typeof groups) => prove({ ...evidence, workloads: seen }, files, desired);
    expect(proofOf(...groups)).toMatchObject({ workloads: 'unseen', moment: 'needed' });
    expect(proofOf(...groups.slice(1))).toMatchObject({ workloads: 'reached', moment: 'needed' });
  });
});

type Event =
  | { readonly kind: 'load' | 'fall'; readonly replica: number }
  | { readonly kind: 'start'; readonly signer: number; readonly skewMs: number }
  | { readonly kind: 'wait'; readonly ms: number; readonly signer: number }
  | { readonly kind: 'pass' };

const shortLifeMs = 6_000;

/** Replicas that load the Secret late, and fall back; workloads that ask one of them at their start and at half-life. */
class Truth {
  private nowMs = beganAtMs;
  private secret = { ...files, annotations: { ...files.annotations!, filesWrittenAtMs: beganAtMs } } as CaSecret;
  /** `fallen` is what no pass has seen yet: what comes and goes between two passes nobody can see. */
  private readonly replicas: ('old' | 'new' | 'fallen')[] = ['old', 'old'];
  private readonly workloads: { startedAtMs: number; signedAtMs: number; holds: 'old' | 'new' }[] = [];
  readonly methods: string[] = [];

  make(event: Event): void {
    switch (event.kind) {
      case 'load':
        if (this.replicas[event.replica] === 'old') this.replicas[event.replica] = 'new';
        break;
      case 'fall':
        this.replicas[event.replica] = 'fallen';
        break;
      case 'start': {
        const startedAtMs = Math.floor((this.nowMs + event.skewMs) / 1_000) * 1_000;
        this.workloads.push({ startedAtMs, signedAtMs: this.nowMs, holds: this.signedBy(event.signer) });
        break;
      }
      case 'wait':
        this.nowMs += event.ms;
        for (const each of this.workloads) {
          if (this.nowMs < each.signedAtMs + shortLifeMs / 2) continue;
          each.signedAtMs = this.nowMs;
          each.holds = this.signedBy(event.signer);
        }
        break;
      case 'pass':
        this.pass();
        break;
      default:
        assertNever(event);
    }
  }

  private signedBy(signer: number): 'old' | 'new' {
    return this.replicas[signer] === 'new' ? 'new' : 'old';
  }

  private pass(): void {
    const seen = this.replicas.map((holds, index) => replica(`istiod-${index}`, observeSecret(holds === 'new' ? files : before)));
    for (const [index, holds] of this.replicas.entries()) if (holds === 'fallen') this.replicas[index] = 'old';
    const basis = findBasis(this.secret, seen, this.nowMs);
    for (const { startedAtMs, holds } of this.workloads) {
      const { method } = concludeWorkload({ ...workload(startedAtMs), leafLifetimeMs: shortLifeMs }, basis);
      this.methods.push(method);
      if (method !== 'none') expect(holds).toBe('new');
    }
    const evidence: Evidence = { clusterUid: 'uid', replicas: seen, namespaces: [], workloads: undefined, problems: [] };
    const proof = { ...prove(evidence, this.secret, desired), moment: 'needed' } as const;
    const timings = { renudgeAfterMs: 1, refusedAfterMs: 1 };
    const facts = { secret: this.secret, desired, proof, history: noHistory, nowMs: this.nowMs, timings };
    const plan = planMark({ ...facts, adoption: 'never' });
    if (plan?.kind !== 'mark') return;
    this.secret = { ...this.secret, annotations: annotate(plan, this.secret, desired, this.nowMs) };
  }
}

describe('what is concluded', () => {
  const signer = fc.nat(1);
  const eventArb: fc.Arbitrary<Event> = fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('load' as const), replica: signer }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('fall' as const), replica: signer }) },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('start' as const), signer, skewMs: fc.integer({ min: -1_999, max: 1_999 }) }),
    },
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 4_000 }), signer }) },
    { weight: 5, arbitrary: fc.constant({ kind: 'pass' } as const) },
  );

  it('is never ahead of the truth, however late replicas are, and whatever one falls back to in sight of a pass', () => {
    const counts = { 'start-time': 0, 'leaf-lifetime': 0, none: 0 } as Record<string, number>;
    fc.assert(
      fc.property(fc.array(eventArb, { maxLength: 60, size: 'max' }), (events) => {
        const truth = new Truth();
        for (const event of events) truth.make(event);
        for (const method of truth.methods) counts[method] = (counts[method] ?? 0) + 1;
      }),
      { numRuns: 150 },
    );
    // Each of them comes about so often that a run without it means a world in which it cannot.
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(0);
  });
});
