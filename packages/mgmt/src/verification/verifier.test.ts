import { silentLog } from '@reroot/shared/log';
import { createFakeClock, type FakeClock, waitFor } from '@reroot/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rootA } from '../rotation/evidence-sample.ts';
import { type AutomaticPolicy, newRecord, type VerificationFinding } from '../rotation/index.ts';
import type { Proof, Store } from '../store/index.ts';
import type { Subject } from './subject.ts';
import { createDemoStore } from './testing/demo-store.ts';
import { sampleSubject, startedAtMs } from './testing/sample-subject.ts';
import { createScriptedConductor, type ScriptedConductor } from './testing/scripted-conductor.ts';
import { createVerifier, type Verifier } from './verifier.ts';

let clock: FakeClock;
let store: Store;
let term: number;
let conductor: ScriptedConductor;
let asked: () => Promise<unknown>;
let subject: Subject;
let verifier: Verifier;
let nextId: number;
let calls: number;
const verifiers: Verifier[] = [];

/** A mgmt that has just started, and looks at its mesh each time that it is woken. */
function open(): Verifier {
  const opened: Verifier = createVerifier({
    tools: { conductor, ask: () => asked() },
    ...{ store, term, clock, steadyClock: clock, log: silentLog },
    newId: () => `p${(nextId += 1)}`,
    wake: () => queueMicrotask(() => opened.look(subject)),
  });
  verifiers.push(opened);
  return opened;
}

beforeEach(async () => {
  clock = createFakeClock(startedAtMs);
  ({ store, term } = await createDemoStore());
  conductor = createScriptedConductor();
  asked = async () => ({ verdict: 'pass' });
  subject = sampleSubject();
  nextId = 0;
  verifier = open();
});
afterEach(async () => {
  await Promise.all(verifiers.splice(0).map((each) => each.stop()));
});

const gate = { kind: 'webhook', name: 'gate', url: 'https://gate', timeoutMs: 1_000 } as const;
const soon = { timeoutMs: 5_000, what: 'a finding' };

function findingNow(): VerificationFinding | undefined {
  return verifier.facts(subject.record)?.finding;
}

async function reach(kind: VerificationFinding['kind'], stepMs = 0): Promise<VerificationFinding> {
  await waitFor(() => {
    if (findingNow()?.kind !== kind) clock.advance(stepMs);
    return findingNow()?.kind === kind;
  }, soon);
  return findingNow()!;
}

async function proofs(): Promise<readonly Proof[]> {
  const all = await Promise.all((await store.listProofs('demo')).map(({ id }) => store.readProof('demo', id)));
  return all.filter((proof) => proof !== undefined);
}

/** As `act`; its call of that number, from 1 on, is refused. Calls count anew from now on. */
function refuseCall<Args extends unknown[], T>(which: number, act: (...args: Args) => Promise<T>): (...args: Args) => Promise<T> {
  calls = 0;
  return async (...args) => {
    calls += 1;
    if (calls === which) throw new Error('disk full');
    return act(...args);
  };
}

function withPolicy(asked: Partial<AutomaticPolicy>): Subject {
  return sampleSubject(asked, { record: subject.record });
}

