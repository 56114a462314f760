import { nudgeBundle, parseCertificate } from '@reroot/shared/pki';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CaSecret } from '../cluster/cluster.ts';
import { asSecret, type Ca, createCa, makeContent } from '../testing/ca.ts';
import type { Desired } from '../trust/desired.ts';
import { type History, noHistory, noteRefresh, noteRestart } from './history.ts';
import type { InstallPlan } from './plan.ts';
import { findNotRestarted, planFollowUp } from './plan-follow-up.ts';
import type { Proof, ReplicaProof } from './proof.ts';

const writtenAtMs = Date.UTC(2026, 0, 1);
const nowMs = writtenAtMs + 1_000;
const timings = { renudgeAfterMs: 10_000, refusedAfterMs: 120_000 };

let ca: Ca;
let secret: CaSecret;
let desired: Desired;

beforeAll(async () => {
  ca = await createCa('root', writtenAtMs);
  const content = await makeContent([ca], ca);
  const annotations = { ...content.annotations, filesWrittenAtMs: writtenAtMs, replicaRestart: 'always' } as const;
  secret = asSecret({ ...content, annotations });
  desired = {
    term: 1,
    generation: 1,
    roots: [parseCertificate(ca.certificate.der)],
    signerRoot: ca.certificate,
    intermediate: { keyAlgorithm: { kind: 'ecdsa', curve: 'P-256' }, organization: 'test', ttlDays: 365, graceRatio: 0 },
    nudge: 'when-loaded',
    replicaRestart: 'always',
    workloadRestart: 'never',
    passage: 'gradual',
    trustDomain: 'cluster.local',
    intermediateSource: { kind: 'mgmt' },
    rotationId: '',
  };
});

type Process = 'before' | 'after';

const replica = (name: string, process: Process, state: ReplicaProof['state']): ReplicaProof => ({
  name,
  startedAtMs: process === 'before' ? writtenAtMs - 1 : writtenAtMs,
  state,
});
const proofOf = (...replicas: ReplicaProof[]): Proof => ({ replicas, workloads: 'reached', moment: 'not-needed' });
const written: History = { ...noHistory, writtenSinceMs: writtenAtMs };
const follow = (proof: Proof, history: History = written, atMs = nowMs): InstallPlan =>
  planFollowUp({ secret, desired, proof, history, nowMs: atMs, timings, adoption: 'never' });
/** The history once the plan was carried out. */
const restarted = (name: string, proof: Proof): History => noteRestart(written, name, proof, nowMs);

describe('workloads that lag are nudged again', () => {
  const laterMs = nowMs + 3_600_000;
  const proof = (workloads: Proof['workloads']): Proof => ({ ...proofOf(replica('a', 'after', 'loaded')), workloads });
  const nudged = (times: number): CaSecret => {
    let { rootCert } = secret;
    for (let count = 0; count < times; count += 1) rootCert = nudgeBundle(rootCert, desired.generation);
    return { ...secret, rootCert };
  };
  const kindAfter = (times: number, workloads: Proof['workloads']): InstallPlan['kind'] => {
    const history = { ...written, provenSinceMs: nowMs };
    const facts = { desired, history, timings, adoption: 'never', nowMs: laterMs } as const;
    return planFollowUp({ ...facts, secret: nudged(times), proof: proof(workloads) }).kind;
  };

  it('as long as one is seen to lag, but three times only where none of them can be read', () => {
    expect([1, 3, 4, 6].map((times) => kindAfter(times, 'lagging'))).toEqual(['nudge', 'nudge', 'nudge', 'nudge']);
    expect([1, 3, 4, 6].map((times) => kindAfter(times, 'unseen'))).toEqual(['nudge', 'nudge', 'none', 'none']);
  });

  it('never where no nudge reaches them, or nobody knows of them', () => {
    for (const workloads of ['reached', 'deaf', 'unknown'] as const) expect(kindAfter(1, workloads)).toBe('none');
  });
});

describe('volumes that have not followed are refreshed again', () => {
  const late = proofOf(replica('a', 'after', 'loaded'), replica('b', 'after', 'differs'));
  const refusedAtMs = writtenAtMs + timings.refusedAfterMs;

  it('at 2, 4, 8 … seconds after the write, once in each such time, until the replica counts as refusing', () => {
    let history = written;
    const refreshed: number[] = [];
    for (let atMs = writtenAtMs; atMs < refusedAtMs; atMs += 500) {
      if (follow(late, history, atMs).kind !== 'refresh') continue;
      refreshed.push((atMs - writtenAtMs) / 1_000);
      history = noteRefresh(history, atMs);
    }
    expect(refreshed).toEqual([2, 4, 8, 16, 32, 64]);
    expect(follow(late, history, refusedAtMs)).toMatchObject({ kind: 'restart' });
  });

  it('not to catch up with what was missed', () => {
    const atMs = writtenAtMs + 20_000;
    expect(follow(late, written, atMs)).toEqual({ kind: 'refresh' });
    const next = { kind: 'none', againAtMs: writtenAtMs + 32_000 };
    expect(follow(late, noteRefresh(written, atMs), atMs + 1)).toEqual(next);
  });

  it('never for a replica that does not answer, which may hold them', () => {
    const silent = proofOf(replica('a', 'after', 'unproven'));
    expect(follow(silent, written, writtenAtMs + 20_000)).toEqual({ kind: 'none', againAtMs: refusedAtMs });
  });
});

