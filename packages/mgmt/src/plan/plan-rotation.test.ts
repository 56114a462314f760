import { type RerootError, toRerootError } from '@reroot/shared/errors';
import { describe, expect, it } from 'vitest';
import { workloadsHolding } from '../rotation/evidence-sample.ts';
import {
  type ClusterEvidence,
  changeMembers,
  emergencyPolicyOf,
  excludeCluster,
  heldBack,
  perform,
  type RotationRecord,
  requestAdoption,
  requestStart,
} from '../rotation/index.ts';
import { unboundedReasons } from './estimate.ts';
import type { PlanAsk } from './plan-facts.ts';
import { planRotation } from './plan-rotation.ts';
import { ask, dayMs, knownRoot, nowMs, planFacts, restingRecord, type Sample } from './testing/sample-facts.ts';

const three = { clusters: ['east', 'north', 'west'] } as const;
const [oldRoot, newRoot] = [knownRoot.fingerprint, 'c'.repeat(64)];
const target = { fingerprint: newRoot, notBeforeMs: nowMs - dayMs, notAfterMs: nowMs + 2_000 * dayMs };

const plan = (sample: Sample = three, asked: Partial<PlanAsk> = {}) => planRotation(planFacts(sample), ask(asked));

/** A rotation of the sample that has just been started. */
function started(sample: Sample, from: RotationRecord = restingRecord): RotationRecord {
  return requestStart(from, { rotationId: 'r1', target, by: 'ann' }, planFacts(sample).policy, nowMs).record;
}

/** What a cluster reports whose workloads are these. */
function workloads(...groups: readonly Parameters<typeof workloadsHolding>[1][]): Partial<ClusterEvidence> {
  const written = planFacts().snapshot.evidence.get('east')?.written;
  if (written === undefined) throw new Error('a sample cluster has a Secret');
  return { workloads: groups.map((group) => workloadsHolding(written, group)) };
}

function refusal(run: () => unknown): RerootError {
  try {
    run();
  } catch (thrown) {
    return toRerootError(thrown);
  }
  throw new Error('nothing was refused');
}

