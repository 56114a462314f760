import { createFakeClock, type FakeClock } from '@reroot/shared/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { evidenceOf, holdingOf, rootA, rootB, samplePolicy, snapshotOf, workloadsHolding } from '../rotation/evidence-sample.ts';
import {
  type ClusterEvidence,
  judgeMesh,
  newRecord,
  type Policy,
  type RotationCondition,
  requestStart,
} from '../rotation/index.ts';
import { conditionSchema } from '../store/stored-condition.ts';
import { type RecordedLog, recordLog } from '../testing/recorded-log.ts';
import { createDriftWatch, type DriftWatch } from './drift-watch.ts';

const record = newRecord('demo', rootA, 0);
const [graceMs, calmMs, hourMs] = [60_000, 10_000, 3_600_000];
const foreign = 'f'.repeat(64);
const held = holdingOf(record);
const edited = { code: 'RR_SECRET_EDITED', message: 'changed by kubectl', remedy: 'leave it' };
const otherFiles = {
  replicas: [{ replica: 'istiod-1', holding: { ...held, bundleSha256: 'x' }, failure: undefined, multiRoot: 'on' }],
};

let clock: FakeClock;
let log: RecordedLog;
let watch: DriftWatch;
let history: RotationCondition[];

const open = (): DriftWatch => createDriftWatch({ history, graceMs, calmMs, clock, log });

beforeEach(() => {
  clock = createFakeClock(1_000_000);
  log = recordLog();
  history = [];
  watch = open();
});

/** Looks once, with what east holds, and keeps the entry of the history. */
function look(
  changes: Partial<ClusterEvidence> = {},
  over = record,
  { requiredEvidence }: Pick<Policy, 'requiredEvidence'> = samplePolicy,
): RotationCondition | undefined {
  watch.heard('east');
  const east = evidenceOf(over, { receivedAtMs: clock.now(), ...changes });
  const snapshot = snapshotOf(over, { east }, ['east']);
  const { passed } = judgeMesh(over, snapshot, { ...samplePolicy, requiredEvidence }, clock.now()).verdict;
  const condition = watch.look(over, snapshot, { passed }, () => passed);
  if (condition !== undefined) history.push(condition);
  return condition;
}

const kinds = (): string[] => watch.open().map(({ kind, cluster, place, count }) => `${cluster} ${kind} ${place} ${count}`);