describe('the verifier', () => {
  it('verifies a step that waits for it, and keeps the verdict with its evidence before anybody hears of it', async () => {
    verifier.look(subject);
    const finding = await reach('passed');
    expect(finding).toMatchObject({
      message: 'matrix: 4 of 4 cells are green; handshakes: 2 of 2 handshakes were accepted',
      proof: 'p1',
    });
    expect(verifier.facts(subject.record)).toMatchObject({ rotationId: 'r1', step: 'ADDING_NEW_ROOT', generation: 2 });
    const [proof] = await proofs();
    expect(proof).toMatchObject({
      ...{ id: 'p1', cause: 'rotation', by: 'reroot', rotationId: 'r1', state: 'VERIFYING', outcome: 'passed' },
      checks: [
        { name: 'evidence', outcome: 'passed' },
        { name: 'matrix', outcome: 'passed', evidence: { counts: { green: 4, red: 0, unknown: 0 } } },
        { name: 'handshakes', outcome: 'passed', evidence: { counts: { planned: 2 } } },
        { name: 'negative-proof', outcome: 'skipped' },
        { name: 'path-probes', outcome: 'skipped' },
      ],
    });
  });

  it('does nothing unless a step waits for it', async () => {
    const { record } = subject;
    const others: readonly Partial<Subject>[] = [
      { record: { ...record, state: 'ADDING_NEW_ROOT' } },
      { record: { ...record, rotation: { ...record.rotation!, verification: 'manual' } } },
      { verdict: { ...subject.verdict, reason: 'NotWritten' } },
    ];
    for (const changes of others) verifier.look({ ...subject, ...changes });
    await new Promise(setImmediate);
    expect(conductor.made).toEqual([]);
    expect(findingNow()).toBeUndefined();
  });

  it('says that a step is not verified, and by which proof', async () => {
    conductor.outcomes.set('east>west', 'refused');
    verifier.look(subject);
    expect(await reach('failed')).toMatchObject({
      message: 'handshakes: 1 of 2 handshakes did not come out as they shall',
      proof: 'p1',
      laggards: [{ cluster: 'west', reason: 'HandshakeRefused' }],
    });
    expect(await proofs()).toMatchObject([{ outcome: 'failed', checks: [{}, {}, { name: 'handshakes', outcome: 'failed' }] }]);
  });

  it('tries what is unavailable again until the timeout, and takes that for a failure', async () => {
    subject = withPolicy({ timeoutMs: 20_000 });
    conductor.outcomes.set('east>west', 'unavailable');
    verifier.look(subject);
    const running = await reach('running');
    expect(running.message).toMatch(/^handshakes: /);
    expect(await reach('failed', 500)).toMatchObject({
      message: expect.stringMatching(/^not proven in time: handshakes: 1 of 2 handshakes were accepted; 1 could not be made/),
    });
    expect(clock.now()).toBeLessThanOrEqual(startedAtMs + 20_000 + 1_000);
    expect(await proofs()).toMatchObject([{ outcome: 'unproven' }]);
  });

  it('gives a step all of its time anew from when mgmt began to listen', async () => {
    const [timeoutMs, startedLaterMs] = [20_000, 10_000];
    subject = withPolicy({ timeoutMs });
    const verdict = { ...subject.verdict, reason: 'NotWritten' };
    subject = { ...subject, verdict, snapshot: { ...subject.snapshot, heardSinceMs: startedAtMs + startedLaterMs } };
    clock.advance(timeoutMs + startedLaterMs - 1);
    verifier.look(subject);
    await new Promise(setImmediate);
    expect(findingNow()).toBeUndefined();
    clock.advance(1);
    verifier.look(subject);
    await reach('failed');
  });

  it('keeps who lagged behind as the verdict, when the time is over before anything could be checked', async () => {
    subject = withPolicy({ timeoutMs: 20_000 });
    const laggards = [{ cluster: 'west', reason: 'NotWritten', message: 'west has not written it' }];
    const verdict = {
      passed: false,
      reason: 'NotWritten',
      message: 'waiting: west has not written it',
      laggards,
      laggardCount: 1,
    };
    subject = { ...subject, verdict };
    clock.advance(19_999);
    verifier.look(subject);
    await new Promise(setImmediate);
    expect(findingNow()).toBeUndefined();
    clock.advance(1);
    verifier.look(subject);
    verifier.look(subject);
    expect(await reach('failed')).toMatchObject({
      message: 'not proven in time: evidence: waiting: west has not written it',
      laggards,
    });
    expect(await proofs()).toMatchObject([{ id: 'p1', outcome: 'unproven', checks: [{ name: 'evidence', laggards }] }]);
    verifier.look(subject);
    expect(findingNow()).toMatchObject({ kind: 'failed', proof: 'p1' });
    expect(conductor.made).toEqual([]);
  });

  it('leaves off when the mesh moves on, and begins anew at the next moment', async () => {
    conductor.outcomes.set('east>west', 'unavailable');
    verifier.look(subject);
    await reach('running');
    conductor.outcomes.clear();
    const { record } = subject;
    subject = sampleSubject({}, { record: { ...record, generation: record.generation + 1 } });
    verifier.look(subject);
    await reach('passed');
    expect(verifier.facts(subject.record)?.generation).toBe(record.generation + 1);
    expect(await proofs()).toHaveLength(1);
  });

  it('forgets what it has found when a cluster lags behind again, and begins anew', async () => {
    subject = withPolicy({ soakMs: 60_000 });
    verifier.look(subject);
    await reach('passed');
    const waiting = subject;
    subject = { ...subject, verdict: { ...subject.verdict, reason: 'NotWritten' } };
    verifier.look(subject);
    expect(findingNow()?.kind).toBe('running');
    clock.advance(5_000);
    subject = waiting;
    verifier.look(subject);
    expect(await reach('passed')).toMatchObject({ sinceMs: startedAtMs + 5_000 });
    expect(await proofs()).toHaveLength(2);
  });

  it('has the whole time again for a step that soaks, when a cluster lags behind after the timeout', async () => {
    subject = withPolicy({ soakMs: 600_000, timeoutMs: 20_000 });
    verifier.look(subject);
    await reach('passed');
    const waiting = subject;
    clock.advance(300_000);
    subject = { ...subject, verdict: { ...subject.verdict, reason: 'NotWritten' } };
    verifier.look(subject);
    expect(findingNow()?.kind).toBe('running');
    expect(verifier.facts(subject.record)?.countsFromMs).toBe(startedAtMs + 300_000);
    clock.advance(5_000);
    conductor.outcomes.set('east>west', ['accepted', 'unavailable', 'accepted']);
    subject = waiting;
    verifier.look(subject);
    expect(await reach('passed', 500)).toMatchObject({ sinceMs: expect.any(Number) });
    expect((await proofs()).map(({ outcome }) => outcome)).toEqual(['passed', 'passed']);
  });

  it('begins anew when a cluster comes to count, for nobody has asked it', async () => {
    subject = withPolicy({ soakMs: 60_000 });
    const { record } = subject;
    const kind = { kind: 'returning', cause: 'operator', by: 'ann', why: 'w', sinceMs: 0, told: undefined } as const;
    subject = { ...subject, record: { ...record, deviations: { west: kind } } };
    verifier.look(subject);
    await reach('passed');
    clock.advance(5_000);
    subject = { ...subject, record };
    verifier.look(subject);
    await waitFor(() => {
      const finding = findingNow();
      return finding?.kind === 'passed' && finding.sinceMs === startedAtMs + 5_000;
    }, soon);
    subject = { ...subject, record: { ...record, deviations: { west: kind } } };
    verifier.look(subject);
    expect(findingNow()?.kind).toBe('passed');
    expect(await proofs()).toHaveLength(2);
  });

  it('soaks by what the policy says when the checks have passed, and when they have passed once more', async () => {
    const policies = [{ soakMs: 100_000 }, { soakMs: 200_000 }];
    const keep = store.keepProof;
    store.keepProof = async (...args) => {
      subject = withPolicy(policies.shift() ?? { soakMs: 200_000 });
      verifier.look(subject);
      await keep(...args);
    };
    verifier.look(subject);
    await reach('passed');
    await waitFor(() => {
      const finding = findingNow();
      if (finding?.kind === 'passed' && finding.atMs - finding.sinceMs >= 200_000) return true;
      clock.advance(5_000);
      return false;
    }, soon);
    expect(await proofs()).toHaveLength(3);
  });

  it('soaks, asks others meanwhile, and looks at everything again in the end', async () => {
    let asks = 0;
    asked = async () => {
      asks += 1;
      return { verdict: 'pass' };
    };
    subject = withPolicy({ soakMs: 100_000, checks: [gate] });
    verifier.look(subject);
    expect(await reach('passed')).toMatchObject({ sinceMs: startedAtMs, atMs: startedAtMs });
    await waitFor(() => {
      const finding = findingNow();
      if (finding?.kind === 'passed' && finding.atMs > finding.sinceMs) return true;
      clock.advance(5_000);
      return false;
    }, soon);
    const finding = findingNow();
    expect(finding).toMatchObject({ kind: 'passed', sinceMs: startedAtMs });
    expect(finding?.kind === 'passed' && finding.atMs - finding.sinceMs).toBeGreaterThanOrEqual(100_000);
    expect(asks).toBeGreaterThanOrEqual(5);
    expect(conductor.made).toHaveLength(4);
    expect((await proofs()).map(({ outcome }) => outcome)).toEqual(['passed', 'passed']);
  });

  it('fails a step while it soaks, when another system says so', async () => {
    subject = withPolicy({ soakMs: 100_000, checks: [gate] });
    verifier.look(subject);
    await reach('passed');
    asked = async () => ({ verdict: 'fail', message: 'errors rise' });
    expect(await reach('failed', 5_000)).toMatchObject({ message: 'gate: fail: errors rise' });
    expect((await proofs())[0]).toMatchObject({ outcome: 'failed', checks: [{ name: 'gate' }] });
  });

  it('goes by the verdict of before a restart where that was a failure, and asks again where it was none', async () => {
    conductor.outcomes.set('east>west', 'refused');
    verifier.look(subject);
    await reach('failed');
    await verifier.stop();
    conductor.made.length = 0;
    verifier = open();
    verifier.look(subject);
    expect(await reach('failed')).toMatchObject({ proof: 'p1' });
    expect(conductor.made).toEqual([]);
    const { record } = subject;
    subject = sampleSubject({}, { record: { ...record, generation: record.generation + 1 } });
    conductor.outcomes.clear();
    verifier.look(subject);
    expect(await reach('passed')).toMatchObject({ proof: 'p2' });
  });

  it('goes on with a soak of before a restart', async () => {
    subject = withPolicy({ soakMs: 100_000 });
    verifier.look(subject);
    await reach('passed');
    await verifier.stop();
    clock.advance(50_000);
    verifier = open();
    verifier.look(subject);
    expect(await reach('passed')).toMatchObject({ proof: 'p1', sinceMs: startedAtMs });
  });

  it('goes on with it also where no cluster was heard yet when mgmt first looked', async () => {
    subject = withPolicy({ soakMs: 100_000 });
    verifier.look(subject);
    await reach('passed');
    await verifier.stop();
    clock.advance(50_000);
    verifier = open();
    verifier.look({ ...subject, verdict: { ...subject.verdict, passed: false, reason: 'ClusterNeverReported' } });
    expect(findingNow()).toBeUndefined();
    verifier.look(subject);
    expect(await reach('passed')).toMatchObject({ proof: 'p1', sinceMs: startedAtMs });
  });

  it('goes on with no soak of before a cluster lagged behind, when mgmt was killed before the new proof', async () => {
    subject = withPolicy({ soakMs: 100_000 });
    verifier.look(subject);
    await reach('passed');
    await verifier.stop();
    clock.advance(50_000);
    const { record } = subject;
    const wave = { ...record.wave, provenAtMs: startedAtMs + 40_000 };
    subject = { ...subject, record: { ...record, wave } };
    verifier = open();
    verifier.look(subject);
    expect(await reach('passed')).toMatchObject({ proof: 'p2', sinceMs: startedAtMs + 50_000 });
  });

  it('begins anew when the record says that a cluster has lagged behind, though nobody has seen it lag', async () => {
    subject = withPolicy({ soakMs: 100_000 });
    verifier.look(subject);
    await reach('passed');
    clock.advance(5_000);
    const { record } = subject;
    subject = { ...subject, record: { ...record, wave: { ...record.wave, provenAtMs: startedAtMs + 4_000 } } };
    verifier.look(subject);
    expect(findingNow()?.kind).toBe('running');
    expect(await reach('passed')).toMatchObject({ proof: 'p2', sinceMs: startedAtMs + 5_000 });
  });

  it('counts the checks after a soak for when they began, however long they took', async () => {
    subject = withPolicy({ soakMs: 100_000 });
    verifier.look(subject);
    await reach('passed');
    conductor.outcomes.set('east>west', ['accepted', 'unavailable', 'unavailable', 'accepted']);
    await waitFor(() => {
      const finding = findingNow();
      if (finding?.kind === 'passed' && finding.atMs > finding.sinceMs) return true;
      clock.advance(clock.now() < startedAtMs + 95_000 ? 5_000 : 500);
      return false;
    }, soon);
    const [last] = await proofs();
    expect(findingNow()).toMatchObject({ atMs: last!.startedAtMs });
    expect(last!.atMs - last!.startedAtMs).toBeGreaterThanOrEqual(4_000);
  });

  it('tries again when the store has refused a verdict', async () => {
    store.keepProof = refuseCall(1, store.keepProof);
    verifier.look(subject);
    expect(await reach('passed', 1_000)).toMatchObject({ proof: 'p2' });
  });

  it('goes by the verdict of before a restart though the store could not be read at first', async () => {
    conductor.outcomes.set('east>west', 'refused');
    verifier.look(subject);
    await reach('failed');
    await verifier.stop();
    store.listProofs = refuseCall(1, store.listProofs);
    conductor.made.length = 0;
    verifier = open();
    verifier.look(subject);
    expect(await reach('failed', 1_000)).toMatchObject({ proof: 'p1' });
    expect(conductor.made).toEqual([]);
  });

  describe('whose store has refused a verdict', () => {
    const kind = { kind: 'returning', cause: 'operator', by: 'ann', why: 'w', sinceMs: 0, told: undefined } as const;
    const untilStored = (count: number): Promise<unknown> =>
      waitFor(async () => {
        clock.advance(1_000);
        return (await proofs()).length === count;
      }, soon);

    it('goes on with a soak that is over, though the time for the first verdict is', async () => {
      subject = withPolicy({ soakMs: 100_000, timeoutMs: 60_000 });
      store.keepProof = refuseCall(2, store.keepProof);
      verifier.look(subject);
      await reach('passed');
      await untilStored(2);
      await waitFor(() => {
        const finding = findingNow();
        return finding?.kind !== 'passed' || finding.proof === 'p3';
      }, soon);
      expect(findingNow()).toMatchObject({ kind: 'passed', sinceMs: startedAtMs, proof: 'p3' });
      expect((await proofs()).map(({ outcome }) => outcome)).toEqual(['passed', 'passed']);
    });

    it('soaks from the beginning where what it refused was that the step had not passed', async () => {
      subject = withPolicy({ soakMs: 100_000, timeoutMs: 200_000 });
      store.keepProof = refuseCall(2, store.keepProof);
      verifier.look(subject);
      await reach('passed');
      conductor.outcomes.set('east>west', 'refused');
      await waitFor(() => {
        clock.advance(1_000);
        return calls === 2;
      }, soon);
      conductor.outcomes.delete('east>west');
      await untilStored(2);
      await waitFor(() => findingNow()?.kind === 'passed', soon);
      const finding = findingNow();
      expect(finding?.kind === 'passed' && finding.sinceMs).toBeGreaterThanOrEqual(startedAtMs + 100_000);
    });

    it.each([
      ['at the end of the soak', 'before'],
      ['of the cluster too', 'after'],
    ] as const)(
      'soaks from the beginning where it was one %s, and a cluster counts now that nobody had asked before',
      async (_, refused) => {
        const { record } = subject;
        subject = { ...withPolicy({ soakMs: 100_000, timeoutMs: 60_000 }), record: { ...record, deviations: { west: kind } } };
        store.keepProof = refuseCall(2, store.keepProof);
        verifier.look(subject);
        await reach('passed');
        const countsFromMs = refused === 'before' ? startedAtMs + 100_000 : startedAtMs + 10_000;
        await waitFor(() => {
          if (clock.now() < countsFromMs) clock.advance(1_000);
          return clock.now() >= countsFromMs && (refused === 'after' || calls === 2);
        }, soon);
        subject = { ...subject, record };
        if (refused === 'after') verifier.look(subject);
        await untilStored(2);
        await waitFor(() => findingNow()?.kind === 'passed', soon);
        expect(findingNow()).toMatchObject({ kind: 'passed', proof: 'p3' });
        const finding = findingNow();
        expect(finding?.kind === 'passed' && finding.sinceMs).toBeGreaterThanOrEqual(countsFromMs);
      },
    );
  });
});