describe('a plan of a rotation that is not started', () => {
  it('has the rows in their order, with what each writes and who signs', () => {
    const { steps, of, oldRoot: old, newRoot: next } = plan();
    expect(of).toBe('start');
    expect(steps.map(({ step, row }) => [step, row.roots, row.signer])).toEqual([
      ['ADDING_NEW_ROOT', [oldRoot, 'new'], oldRoot],
      ['PROPAGATING_NEW_INTERMEDIATE', [oldRoot, 'new'], 'new'],
      ['DELETING_OLD_ROOT', ['new'], 'new'],
    ]);
    expect(
      steps.map(({ changes }) => changes.map(({ added, removed, intermediate }) => ({ added, removed, intermediate }))),
    ).toEqual([
      [{ added: ['new'], removed: [], intermediate: 'kept' }],
      [{ added: [], removed: [], intermediate: 'new' }],
      [{ added: [], removed: [oldRoot], intermediate: 'kept' }],
    ]);
    expect([old.origin, next.origin, next.notAfter]).toEqual(['known', 'unmade', new Date(nowMs + 365 * dayMs).toISOString()]);
  });

  it('says of disruption budgets what the last preflight saw, of what the policy restarts alone', () => {
    const budget = (guards: 'istiod' | 'gateway', allowed: number) => ({
      name: guards,
      namespace: 'istio-system',
      guards,
      allowed,
    });
    const budgets = new Map([
      ['east', [budget('istiod', 0), budget('gateway', 1)]],
      ['west', [budget('istiod', 1), budget('gateway', 0)]],
    ]);
    const restarting = (policy: string) => plan({ ...three, policy, facts: { budgets } });
    const { steps, notices } = restarting('restarts: RESTART_ALWAYS');
    expect(steps[0]?.restarts).toMatchObject({ replicasWhy: 'always', blocked: ['east'], unknown: ['north'] });
    expect(notices.find(({ reason }) => reason === 'RestartBlocked')?.clusters).toEqual(['east']);
    expect(restarting('workloadRestarts: RESTART_NEEDED').steps[0]?.restarts.blocked).toEqual(['west']);
    expect(restarting('restarts: RESTART_NEVER').steps[0]?.restarts.blocked).toEqual([]);
  });

  it('groups clusters by what changes in them', () => {
    const mixed = [oldRoot, 'd'.repeat(64)];
    const east = planFacts(three).snapshot.evidence.get('east');
    const odd = { written: { ...east!.written!, roots: mixed } };
    const [first] = plan({ ...three, except: { north: odd } }).steps;
    expect(first?.changes.map(({ clusters, removed }) => ({ clusters, removed }))).toEqual([
      { clusters: ['east', 'west'], removed: [] },
      { clusters: ['north'], removed: ['d'.repeat(64)] },
    ]);
  });

  it('is blocked, and knows no moment, where no cluster takes part', () => {
    const clusters = three.clusters.map((cluster) => [cluster, heldBack('ann', 'it has joined', nowMs)] as const);
    const record = { ...restingRecord, deviations: Object.fromEntries(clusters) };
    const foreign = { ...planFacts(three).snapshot.evidence.get('west')!.written!, roots: ['e'.repeat(64)] };
    const { notices, ends, steps, bystanders } = plan({ ...three, record, except: { west: { written: foreign } } });
    expect(notices[0]).toMatchObject({ severity: 'blocks', reason: 'NoMember' });
    expect(notices[0]?.message).toContain('`reroot mesh adopt`');
    expect([ends, steps[0]?.begins, steps[0]?.proven]).toEqual(Array(3).fill({ unbounded: [unboundedReasons.nobody] }));
    expect(bystanders.map(({ cluster, message }) => [cluster, message.split(/[;:]/)[0]])).toEqual([
      ['east', 'it is led to the others beside the waves'],
      ['north', 'it is led to the others beside the waves'],
      ['west', 'it stays as it is'],
    ]);
  });

  it('says that it does not know what a cluster holds that never reported', () => {
    const { steps, notices } = plan({ ...three, except: { north: undefined } });
    expect(steps[0]?.changes.find(({ clusters }) => clusters.includes('north'))?.before).toBeUndefined();
    expect(notices).toContainEqual(expect.objectContaining({ severity: 'blocks', reason: 'ClusterSilent', clusters: ['north'] }));
  });

  it('is not held up by a silent cluster that it is asked for without', () => {
    const silent = { north: { receivedAtMs: nowMs - 60_000 } };
    expect(plan({ ...three, except: silent }).notices.map(({ severity }) => severity)).toContain('blocks');
    expect(plan({ ...three, except: silent }, { exclude: ['north'] }).notices).toEqual([]);
    const both = { ...silent, west: { receivedAtMs: nowMs - 60_000 } };
    expect(plan({ ...three, except: both }, { exclude: ['north'] }).notices[0]).toMatchObject({ clusters: ['west'] });
  });

  it('makes no likely and no latest end up while a silent cluster is waited for', () => {
    const { ends, steps } = plan({ ...three, except: { north: { receivedAtMs: nowMs - 60_000 } } });
    expect([ends.likely, ends.latest]).toEqual([undefined, undefined]);
    expect(ends.soonest).toBeDefined();
    expect(steps[0]?.begins).toMatchObject({ soonest: new Date(nowMs).toISOString() });
    expect(steps[0]?.begins.likely).toBeUndefined();
    expect(ends.unbounded).toEqual(['a cluster that does not report is waited for']);
  });

  it('takes a silent cluster to be excluded when the policy does so, and names the pairs that break then', () => {
    const policy = 'silentClusters: { excludeAfter: 10m }';
    const { steps, breaks } = plan({ ...three, policy, except: { north: { receivedAtMs: nowMs - 60_000 } } });
    expect(steps[0]?.begins.likely).toBe(new Date(nowMs + 540_000).toISOString());
    expect(breaks.map(({ cluster, others }) => [cluster, others])).toContainEqual(['north', ['east', 'west']]);
    expect(breaks.at(-1)?.until).toBeUndefined();
  });

  it.each([
    ['of a root that it names', '8'.repeat(64)],
    ['that it does not know', undefined],
  ])('names the pairs of a quarantined cluster with a signer %s', (_, signerRoot) => {
    const record = changeMembers(restingRecord, { added: ['west'], removed: [] }, 'one more', nowMs - 1).record;
    const written = planFacts(three).snapshot.evidence.get('east')!.written!;
    const except = { west: { written: { ...written, roots: ['8'.repeat(64)], signerRoot } } };
    const { breaks } = plan({ ...three, record, except });
    expect(breaks[0]).toMatchObject({ cluster: 'west', others: ['east', 'north'], refuses: 'both' });
    expect(breaks.at(-1)?.until).toBeUndefined();
  });

  it('counts certificates: once for a bundle that grows, once for a nudge, twice for a bundle that shrinks', () => {
    expect(plan().steps.map(({ resigns }) => resigns)).toEqual([1, 1, 2]);
  });

  it('counts intermediates where the signer changes, and those that are asked for at once', () => {
    const { steps } = plan({ ...three, policy: 'waves: { maxClusters: 2 }' });
    expect(steps.map(({ intermediates }) => [intermediates.count, intermediates.atOnce])).toEqual([
      [0, 0],
      [3, 2],
      [0, 0],
    ]);
  });

  it('warns of a burst that istiod signs for longer than ten seconds', () => {
    const few = { ...three, except: { north: workloads({ count: 20_000 }) } };
    expect(plan(few).notices.map(({ reason }) => reason)).not.toContain('SigningBurst');
    const many = plan({ ...three, except: { north: workloads({ count: 100_000 }) } });
    expect(many.notices).toContainEqual(expect.objectContaining({ reason: 'SigningBurst', clusters: ['north'] }));
    expect(many.steps[0]?.waves[0]?.burst).toEqual({
      cluster: 'north',
      requests: 100_000,
      replicas: 2,
      perSecond: 9_000,
      seconds: 11.111,
    });
  });

  it('waits for half the life of a leaf where workloads are not pushed to, unless they are restarted', () => {
    const late = workloads({ count: 3 }, { count: 999, learns: 'renewed' });
    const waits = plan({ ...three, except: { north: late } });
    const [first] = waits.steps;
    expect(Date.parse(first?.proven.likely ?? '') - nowMs).toBeGreaterThan(11.9 * 3_600_000);
    expect(Date.parse(first?.proven.latest ?? '') - nowMs).toBeLessThan(12.3 * 3_600_000);
    expect(waits.notices).toContainEqual(expect.objectContaining({ reason: 'WorkloadsLearnLate', clusters: ['north'] }));
    const restarts = plan({
      ...three,
      policy: 'workloadRestarts: RESTART_NEEDED',
      except: { north: workloads({ count: 4, learns: 'renewed' }) },
    });
    expect(restarts.steps[0]?.restarts).toMatchObject({ workloads: 4, replicas: 0 });
    expect(Date.parse(restarts.steps[0]?.proven.likely ?? '') - nowMs).toBeLessThan(10 * 60_000);
  });

  it('says who refuses every change of roots, and whether that is mended by a restart', () => {
    const east = planFacts(three).snapshot.evidence.get('east');
    const except = { north: { replicas: east!.replicas.map((replica) => ({ ...replica, multiRoot: 'off' as const })) } };
    const never = plan({ ...three, except });
    expect(never.notices[0]).toMatchObject({ severity: 'blocks', reason: 'MultiRootOff', clusters: ['north'] });
    expect(never.ends.latest).toBeUndefined();
    const needed = plan({ ...three, policy: 'restarts: RESTART_NEEDED', except });
    expect(needed.notices[0]).toMatchObject({ severity: 'warning', reason: 'MultiRootOff' });
    expect(needed.steps[0]?.restarts).toMatchObject({ replicas: 2, replicasWhy: 'when-refused' });
    expect(plan({ ...three, policy: 'restarts: RESTART_ALWAYS' }).steps[0]?.restarts.replicas).toBe(6);
  });

  it('names who has to answer, and gives no latest end for people', () => {
    const { steps, notices, ends } = plan({ ...three, verification: 'manual', policy: 'approvals: { fourEyes: true }' });
    expect(steps.map(({ answer }) => answer)).toEqual(Array(3).fill('another person than whoever starts it'));
    expect(notices).toContainEqual(expect.objectContaining({ severity: 'person', reason: 'AwaitingVerification' }));
    expect(ends).toMatchObject({ unbounded: ['a person has to answer'] });
    expect(steps[0]?.proven.latest).toBeDefined();
  });

  it('begins steps in windows alone, and says so when an approval would lapse before', () => {
    const policy = 'approvals: { expireAfter: 1h }, maintenanceWindows: [{ cron: "0 2 * * *", duration: 1m }]';
    const { steps, notices } = plan({ ...three, verification: 'manual', policy });
    expect(steps.map(({ begins }) => begins.likely)).toEqual([
      '2027-01-05T02:00:00.000Z',
      expect.stringMatching(/^2027-01-05T02:00:1/),
      expect.stringMatching(/^2027-01-05T02:00:3/),
    ]);
    expect(notices.map(({ reason }) => reason)).not.toContain('ApprovalWouldLapse');
    // The last workload takes the new root about noon, and the next window is at night.
    const late = { north: workloads({ count: 999, learns: 'renewed' }) };
    const daily = plan({ ...three, verification: 'manual', policy, except: late });
    expect(daily.steps[1]?.begins.likely).toBe('2027-01-06T02:00:00.000Z');
    const lapses = (message: string): unknown =>
      expect.objectContaining({ reason: 'ApprovalWouldLapse', message: expect.stringContaining(message) });
    expect(daily.notices).toContainEqual(lapses('answer shortly before'));
    // Nobody answers there.
    const automatic = plan({ ...three, verification: 'automatic', policy, except: late });
    expect(automatic.notices).toContainEqual(lapses('mgmt verifies it anew then'));
    expect(automatic.notices).not.toContainEqual(lapses('answer shortly before'));
  });

  it('foretells that a wave runs into the step timeout', () => {
    const tight = plan({ ...three, policy: 'stepTimeout: { after: 5s, then: THEN_ROLLBACK }' });
    expect(tight.notices[0]).toMatchObject({
      severity: 'blocks',
      reason: 'SlowerThanTimeout',
      message: expect.stringContaining('taken back'),
    });
    const loose = plan({ ...three, policy: 'stepTimeout: { after: 10m }' });
    expect(loose.notices).toEqual([]);
    const { spec, policy } = planFacts({ ...three, policy: 'stepTimeout: { after: 10m }' });
    // What never begins runs into no timeout.
    const maintenanceWindows = [{ cron: '0 0 31 2 *', durationMs: 60_000, timeZone: 'UTC' }];
    const never = plan({ ...three, facts: { spec: { ...spec, maintenanceWindows }, policy } });
    expect(never.notices.map(({ reason }) => reason)).toEqual(['NoWindowToCome']);
  });

  it('finds certificates that end before it does', () => {
    const ends = nowMs + 5_000;
    const east = planFacts(three).snapshot.evidence.get('east');
    const dying = { written: { ...east!.written!, signerNotAfterMs: ends } };
    const { expiries } = plan({ ...three, except: { north: dying } });
    expect(expiries).toEqual([
      {
        what: 'intermediate of north',
        at: new Date(ends).toISOString(),
        when: 'before-likely-end',
        message: expect.stringContaining('sooner than the leaves'),
        clusters: ['north'],
      },
    ]);
    const record = { ...restingRecord, roots: [{ ...restingRecord.roots[0]!, notAfterMs: nowMs + 3 * dayMs }] };
    expect(plan({ ...three, record }).expiries).toMatchObject([{ what: `old root ${oldRoot}`, when: 'soon-after' }]);
  });

  it('takes what the source offers for the new root, and says so when it offers nothing', () => {
    const facts = planFacts(three);
    const spec = { ...facts.spec, rootSource: { kind: 'secret', secret: { namespace: 'reroot', name: 'next' } } } as const;
    const [notBefore, notAfter] = [nowMs, nowMs + 900 * dayMs].map((ms) => new Date(ms).toISOString()) as [string, string];
    const offer = {
      kind: 'root',
      place: 'Secret reroot/next',
      since: notBefore,
      fingerprint: newRoot,
      subject: 'CN=b',
      notBefore,
      notAfter,
    } as const;
    expect(planRotation({ ...facts, spec, offer }, ask()).newRoot).toEqual({
      fingerprint: newRoot,
      origin: 'offered',
      subject: 'CN=b',
      notBefore,
      notAfter,
    });
    expect(planRotation({ ...facts, spec }, ask()).notices[0]).toMatchObject({ severity: 'blocks', reason: 'NoRootOffered' });
  });

  it('warns of strategy NONE, which has one step and one wave', () => {
    const { steps, notices } = plan({ ...three, policy: 'waves: { canaries: [west] }' }, { strategy: 'NONE' });
    expect(steps.map(({ step, waves }) => [step, waves.length])).toEqual([['DELETING_OLD_ROOT', 1]]);
    expect(notices).toContainEqual(expect.objectContaining({ reason: 'AbruptPassage' }));
  });

  it.each<[string, Partial<PlanAsk>, string]>([
    ['an unknown cluster', { offline: ['south'] }, 'RR_CLUSTER_NOT_FOUND'],
    ['a root that the mesh does not know', { targetRoot: 'e'.repeat(64) }, 'RR_ROTATION_TARGET_INVALID'],
    ['the root that it is on', { targetRoot: oldRoot }, 'RR_ROTATION_TARGET_INVALID'],
    ['the exclusion of everybody', { exclude: ['east', 'north', 'west'] }, 'RR_CLUSTER_LAST'],
  ])('refuses as a start does: %s', (_, asked, code) => {
    expect(refusal(() => plan(three, asked)).code).toBe(code);
  });

  it('refuses what does not go together, as a start does', () => {
    const sample = { ...three, verification: 'manual', policy: 'approvals: { fourEyes: true }' } as const;
    expect(refusal(() => plan(sample, { verification: 'none' })).code).toBe('RR_ROTATION_UNSAFE');
  });

  it('changes nothing of what it is given', () => {
    const facts = planFacts(three);
    const before = structuredClone({ record: facts.record, snapshot: facts.snapshot.evidence });
    planRotation(facts, ask({ offline: ['north'], exclude: ['west'] }));
    expect({ record: facts.record, snapshot: facts.snapshot.evidence }).toEqual(before);
  });
});