describe('drift at rest', () => {
  it.each<[string, Partial<ClusterEvidence>, string]>([
    ['a Secret that somebody has changed', { problems: [edited] }, 'east secret Secret cacerts 1'],
    ['a Secret that is gone', { written: undefined }, 'east secret the Secret is gone 1'],
    [
      'a root that nobody named',
      { namespaces: [{ namespace: 'shop', holding: { ...held, roots: [rootA.fingerprint, foreign] } }] },
      'east foreign-root ffffffffffff in namespace shop 1',
    ],
  ])('begins at once with %s', (_, changes, expected) => {
    look();
    const condition = look(changes);
    expect(kinds()).toContain(expected);
    expect(condition?.message).toMatch(/^drift has begun: east: /);
    expect(log.all({ cluster: 'east' }).length).toBeGreaterThan(0);
  });

  it.each<[string, Partial<ClusterEvidence>, string]>([
    ['a replica with other files', otherFiles as Partial<ClusterEvidence>, 'east replica replica istiod-1 1'],
    ['a stale ConfigMap', { namespaces: [{ namespace: 'shop', holding: undefined }] }, 'east namespace namespace shop 1'],
    [
      'workloads that hold something else',
      { workloads: [workloadsHolding({ ...held, roots: [rootB.fingerprint] })] },
      'east workload workload default/web-0 3',
    ],
  ])('begins with %s only when that lasts: a renewal takes its time too', (_, changes, expected) => {
    look();
    look(changes);
    clock.advance(graceMs - 1);
    look(changes);
    expect(kinds()).toEqual([]);
    clock.advance(1);
    expect(look(changes)?.drift?.begun).toHaveLength(1);
    expect(kinds()).toEqual([expected]);
    expect(watch.open()[0]?.sinceMs).toBe(1_000_000);
  });

  it('is neither begun nor over with a Secret that could not be read', () => {
    const unread = { written: undefined, secret: 'unknown' } as const;
    look();
    expect(look(unread)).toBeUndefined();
    expect(kinds()).toEqual([]);
    look({ written: undefined });
    clock.advance(2 * graceMs);
    expect(look(unread)).toBeUndefined();
    expect(kinds()).toEqual(['east secret the Secret is gone 1']);
  });

  it('does not begin on the last word of a cluster that has gone silent, and its time begins anew with the next one', () => {
    const changes = otherFiles as Partial<ClusterEvidence>;
    look();
    look(changes);
    clock.advance(graceMs);
    expect(look({ ...changes, receivedAtMs: 1_000_000 })).toBeUndefined();
    expect(look(changes)).toBeUndefined();
    clock.advance(graceMs - 1);
    expect(look(changes)).toBeUndefined();
    clock.advance(1);
    look(changes);
    expect(watch.open()).toMatchObject([{ kind: 'replica', sinceMs: 1_000_000 + graceMs }]);
    clock.advance(graceMs);
    look({ ...changes, receivedAtMs: 1_000_000 + 2 * graceMs });
    expect(kinds()).toEqual(['east replica replica istiod-1 1']);
  });

  it('is seen where the mesh asks for less evidence than would show it', () => {
    const less = { requiredEvidence: 'written' } as const;
    look({}, record, less);
    look({ workloads: [workloadsHolding({ ...held, roots: [rootA.fingerprint, foreign] })] }, record, less);
    expect(kinds()).toEqual(['east foreign-root ffffffffffff in workload default/web-0 1']);
  });

  it('is not what a cluster holds that is still being installed, or was told something else since', () => {
    look({ written: undefined });
    expect(kinds()).toEqual([]);
    look();
    look({ written: undefined, appliedGeneration: 0 });
    expect(kinds()).toEqual([]);
  });

  it('is over when it has been gone for a while, so that two who take turns at writing make one', () => {
    look();
    look({ problems: [edited] });
    for (let turn = 0; turn < 5; turn += 1) {
      clock.advance(calmMs - 1);
      look(turn % 2 === 0 ? { problems: [edited] } : {});
    }
    look({ problems: [edited] });
    expect(history).toHaveLength(1);
    clock.advance(calmMs);
    expect(look()?.message).toBe('drift is over: east (secret)');
    expect(kinds()).toEqual([]);
  });

  it('stands in the history once an hour at the most, however often it comes back', () => {
    look();
    const comeAndGo = (): void => {
      look({ problems: [edited] });
      clock.advance(calmMs);
      look();
    };
    for (let times = 0; times < 20; times += 1) comeAndGo();
    expect(history.map(({ message }) => message.slice(0, 12))).toEqual(['drift has be', 'drift is ove']);
    clock.advance(hourMs);
    comeAndGo();
    expect(history).toHaveLength(4);
  });

  it('is not said again after a restart, and its end is', () => {
    look();
    look({ problems: [edited] });
    history = history.map((condition) => conditionSchema.parse(JSON.parse(JSON.stringify(condition))));
    watch = open();
    expect(kinds()).toEqual(['east secret Secret cacerts 1']);
    expect(look({ problems: [edited] })).toBeUndefined();
    clock.advance(calmMs);
    expect(look()?.drift?.ended).toEqual([{ cluster: 'east', kind: 'secret', place: 'Secret cacerts' }]);
  });

  it.each<[string, Partial<ClusterEvidence> | undefined]>([
    ['has not reported', undefined],
    ['reports of another term', { appliedGeneration: 0 }],
    ['is silent', { receivedAtMs: 0 }],
    ['has a namesake', { namesake: 'other uid' }],
  ])('goes on after a restart while its cluster %s', (_, changes) => {
    look();
    look({ problems: [edited] });
    clock.advance(hourMs);
    watch = open();
    const lookAgain = (): RotationCondition | undefined => {
      if (changes !== undefined) return look(changes);
      return watch.look(record, snapshotOf(record, { east: undefined }, ['east']), { passed: false }, () => false);
    };
    for (let times = 0; times < 3; times += 1) {
      expect(lookAgain()).toBeUndefined();
      clock.advance(calmMs);
    }
    expect(lookAgain()).toBeUndefined();
    expect(kinds()).toEqual(['east secret Secret cacerts 1']);
    expect(look({ problems: [edited] })).toBeUndefined();
    clock.advance(calmMs - 1);
    expect(look()).toBeUndefined();
    clock.advance(1);
    expect(look()?.message).toBe('drift is over: east (secret)');
  });

  it('is over with the membership of its cluster, whatever that reports', () => {
    look();
    look({ problems: [edited] });
    watch = open();
    const lookWithout = (): RotationCondition | undefined =>
      watch.look(record, snapshotOf(record, {}, ['west']), { passed: false }, () => false);
    expect(lookWithout()).toBeUndefined();
    clock.advance(calmMs);
    expect(lookWithout()?.message).toBe('drift is over: east (secret)');
  });

  it.each(['RR_SECRET_EDITED', 'RR_SECRET_DRIFTED', 'RR_SECRET_UNREADABLE', 'RR_SECRET_NOT_OURS'])(
    'begins over %s also where the agent could not take up the term of a new mgmt',
    (code) => {
      look();
      watch = open();
      look();
      expect(look({ appliedGeneration: 0, problems: [{ ...edited, code }] })?.drift?.begun).toHaveLength(1);
      expect(kinds()).toEqual(['east secret Secret cacerts 1']);
    },
  );

  describe('when the clock was set back', () => {
    const changes = otherFiles as Partial<ClusterEvidence>;
    const setBack = 10 * hourMs;

    it('begins when it has lasted, and no later', () => {
      look();
      look(changes);
      clock.advance(graceMs - 1_000);
      look(changes);
      clock.advance(-setBack);
      look(changes);
      clock.advance(999);
      expect(look(changes)).toBeUndefined();
      clock.advance(1);
      expect(look(changes)?.drift?.begun).toHaveLength(1);
    });

    it('is over when it has been gone for a while, and did not begin later than now', () => {
      look();
      look({ problems: [edited] });
      clock.advance(-setBack);
      look({ problems: [edited] });
      expect(watch.open()).toMatchObject([{ sinceMs: clock.now() }]);
      expect(open().open()).toEqual([expect.objectContaining({ sinceMs: clock.now() })]);
      clock.advance(calmMs);
      expect(look()?.message).toBe('drift is over: east (secret)');
    });

    it('is not over sooner either, though nobody has seen it since, and tells its beginning where it was told before', () => {
      look();
      look({ problems: [edited] });
      clock.advance(5_000);
      look();
      clock.advance(-setBack);
      look();
      clock.advance(calmMs - 5_001);
      expect(look()).toBeUndefined();
      expect(watch.open()).toMatchObject([{ sinceMs: clock.now() - calmMs + 5_001 }]);
      clock.advance(1);
      expect(look()?.message).toBe('drift is over: east (secret)');
    });

    it('stands in the history once an hour all the same', () => {
      const comeAndGo = (): void => {
        look({ problems: [edited] });
        clock.advance(calmMs);
        look();
      };
      look();
      comeAndGo();
      clock.advance(-setBack);
      comeAndGo();
      expect(history).toHaveLength(2);
      clock.advance(hourMs);
      comeAndGo();
      expect(history).toHaveLength(4);
    });
  });

  it('is nothing while a rotation is under way, and a start ends what was there', () => {
    look();
    look({ problems: [edited] });
    const start = { rotationId: 'r-1', target: rootB, by: 'ann' };
    const transition = requestStart(record, start, samplePolicy, 2_000);
    expect(look({ problems: [edited] }, transition.record)).toBeUndefined();
    expect(kinds()).toEqual([]);
    history.push(transition.condition);
    watch = open();
    expect(kinds()).toEqual([]);
  });
});