describe('with restarts after each change of the files, a replica', () => {
  it('is restarted although it has loaded, and the next one only when it is back and proven', () => {
    const before = proofOf(replica('a', 'before', 'loaded'), replica('b', 'before', 'loaded'));
    expect(follow(before)).toEqual({ kind: 'restart', replica: 'a' });
    const history = restarted('a', before);
    const waits = { kind: 'none', againAtMs: nowMs + timings.refusedAfterMs };
    expect(follow(before, history)).toEqual(waits);
    expect(follow(proofOf(replica('a', 'before', 'unproven'), replica('b', 'before', 'loaded')), history)).toEqual(waits);
    for (const state of ['unproven', 'differs'] as const) {
      expect(follow(proofOf(replica('a', 'after', state), replica('b', 'before', 'loaded')), history)).toEqual({ kind: 'none' });
    }
    const back = proofOf(replica('a', 'after', 'loaded'), replica('b', 'before', 'loaded'));
    expect(follow(back, history)).toEqual({ kind: 'restart', replica: 'b' });
  });

  it('is nudged for when the last one is back and proven, and not before', () => {
    const last = proofOf(replica('a', 'after', 'loaded'), replica('b', 'after', 'differs'));
    expect(follow(last)).toMatchObject({ kind: 'none' });
    expect(follow(proofOf(replica('a', 'after', 'loaded'), replica('b', 'after', 'loaded')))).toMatchObject({ kind: 'nudge' });
  });

  it('is not restarted a second time by an agent that was restarted itself', () => {
    const halfway = proofOf(replica('a', 'after', 'loaded'), replica('b', 'before', 'loaded'));
    expect(follow(halfway, noHistory)).toEqual({ kind: 'restart', replica: 'b' });
  });

  it('that a pod of another name replaces is waited for until that is there and proven', () => {
    const before = proofOf(replica('a', 'before', 'loaded'), replica('b', 'before', 'loaded'));
    const history = restarted('a', before);
    const alone = proofOf(replica('b', 'before', 'loaded'));
    expect(follow(alone, history)).toEqual({ kind: 'none', againAtMs: nowMs + timings.refusedAfterMs });
    expect(follow(proofOf(replica('b', 'before', 'loaded'), replica('c', 'after', 'unproven')), history)).toEqual({
      kind: 'none',
    });
    const replaced = proofOf(replica('b', 'before', 'loaded'), replica('c', 'after', 'loaded'));
    expect(follow(replaced, history)).toEqual({ kind: 'restart', replica: 'b' });
    // Somebody may have made the deployment smaller: that must not hold the others up for ever.
    expect(follow(alone, history, nowMs + timings.refusedAfterMs)).toEqual({ kind: 'restart', replica: 'b' });
  });

  it('that does not serve comes before one that does', () => {
    const proof = proofOf(replica('a', 'before', 'loaded'), replica('b', 'before', 'unproven'));
    expect(follow(proof)).toEqual({ kind: 'restart', replica: 'b' });
  });

  it('that ignores its restart is told again after its time, and named', () => {
    const proof = proofOf(replica('a', 'before', 'loaded'), replica('b', 'before', 'loaded'));
    const facts = { secret, desired, proof, history: restarted('a', proof), timings, adoption: 'never' } as const;
    const atMs = nowMs + timings.refusedAfterMs;
    expect(follow(proof, facts.history, atMs)).toEqual({ kind: 'restart', replica: 'a' });
    expect(findNotRestarted({ ...facts, nowMs: atMs })).toEqual(['a']);
    expect(findNotRestarted({ ...facts, nowMs: atMs - 1 })).toEqual([]);
  });

  it('that refuses what is written after its restart is restarted again, like under when-refused', () => {
    const proof = proofOf(replica('a', 'after', 'differs'), replica('b', 'after', 'loaded'));
    const atMs = writtenAtMs + timings.refusedAfterMs;
    expect(follow(proof, written, atMs)).toEqual({ kind: 'restart', replica: 'a' });
  });

  it('is never told while another one that was restarted is not proven, and nothing is nudged while one is due', () => {
    const replicaArb = fc.record({
      name: fc.constantFrom('a', 'b', 'c', 'd'),
      process: fc.constantFrom<Process>('before', 'after'),
      state: fc.constantFrom<ReplicaProof['state']>('loaded', 'loaded', 'differs', 'unproven'),
    });
    const proofArb = fc
      .uniqueArray(replicaArb, { selector: ({ name }) => name, minLength: 1 })
      .map((replicas) => proofOf(...replicas.map(({ name, process, state }) => replica(name, process, state))));
    fc.assert(
      fc.property(proofArb, fc.integer({ min: 0, max: 300_000 }), (proof, sinceMs) => {
        const done = follow(proof, written, writtenAtMs + sinceMs);
        const due = proof.replicas.filter(({ startedAtMs }) => startedAtMs < writtenAtMs);
        const missing = proof.replicas.filter((each) => !due.includes(each) && each.state !== 'loaded');
        if (due.length === 0) return;
        expect(done.kind).toBe(missing.length === 0 ? 'restart' : 'none');
        if (done.kind === 'restart') expect(due.map(({ name }) => name)).toContain(done.replica);
      }),
    );
  });
});
