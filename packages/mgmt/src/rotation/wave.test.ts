import { describe, expect, it } from 'vitest';
import { assignmentOf } from './assignment.ts';
import { changeMembers } from './cluster-act.ts';
import { evidenceOf } from './evidence-sample.ts';
import type { WavePolicy, WaveSize } from './policy.ts';
import type { RotationRecord } from './record.ts';
import { type Looking, look, nowMs, rest, run, start, taken } from './testing/sample-run.ts';

const clusters = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const reached1: Looking['except'] = { b: { written: undefined } };
const untold: Looking['except'] = { e: { written: undefined } };

function waves(changes: Partial<WavePolicy> = {}): { readonly waves: WavePolicy } {
  return { waves: { canaries: [], size: { kind: 'all' }, soakMs: 0, onFailure: 'stop', ...changes } };
}

/** Which clusters are told the row in force. */
function toldIn(record: RotationRecord, names = clusters): string {
  return names.filter((name) => assignmentOf(record, name)?.row.step === record.step).join('');
}

/** The clusters that are told, after each wave of the first step. */
function reached(policy: { readonly waves: WavePolicy }, started = start(policy), names = clusters): string[] {
  const told: string[] = [];
  for (let record = started, looks = 0; record.state === started.state && looks < 100; looks += 1) {
    record = taken(look(record, { policy, clusters: names }));
    if (told.at(-1) !== toldIn(record, names)) told.push(toldIn(record, names));
  }
  return told;
}

describe('the waves of a step', () => {
  it('are one when nothing else is asked for', () => {
    expect(reached(waves())).toEqual(['abcdefg']);
  });

  it.each<[WaveSize, string[]]>([
    [{ kind: 'count', clusters: 3 }, ['abc', 'abcdef', 'abcdefg']],
    [{ kind: 'count', clusters: 100 }, ['abcdefg']],
    [{ kind: 'share', percent: 30 }, ['abc', 'abcdef', 'abcdefg']],
    [{ kind: 'share', percent: 1 }, ['a', 'ab', 'abc', 'abcd', 'abcde', 'abcdef', 'abcdefg']],
    [{ kind: 'share', percent: 100 }, ['abcdefg']],
  ])('are as large as the policy says, a share rounded up: %o', (size, expected) => {
    expect(reached(waves({ size }))).toEqual(expected);
  });

  it('begin with the canaries, and with them alone', () => {
    expect(reached(waves({ canaries: ['f', 'c'], size: { kind: 'count', clusters: 3 } }))).toEqual(['cf', 'abcdf', 'abcdefg']);
    expect(reached(waves({ canaries: ['f', 'c'] }))).toEqual(['cf', 'abcdefg']);
  });

  it('keep the canaries that the rotation was started with, whatever the spec says later', () => {
    const started = start(waves({ canaries: ['f'] }));
    expect(reached(waves({ canaries: ['b'] }), started)).toEqual(['f', 'abcdefg']);
  });

  it('are one with strategy NONE, canaries or not, for it drops traffic while both roots are in use', () => {
    const policy = waves({ canaries: ['c'], size: { kind: 'count', clusters: 1 } });
    expect(reached(policy, start({ ...policy, strategy: 'NONE' }))).toEqual(['abcdefg']);
  });

  it('come again in each step, the first of them with the beginning of the step', () => {
    const policy = waves({ canaries: ['d'], size: { kind: 'count', clusters: 4 } });
    const { conditions } = run(start(policy), { policy, clusters });
    const told = conditions.flatMap(({ act, message }) => (act !== undefined && 'wave' in act ? [message] : []));
    const steps = ['ADDING_NEW_ROOT', 'PROPAGATING_NEW_INTERMEDIATE', 'DELETING_OLD_ROOT'];
    expect(told).toEqual(
      steps.flatMap((step, index) => [
        index === 0
          ? 'ADDING_NEW_ROOT goes on with wave 1: the clusters up to d of 7'
          : `${steps[index - 1] ?? ''} is verified; ${step} begins with wave 1: the clusters up to d of 7`,
        `${step} goes on with wave 2: the clusters up to e of 7`,
        `${step} goes on with wave 3: the last clusters of 7`,
      ]),
    );
  });

  it('wait for every cluster: those that were told hold the step, the others what they held before', () => {
    const policy = waves({ size: { kind: 'count', clusters: 2 } });
    const told = taken(look(start(policy), { policy, clusters }));
    expect(toldIn(told)).toBe('ab');
    for (const cluster of ['b', 'e']) {
      const decision = look(told, { policy, clusters, except: { [cluster]: { written: undefined } } });
      expect(decision).toMatchObject({ kind: 'wait', verdict: { reason: 'NotWritten', laggards: [{ cluster }] } });
    }
    const eager = evidenceOf(told, {}, 'a');
    expect(look(told, { policy, clusters, except: { g: eager } })).toMatchObject({ verdict: { reason: 'GenerationNotApplied' } });
  });

  it('tell those that they have not reached exactly what they were told before', () => {
    const policy = waves({ size: { kind: 'count', clusters: 2 } });
    const verified = run(start({ ...policy, verification: 'manual' }), { policy, clusters }).record;
    const propagating = taken(look({ ...verified, state: 'VERIFIED' }, { policy, clusters }));
    expect(assignmentOf(propagating, 'g')).toEqual({
      row: { ...assignmentOf(verified, 'g')!.row, nudge: 'laggards' },
      generation: verified.generation,
    });
  });
});