const slow: Sample = { ...three, policy: 'waves: { canaries: [west], maxClusters: 1, soak: 1h }, minimumOverlap: 24h' };

describe('a plan of a rotation under way', () => {
  const sample = { ...three, policy: 'waves: { maxClusters: 1, soak: 10m }' };
  const released = perform(
    started(sample),
    { move: 'release', wave: { index: 1, through: '1/east', releasedAtMs: nowMs, provenAtMs: undefined } },
    nowMs,
    {
      message: 'so',
    },
  ).record;

  it('shows what is left: the wave that was told, those to come and the steps after it', () => {
    const rest = plan({ ...sample, record: released });
    expect(rest).toMatchObject({ of: 'rest', rotationId: 'r1', newRoot: { fingerprint: newRoot } });
    expect(rest.steps.map(({ step, progress }) => [step, progress])).toEqual([
      ['ADDING_NEW_ROOT', 'under-way'],
      ['PROPAGATING_NEW_INTERMEDIATE', 'to-come'],
      ['DELETING_OLD_ROOT', 'to-come'],
    ]);
    expect(rest.steps[0]?.waves.map(({ clusters, progress }) => [clusters, progress])).toEqual([
      [['east'], 'told'],
      [['north'], 'to-come'],
      [['west'], 'to-come'],
    ]);
  });

  it('refuses another start, and takes the same', () => {
    expect(refusal(() => plan({ ...sample, record: released }, { strategy: 'NONE' })).code).toBe('RR_ROTATION_IN_PROGRESS');
    expect(plan({ ...sample, record: released }, { strategy: 'MULTI_ROOT' }).of).toBe('rest');
  });

  it('of a start in an emergency goes by what the emergency leaves of the policy, and waits for its approval', () => {
    const usual = plan(slow);
    const found = plan(slow, { pace: 'emergency' });
    expect(usual.steps[0]?.waves.length).toBeGreaterThan(1);
    expect(found.steps.map(({ waves }) => waves.length)).toEqual([1, 1, 1]);
    expect([found.verification, found.of]).toEqual(['none', 'start']);
    expect(found.notices.find(({ reason }) => reason === 'AwaitingApproval')?.severity).toBe('person');
    expect(found.ends.unbounded).toContain('a person has to answer');
    expect(Date.parse(found.ends.likely ?? '')).toBeLessThan(Date.parse(usual.ends.likely ?? ''));
  });

  it('of an emergency that nobody has approved is of what the approval leads to', () => {
    const emergency = { reason: 'the key is out', excludeSilent: [], losses: [] };
    const policy = emergencyPolicyOf(planFacts(slow).policy, {});
    const { record } = requestStart(restingRecord, { rotationId: 'r1', target, by: 'ann', emergency }, policy, nowMs);
    const { steps, ends, notices } = plan({ ...slow, record });
    expect(steps.map(({ waves, overlapMs }) => [waves.map(({ clusters, soakMs }) => [clusters, soakMs]), overlapMs])).toEqual(
      Array(3).fill([[[['east', 'north', 'west'], 0]], undefined]),
    );
    expect(Date.parse(ends.likely ?? '') - nowMs).toBeLessThan(3_600_000);
    expect(ends).toMatchObject({ unbounded: ['a person has to answer'] });
    expect(steps[0]?.begins.latest).toBeUndefined();
    expect(notices).toContainEqual(expect.objectContaining({ severity: 'person', reason: 'AwaitingApproval' }));
  });

  it('of an adoption lets each cluster keep its own signer until the new root signs', () => {
    const foreign = { fingerprint: '8'.repeat(64), notBeforeMs: 0, notAfterMs: nowMs + dayMs, source: 'foreign' } as const;
    const aside = changeMembers(restingRecord, { added: ['west'], removed: [] }, 'one more', nowMs - 1).record;
    const origins = { west: { roots: [foreign.fingerprint], signer: foreign.fingerprint } };
    const request = { rotationId: 'r1', origins, roots: [foreign], above: 0, by: 'ann' };
    const { record } = requestAdoption(aside, request, planFacts(three).policy, nowMs);
    const { steps, oldRoot: old, newRoot: next, alsoOld, expiries } = plan({ ...three, record });
    expect([old.fingerprint, next.fingerprint, alsoOld?.map(({ fingerprint }) => fingerprint)]).toEqual([
      oldRoot,
      oldRoot,
      [foreign.fingerprint],
    ]);
    expect(expiries.map(({ what }) => what)).toContain(`old root ${foreign.fingerprint}`);
    expect(
      steps.map(({ changes }) => changes.map(({ clusters, signer, intermediate }) => [clusters.join(), signer, intermediate])),
    ).toEqual([
      [
        ['east,north', oldRoot, 'kept'],
        ['west', foreign.fingerprint, 'kept'],
      ],
      [
        ['east,north', oldRoot, 'kept'],
        ['west', oldRoot, 'new'],
      ],
      [['east,north,west', oldRoot, 'kept']],
    ]);
    expect(steps.map(({ intermediates }) => intermediates.count)).toEqual([0, 1, 0]);
  });

  it('says that a failed one waits for somebody', () => {
    const failed = perform(released, { move: 'fail', because: 'wave 1 took too long' }, nowMs, { message: 'so' }).record;
    const { notices } = plan({ ...sample, record: failed });
    expect(notices).toContainEqual(
      expect.objectContaining({
        severity: 'person',
        reason: 'AwaitingOperator',
        message: expect.stringContaining('wave 1 took too long'),
      }),
    );
  });

  it('of a rollback shows the one row that it goes back to', () => {
    const back = perform(released, { move: 'stepBack' }, nowMs, { message: 'so' }).record;
    const rest = plan({ ...sample, record: back });
    expect(rest.direction).toBe('back');
    expect(rest.steps.map(({ step, waves }) => [step, waves.length])).toEqual([['PREVIOUS_CA', 1]]);
  });
});