describe('a verdict that has waited', () => {
  const verified = (): Subject => {
    const { record } = subject;
    return { ...subject, record: { ...record, state: 'VERIFIED', enteredAtMs: startedAtMs } };
  };
  const held = (): Subject => {
    const from = verified();
    const verdict = { ...from.verdict, reason: 'MaintenanceWindowClosed' };
    return { ...from, snapshot: { ...from.snapshot, verification: verifier.facts(subject.record) }, verdict };
  };

  it('is renewed once it is asked for, without a soak, and stays while the step waits on', async () => {
    subject = withPolicy({ soakMs: 100_000 });
    const due = verified();
    subject = held();
    verifier.look(subject);
    await new Promise(setImmediate);
    expect(conductor.made).toEqual([]);
    clock.advance(5_000);
    subject = due;
    verifier.look(subject);
    expect(await reach('passed')).toMatchObject({ sinceMs: startedAtMs + 5_000, proof: 'p1' });
    expect(await proofs()).toMatchObject([{ state: 'VERIFIED', outcome: 'passed' }]);
    subject = held();
    verifier.look(subject);
    expect(findingNow()).toMatchObject({ kind: 'passed', proof: 'p1' });
  });

  it('is renewed again when it has grown old once more, and when a cluster has lagged behind', async () => {
    subject = verified();
    verifier.look(subject);
    await reach('passed');
    clock.advance(5_000);
    subject = { ...subject, snapshot: { ...subject.snapshot, verification: verifier.facts(subject.record) } };
    verifier.look(subject);
    await waitFor(async () => (await proofs()).length === 2, soon);
    const { record } = subject;
    subject = { ...subject, record: { ...record, wave: { ...record.wave, provenAtMs: clock.now() } } };
    verifier.look(subject);
    await waitFor(async () => (await proofs()).length === 3, soon);
    expect(await reach('passed')).toMatchObject({ proof: 'p3', sinceMs: startedAtMs + 5_000 });
  });

  it('says so when the step is no longer in order', async () => {
    conductor.outcomes.set('east>west', 'refused');
    subject = verified();
    verifier.look(subject);
    expect(await reach('failed')).toMatchObject({ proof: 'p1', laggards: [{ cluster: 'west' }] });
  });
});