describe('a wave that soaks', () => {
  const policy = waves({ size: { kind: 'count', clusters: 4 }, soakMs: 1_000 });
  const told = taken(look(start(policy), { policy, clusters }));
  const proven = taken(look(told, { policy, clusters, atMs: nowMs + 500 }));

  it('holds up the next one until it has been proven for as long as the policy asks', () => {
    expect(toldIn(proven)).toBe('abcd');
    expect(look(proven, { policy, clusters, atMs: nowMs + 1_499 })).toMatchObject({
      kind: 'wait',
      verdict: { reason: 'WaveSoaking', message: 'waiting: wave 1 soaks until 1970-01-01T00:00:03.500Z' },
    });
    expect(toldIn(taken(look(proven, { policy, clusters, atMs: nowMs + 1_500 })))).toBe('abcdefg');
  });

  it('begins to soak anew when a cluster has been in doubt meanwhile', () => {
    const doubted = taken(look(proven, { policy, clusters, atMs: nowMs + 1_000, except: reached1 }));
    expect(doubted.wave).toMatchObject({ index: 1, provenAtMs: undefined, releasedAtMs: nowMs + 1_000 });
    const again = taken(look(doubted, { policy, clusters, atMs: nowMs + 1_400 }));
    expect(look(again, { policy, clusters, atMs: nowMs + 2_399 })).toMatchObject({ verdict: { reason: 'WaveSoaking' } });
    expect(toldIn(taken(look(again, { policy, clusters, atMs: nowMs + 2_400 })))).toBe('abcdefg');
  });

  it('is not in doubt because an mgmt that has just started has heard nobody yet', () => {
    const atMs = nowMs + 1_000;
    const except = Object.fromEntries(clusters.map((name) => [name, undefined]));
    const anew = { policy, clusters, atMs, except };
    expect(look(proven, { ...anew, heardSinceMs: atMs })).toMatchObject({
      kind: 'wait',
      verdict: { reason: 'ClusterNeverReported' },
    });
    expect(taken(look(proven, anew)).wave.provenAtMs).toBeUndefined();
  });

  it('is not in doubt because of a cluster that no wave has reached, but the next one waits for that', () => {
    const looking: Looking = { policy, clusters, atMs: nowMs + 2_000, except: untold };
    expect(look(proven, looking)).toMatchObject({
      kind: 'wait',
      verdict: { reason: 'NotWritten', laggards: [{ cluster: 'e' }] },
    });
    expect(toldIn(taken(look(proven, { ...looking, except: {} })))).toBe('abcdefg');
  });

  it('soaks from now on where it was proven while the clock was ahead: not until the clock is there again', () => {
    const ahead = taken(look(told, { policy, clusters, atMs: nowMs + 100_000 }));
    const again = taken(look(ahead, { policy, clusters, atMs: nowMs + 500 }));
    expect(again.wave).toMatchObject({ index: 1, provenAtMs: nowMs + 500 });
    expect(look(again, { policy, clusters, atMs: nowMs + 1_499 })).toMatchObject({ verdict: { reason: 'WaveSoaking' } });
    expect(toldIn(taken(look(again, { policy, clusters, atMs: nowMs + 1_500 })))).toBe('abcdefg');
  });

  it('does not soak when it is the last: then the step is proven', () => {
    const last = taken(look(proven, { policy, clusters, atMs: nowMs + 1_500 }));
    expect(taken(look(last, { policy, clusters, atMs: nowMs + 1_500 })).state).toBe('VERIFYING');
  });
});

describe('a cluster that joins or leaves between two waves', () => {
  const policy = waves({ canaries: ['c', 'e'], size: { kind: 'count', clusters: 2 } });
  const told = run(start(policy), { policy, clusters, except: { a: { written: undefined } } }).record;
  const second = taken(look(taken(look(start(policy), { policy, clusters })), { policy, clusters }));

  it('moves no other cluster from one side to the other', () => {
    expect([told.wave.index, toldIn(second)]).toEqual([0, 'abce']);
    const changes: readonly { readonly added: string[]; readonly removed: string[] }[] = [
      { added: ['aa', 'z'], removed: [] },
      { added: [], removed: ['b', 'c', 'g'] },
    ];
    for (const change of changes) {
      const names = [...clusters.filter((name) => !change.removed.includes(name)), ...change.added];
      const changed = changeMembers(second, change, 'the spec changed', nowMs).record;
      const stayed = clusters.filter((name) => !change.removed.includes(name));
      for (const name of stayed) expect(assignmentOf(changed, name)).toEqual(assignmentOf(second, name));
      const done = run(changed, { policy, clusters: names.filter((name) => changed.deviations[name] === undefined) });
      expect(done.record.state).toBe('FINISHED');
    }
  });

  it('is taken in by the last wave wherever it stands in the order', () => {
    const last = taken(look(taken(look(second, { policy, clusters })), { policy, clusters }));
    expect(toldIn(last, [...clusters, 'zz', 'c0'])).toBe('abcdefgzzc0');
  });

  it('does not keep the step from ending when all that were left have gone', () => {
    const left = ['a', 'b', 'c', 'e'];
    const changed = changeMembers(second, { added: [], removed: ['d', 'f', 'g'] }, 'the spec changed', nowMs).record;
    expect(run(changed, { policy, clusters: left }).record.state).toBe('FINISHED');
  });

  it('leaves a step that was given to nobody with nobody told', () => {
    expect(toldIn(rest)).toBe('abcdefg');
    expect(toldIn(start(policy))).toBe('');
  });
});