describe('drift in a large mesh', () => {
  const names = Array.from({ length: 150 }, (_, index) => `c-${index}`);
  const changed = (): ClusterEvidence => evidenceOf(record, { receivedAtMs: clock.now(), problems: [edited] });
  const sound = (): ClusterEvidence => evidenceOf(record, { receivedAtMs: clock.now() });

  it('of all clusters at once is counted whole, and an entry of the history marks the first hundred', () => {
    const evidence = new Map(names.map((name) => [name, sound()]));
    const snapshot = { ...snapshotOf(record, {}, names), evidence };
    const lookAgain = (now: () => ClusterEvidence): RotationCondition | undefined => {
      for (const name of names) {
        evidence.set(name, now());
        watch.heard(name);
      }
      return watch.look(record, snapshot, { passed: now === sound }, () => false);
    };
    lookAgain(sound);
    const begun = lookAgain(changed);
    expect(begun?.message).toMatch(/ and 140 more$/);
    expect(begun?.drift?.begun).toHaveLength(100);
    expect(watch.open()).toHaveLength(150);
    clock.advance(calmMs);
    expect(lookAgain(sound)?.drift?.ended).toHaveLength(100);
    expect(watch.open()).toEqual([]);
  });

  it('is looked for in the clusters that were heard, and stays known of the others', () => {
    const evidence = new Map(names.map((name) => [name, sound()]));
    const asked: string[] = [];
    const counting = {
      get: (name: string) => {
        asked.push(name);
        return evidence.get(name);
      },
    } as unknown as typeof evidence;
    const snapshot = { ...snapshotOf(record, {}, names), evidence: counting };
    const lookAgain = (...heard: readonly string[]): void => {
      asked.length = 0;
      for (const name of heard) watch.heard(name);
      watch.look(record, { ...snapshot }, { passed: false }, () => true);
    };
    lookAgain();
    expect(asked).toEqual(names);
    evidence.set('c-7', changed());
    lookAgain('c-7');
    expect(asked).toEqual(['c-7']);
    lookAgain();
    clock.advance(calmMs);
    lookAgain('c-8');
    expect(asked).toEqual(['c-8']);
    expect(kinds()).toEqual(['c-7 secret Secret cacerts 1']);
    watch.look(record, { ...snapshot, knownRoots: new Set(snapshot.knownRoots) }, { passed: false }, () => true);
    expect(new Set(asked).size).toBe(150);
  });
});

describe('what the history has left of drift', () => {
  const drift = { begun: [{ cluster: 'east', kind: 'secret', place: 'Secret cacerts' }], ended: [] } as const;
  const entry = (more: Partial<RotationCondition>): RotationCondition => {
    const { state, step, generation } = record;
    return { ...{ atMs: 1, state, step, rotationId: undefined, generation, message: '', errors: [], act: undefined }, ...more };
  };

  it('is nothing from before the oldest act that is kept: starts between them may be gone', () => {
    history = [entry({ drift }), entry({ act: { move: 'finish' } })];
    expect(open().open()).toEqual([]);
    history = [entry({}), entry({ drift }), entry({ act: { move: 'finish' } })];
    expect(open().open()).toHaveLength(1);
  });
});
