import { silentLog } from '@reroot/shared/log';
import { createFakeClock, type FakeClock, waitFor } from '@reroot/shared/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type AutomaticPolicy, findingFor, type VerificationFinding } from '../rotation/index.ts';
import type { Store } from '../store/index.ts';
import type { Subject } from './subject.ts';
import { createDemoStore } from './testing/demo-store.ts';
import { sampleSubject, startedAtMs } from './testing/sample-subject.ts';
import { createScriptedConductor, type ScriptedConductor } from './testing/scripted-conductor.ts';
import { createVerifier, type Verifier } from './verifier.ts';

const hourMs = 3_600_000;

/** What the steady clock shows at `startedAtMs`: a machine has been up for as long. */
const upMs = 500_000;

let steadyClock: FakeClock;
let setBackMs: number;
let store: Store;
let term: number;
let conductor: ScriptedConductor;
let subject: Subject;
let verifier: Verifier;
let nextId: number;
const verifiers: Verifier[] = [];

function open(): Verifier {
  const opened: Verifier = createVerifier({
    tools: { conductor, ask: async () => ({ verdict: 'pass' }) },
    ...{ store, term, steadyClock, log: silentLog },
    clock: { ...steadyClock, now: () => startedAtMs + steadyClock.now() - upMs - setBackMs },
    newId: () => `p${(nextId += 1)}`,
    wake: () => queueMicrotask(() => opened.look(subject)),
  });
  verifiers.push(opened);
  return opened;
}

beforeEach(async () => {
  steadyClock = createFakeClock(upMs);
  setBackMs = 0;
  ({ store, term } = await createDemoStore());
  conductor = createScriptedConductor();
  subject = sampleSubject({ timeoutMs: 20_000 });
  nextId = 0;
  verifier = open();
});
afterEach(async () => {
  await Promise.all(verifiers.splice(0).map((each) => each.stop()));
});

/** What a decision about the mesh goes by. */
function findingNow(): VerificationFinding | undefined {
  return findingFor(subject.record, verifier.facts(subject.record));
}

async function reach(kind: VerificationFinding['kind'], stepMs = 0): Promise<VerificationFinding> {
  await waitFor(
    () => {
      if (findingNow()?.kind !== kind) steadyClock.advance(stepMs);
      return findingNow()?.kind === kind;
    },
    { timeoutMs: 5_000, what: 'a finding' },
  );
  return findingNow()!;
}

/** Entered long ago, when a mgmt that was started now has looked at it anew. */
function enteredLongAgo(asked: Partial<AutomaticPolicy>): Subject {
  const { spec, record, snapshot, ...rest } = sampleSubject(asked);
  const longAgoMs = startedAtMs - 2 * hourMs;
  const wave = { ...record.wave, provenAtMs: longAgoMs };
  const heard = { ...snapshot, heardSinceMs: startedAtMs };
  return { ...rest, spec, record: { ...record, enteredAtMs: longAgoMs, wave }, snapshot: heard };
}

function lagging(): Subject {
  return { ...subject, verdict: { ...subject.verdict, reason: 'NotWritten' } };
}

it('checks have no longer than they may take, when the clock is set back meanwhile', async () => {
  conductor.outcomes.set('east>west', 'unavailable');
  verifier.look(subject);
  await reach('running');
  setBackMs = hourMs;
  await reach('failed', 500);
  expect(steadyClock.now()).toBeLessThanOrEqual(upMs + 21_000);
});

it('clusters that lag behind have no longer either, and the verdict counts though the step was entered at a moment still to come', async () => {
  subject = lagging();
  verifier.look(subject);
  setBackMs = hourMs;
  steadyClock.advance(19_999);
  verifier.look(subject);
  await new Promise(setImmediate);
  expect(findingNow()).toBeUndefined();
  steadyClock.advance(1);
  verifier.look(subject);
  await reach('failed');
});