describe('what if a cluster is offline', () => {
  const until = nowMs + 2 * 3_600_000;

  it('stands still by default, and breaks no pair', () => {
    const { whatIf, breaks } = plan(three, { offline: ['north'], untilMs: until });
    expect(breaks).toEqual([]);
    expect(whatIf).toMatchObject({
      outcome: 'stops',
      stops: { step: 'ADDING_NEW_ROOT', wave: 1, until: expect.stringMatching(/^2027-01-04T14:00:1/) },
    });
    expect(Date.parse(whatIf?.ends ?? '')).toBeGreaterThan(until);
    expect(Date.parse(whatIf?.endsOtherwise ?? '')).toBeLessThan(nowMs + 5 * 60_000);
  });

  it('never ends when it is offline for ever', () => {
    const { whatIf, ends } = plan(three, { offline: ['north'] });
    expect([whatIf?.ends, whatIf?.until, ends.likely]).toEqual([undefined, undefined, undefined]);
  });

  it('is excluded where the policy says so: pairs break with the second step, and mend when it is led back', () => {
    const sample = { ...three, policy: 'silentClusters: { excludeAfter: 10m }' };
    const { whatIf, breaks, steps } = plan(sample, { offline: ['north'], untilMs: until });
    expect(whatIf).toMatchObject({ outcome: 'leaves-behind', excludedAt: new Date(nowMs + 600_000).toISOString() });
    expect(breaks.map(({ cluster, others, step, refuses }) => [cluster, others, step, refuses])).toEqual([
      ['north', ['east', 'west'], 'PROPAGATING_NEW_INTERMEDIATE', 'cluster'],
      ['north', ['east', 'west'], 'DELETING_OLD_ROOT', 'both'],
      ['north', ['east', 'west'], 'DELETING_OLD_ROOT', 'others'],
    ]);
    expect(breaks[0]?.from).toBe(steps[1]?.begins.likely);
    expect(breaks[1]?.from).toBe(steps[2]?.begins.likely);
    const mended = Date.parse(breaks[2]?.until ?? '') - until;
    expect(mended).toBeGreaterThan(0);
    expect(mended).toBeLessThan(5 * 60_000);
  });

  it('has been away since its last report where it is silent already', () => {
    const sample = {
      ...three,
      policy: 'silentClusters: { excludeAfter: 10m }',
      except: { north: { receivedAtMs: nowMs - 300_000 } },
    };
    const { whatIf } = plan(sample, { offline: ['north'], untilMs: until });
    expect(whatIf).toMatchObject({
      excludedAt: new Date(nowMs + 300_000).toISOString(),
      stops: { step: 'ADDING_NEW_ROOT', wave: 0, at: new Date(nowMs).toISOString() },
    });
    const waits = plan({ ...three, except: sample.except }, { offline: ['north'], untilMs: until });
    expect(waits.steps[0]?.begins.likely).toBe(new Date(until).toISOString());
  });

  it('is left out of an emergency that names it as soon as it is silent, and comes back by nobody but an operator', () => {
    const emergency = { reason: 'the key is out', excludeSilent: ['north'], losses: [] };
    const policy = emergencyPolicyOf(planFacts(three).policy, {});
    const { record } = requestStart(restingRecord, { rotationId: 'r1', target, by: 'ann', emergency }, policy, nowMs);
    const { whatIf, breaks } = plan({ ...three, record }, { offline: ['north'], untilMs: until });
    expect(whatIf).toMatchObject({
      outcome: 'leaves-behind',
      excludedAt: new Date(nowMs + 35_001).toISOString(),
      consequences: [expect.stringContaining('reroot include north')],
    });
    expect(breaks.at(-1)?.until).toBeUndefined();
  });

  it('is excluded by nobody when half of the fleet is away', () => {
    const sample = { ...three, policy: 'silentClusters: { excludeAfter: 10m }' };
    const { whatIf } = plan(sample, { offline: ['north', 'west'], untilMs: until });
    expect(whatIf).toMatchObject({ outcome: 'stops', consequences: [expect.stringContaining('half of the members')] });
  });

  it('stays behind until somebody includes it, where an operator excludes it', () => {
    const { whatIf, breaks, bystanders } = plan(three, { offline: ['north'], exclude: ['north'], untilMs: until });
    expect(whatIf).toMatchObject({
      outcome: 'leaves-behind',
      consequences: expect.arrayContaining([expect.stringContaining('reroot include north')]),
    });
    expect(breaks.at(-1)).toMatchObject({ refuses: 'both' });
    expect(breaks.at(-1)?.until).toBeUndefined();
    expect(bystanders).toMatchObject([{ cluster: 'north', membership: 'excluded' }]);
  });

  it('is of no concern when the rotation is over before', () => {
    const { whatIf } = plan(three, { offline: ['north'], untilMs: nowMs + 1_000 });
    expect(whatIf?.outcome).toBe('stops');
    const rest = perform(
      started(three),
      { move: 'release', wave: { index: 1, through: '2', releasedAtMs: nowMs, provenAtMs: undefined } },
      nowMs,
      { message: 'so' },
    ).record;
    expect(
      plan(
        { ...three, record: { ...rest, state: 'VERIFIED', step: 'DELETING_OLD_ROOT', provenAtMs: nowMs } },
        { offline: ['north'] },
      ).whatIf?.outcome,
    ).toBe('unaffected');
  });

  it('says what ends meanwhile', () => {
    const east = planFacts(three).snapshot.evidence.get('east');
    const except = { north: { written: { ...east!.written!, signerNotAfterMs: nowMs + 3_600_000 } } };
    const { whatIf } = plan({ ...three, except }, { offline: ['north'], untilMs: until });
    expect(whatIf?.consequences).toContainEqual(expect.stringContaining('the intermediate of north ends'));
  });

  it('tells of pairs that break with clusters that are excluded already', () => {
    const act = { by: 'ann', why: 'so', cause: 'operator', members: three.clusters } as const;
    const { record } = excludeCluster(restingRecord, 'north', act, nowMs - 1);
    expect(plan({ ...three, record }).breaks.map(({ step }) => step)).toEqual([
      'PROPAGATING_NEW_INTERMEDIATE',
      'DELETING_OLD_ROOT',
    ]);
  });
});