describe('a proof that somebody asks for', () => {
  const proving = (): Subject => sampleSubject({}, { record: newRecord('demo', rootA, 0) });

  it('is made by every check, and changes nothing', async () => {
    const running = verifier.prove(proving(), { by: 'ann' });
    expect(running).toMatchObject({ heading: { id: 'p1', cause: 'operator', by: 'ann', rotationId: undefined }, checks: [] });
    await waitFor(() => verifier.proving('demo') === undefined, soon);
    expect(await proofs()).toMatchObject([{ id: 'p1', cause: 'operator', by: 'ann', outcome: 'passed' }]);
    expect(verifier.facts(subject.record)).toBeUndefined();
  });

  it('goes on after a check that fails, for a whole picture', async () => {
    conductor.outcomes.set('east>west', 'refused');
    verifier.prove(proving(), { by: 'ann' });
    await waitFor(() => verifier.proving('demo') === undefined, soon);
    expect((await proofs())[0]?.checks).toHaveLength(5);
  });

  it('is one at a time, and of checks that there are', async () => {
    verifier.prove(proving(), { by: 'ann', checks: ['handshakes'] });
    expect(() => verifier.prove(proving(), { by: 'bob' })).toThrow(expect.objectContaining({ code: 'RR_PROOF_RUNNING' }));
    await waitFor(() => verifier.proving('demo') === undefined, soon);
    expect((await proofs())[0]?.checks.map(({ name }) => name)).toEqual(['handshakes']);
    expect(() => verifier.prove(proving(), { by: 'bob', checks: ['nonsense'] })).toThrow(
      expect.objectContaining({ code: 'RR_PROOF_CHECK_UNKNOWN' }),
    );
  });

  it('lets no step pass and holds none, after a restart either', async () => {
    conductor.outcomes.set('east>west', 'refused');
    verifier.look({ ...subject, verdict: { ...subject.verdict, reason: 'NotWritten' } });
    verifier.prove(subject, { by: 'ann' });
    await waitFor(() => verifier.proving('demo') === undefined, soon);
    expect(await proofs()).toMatchObject([{ outcome: 'failed', cause: 'operator', generation: subject.record.generation }]);
    expect(findingNow()).toBeUndefined();
    conductor.outcomes.clear();
    verifier = open();
    verifier.look(subject);
    expect(await reach('passed')).toMatchObject({ proof: 'p2' });
  });
});