it('a mgmt that was started after the clock was set back gives a step that was entered before all of its time, and no more', async () => {
  setBackMs = hourMs;
  conductor.outcomes.set('east>west', 'unavailable');
  verifier.look(subject);
  await reach('running');
  await reach('failed', 500);
  expect(steadyClock.now()).toBeGreaterThan(upMs + 17_000);
  expect(steadyClock.now()).toBeLessThanOrEqual(upMs + 21_000);
});

it.each([
  ['checks are unavailable', false],
  ['a cluster lags on', true],
])('a step that is verified anew has no longer than all of its time again, where %s', async (_, lagsOn) => {
  subject = sampleSubject({ timeoutMs: 20_000, soakMs: 600_000 });
  verifier.look(subject);
  await reach('passed');
  const waiting = subject;
  subject = lagging();
  steadyClock.advance(300_000);
  verifier.look(subject);
  expect(findingNow()?.kind).toBe('running');
  expect(verifier.facts(subject.record)?.countsFromMs).toBe(startedAtMs + 300_000);
  setBackMs = 200_000;
  conductor.outcomes.set('east>west', 'unavailable');
  if (!lagsOn) subject = waiting;
  await waitFor(
    () => {
      verifier.look(subject);
      if (findingNow()?.kind === 'running') steadyClock.advance(500);
      return findingNow()?.kind === 'failed';
    },
    { timeoutMs: 5_000, what: 'a verdict' },
  );
  expect(steadyClock.now()).toBeGreaterThan(upMs + 317_000);
  expect(steadyClock.now()).toBeLessThanOrEqual(upMs + 321_000);
});

it('a decision is told since when a verdict is waited for by the clock as it is set now, whatever is found meanwhile', async () => {
  setBackMs = -hourMs;
  subject = { ...subject, snapshot: { ...subject.snapshot, heardSinceMs: startedAtMs + hourMs } };
  conductor.outcomes.set('east>west', 'unavailable');
  verifier.look(subject);
  const sinceNow = (): number | undefined => verifier.facts(subject.record)?.countsFromMs;
  expect(sinceNow()).toBe(startedAtMs + hourMs);
  await reach('running');
  steadyClock.advance(500);
  expect(sinceNow()).toBe(startedAtMs + hourMs);
  setBackMs = 0;
  expect(sinceNow()).toBe(startedAtMs);
});

it('a soak that has begun at a moment still to come is counted from now on', async () => {
  subject = enteredLongAgo({ soakMs: 100_000 });
  verifier.look(subject);
  await reach('passed');
  setBackMs = hourMs;
  await waitFor(
    () => {
      const finding = findingNow();
      if (finding?.kind === 'passed' && finding.atMs > finding.sinceMs) return true;
      steadyClock.advance(5_000);
      return false;
    },
    { timeoutMs: 5_000, what: 'the end of the soak' },
  );
  // It is looked at twice a minute, and notices it then.
  expect(steadyClock.now()).toBeLessThanOrEqual(upMs + 140_000);
});

it('a verdict of before a restart does not count from a moment that is still to come', async () => {
  subject = enteredLongAgo({ soakMs: 100_000 });
  verifier.look(subject);
  await reach('passed');
  await verifier.stop();
  setBackMs = hourMs;
  verifier = open();
  verifier.look(subject);
  expect(await reach('passed')).toMatchObject({ proof: 'p2', sinceMs: startedAtMs - hourMs });
});

it('what was found on one moment of a mesh does not count for the next one, though that begins at an earlier time', async () => {
  conductor.outcomes.set('east>west', 'refused');
  const { record } = subject;
  subject = { ...subject, record: { ...record, state: 'VERIFIED' } };
  verifier.look(subject);
  await reach('failed');
  const lapsed = { ...record, enteredAtMs: startedAtMs - hourMs };
  expect(findingFor(lapsed, verifier.facts(lapsed))).toBeUndefined();
});
