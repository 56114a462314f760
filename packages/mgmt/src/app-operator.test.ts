import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { apply, clientOf, type Installation, makeInstallation, reach, rotate, settle, signal } from './testing/installation.ts';

let installation: Installation;
beforeEach(async () => {
  installation = await makeInstallation();
});
afterEach(() => installation.dispose());

const closed = "maintenanceWindows: [{ cron: '0 0 29 2 *', duration: 1m }]";
const act = { by: 'ann', why: 'to see' };

describe('a rotation outside of a maintenance window', () => {
  it('waits, touches no cluster, and is aborted with the key of its root', async () => {
    const mgmt = await installation.start();
    const agents = ['east', 'west'].map((cluster) => installation.agent(cluster));
    await apply(mgmt);
    const before = await settle(mgmt);
    await apply(mgmt, { policy: closed });
    const { rotation } = await rotate(mgmt);
    const waiting = await reach(mgmt, 'it waits', ({ verdict }) => verdict.reason === 'MaintenanceWindowClosed');
    expect(waiting).toMatchObject({ state: 'ADDING_NEW_ROOT', wave: { index: 0, released: { reached: 0, total: 2 } } });
    expect(waiting.verdict.message).toMatch(/the next opens at \d{4}-02-29T00:00:00/);
    expect(agents.map(({ told }) => told?.roots.length)).toEqual([1, 1]);

    const client = clientOf(mgmt);
    await expect(client.abortRotation('demo', { rotationId: 'another', ...act }, signal)).rejects.toMatchObject({
      code: 'RR_ROTATION_NOT_FOUND',
    });
    const aborted = await client.abortRotation('demo', { rotationId: rotation?.id ?? '', ...act }, signal);
    expect(aborted).toMatchObject({ state: 'NOT_ROTATING', roots: [{ role: 'current' }, { phase: 'destroyed' }] });
    await reach(mgmt, 'every cluster holds the root', ({ verdict, roots }) => verdict.passed && roots[0]?.phase === 'active');
    expect(aborted.roots[0]?.fingerprint).toBe(before.roots[0]?.fingerprint);
    await expect(client.startRotation('demo', { by: 'ann', targetRoot: rotation?.newRoot ?? '' }, signal)).rejects.toMatchObject({
      code: 'RR_ROTATION_TARGET_INVALID',
    });
  });

  it('cannot be aborted once a cluster was told', async () => {
    const mgmt = await installation.start();
    installation.agent('east').behave('follow', 1);
    await apply(mgmt, { clusters: ['east'] });
    await settle(mgmt);
    const { rotation } = await rotate(mgmt);
    await reach(mgmt, 'the cluster is told', ({ wave }) => wave.index === 1);
    await expect(clientOf(mgmt).abortRotation('demo', { rotationId: rotation?.id ?? '', ...act }, signal)).rejects.toMatchObject({
      code: 'RR_ROTATION_TOLD',
    });
  });
});

describe('a rotation in waves', () => {
  it('proves the canary before any other cluster is told', async () => {
    const mgmt = await installation.start();
    const [west] = ['west', 'east', 'north'].map((cluster) => installation.agent(cluster));
    await apply(mgmt, { clusters: ['east', 'north', 'west'], policy: 'waves: { canaries: [west], maxClusters: 1 }' });
    await settle(mgmt);
    west?.behave('follow', 1);
    await rotate(mgmt);
    const first = await reach(mgmt, 'the canary is told', ({ wave }) => wave.index === 1);
    expect(first.clusters.map(({ name, told }) => `${name} ${told?.step ?? ''}`)).toEqual([
      'east PREVIOUS_CA',
      'north PREVIOUS_CA',
      'west ADDING_NEW_ROOT',
    ]);
    expect(first.verdict.laggards.map(({ cluster }) => cluster)).toEqual(['west']);
    west?.behave('follow');
    await reach(mgmt, 'the rotation finishes', ({ state }) => state === 'FINISHED');
    const waves = (await clientOf(mgmt).readHistory('demo', signal)).filter(({ message }) => / wave \d/.test(message));
    expect(waves.map(({ step, message }) => `${step}: ${message.replace(/^.* with /, '')}`)).toEqual(
      ['ADDING_NEW_ROOT', 'PROPAGATING_NEW_INTERMEDIATE', 'DELETING_OLD_ROOT'].flatMap((step) => [
        `${step}: wave 1: the clusters up to west of 3`,
        `${step}: wave 2: the clusters up to east of 3`,
        `${step}: wave 3: the last clusters of 3`,
      ]),
    );
  });
});

describe('a cluster that cannot follow', () => {
  it('is excluded, stays behind, and comes back row by row when it is included', async () => {
    const mgmt = await installation.start();
    const [, west] = ['east', 'west'].map((cluster) => installation.agent(cluster));
    await apply(mgmt);
    await settle(mgmt);
    west?.behave('hold');
    const { rotation } = await rotate(mgmt);
    await reach(mgmt, 'the cluster is waited for', ({ verdict }) => verdict.laggards[0]?.cluster === 'west');

    const client = clientOf(mgmt);
    await expect(client.excludeCluster('demo', 'south', act, signal)).rejects.toMatchObject({ code: 'RR_CLUSTER_NOT_FOUND' });
    await client.excludeCluster('demo', 'west', act, signal);
    await expect(client.excludeCluster('demo', 'west', act, signal)).rejects.toMatchObject({ code: 'RR_CLUSTER_ALREADY' });
    await expect(client.excludeCluster('demo', 'east', act, signal)).rejects.toMatchObject({ code: 'RR_CLUSTER_LAST' });
    const finished = await reach(mgmt, 'the rotation finishes without it', ({ state }) => state === 'FINISHED');
    expect(finished.clusters.map(({ membership, roots }) => [membership, roots])).toEqual([
      ['member', [rotation?.newRoot]],
      ['excluded', [rotation?.oldRoot]],
    ]);

    const told: string[] = [];
    west?.behave('follow');
    await client.includeCluster('demo', 'west', act, signal);
    const back = await reach(mgmt, 'it counts again', ({ clusters }) => {
      const row = `${west?.told?.roots.length} ${west?.told?.signerRoot === rotation?.newRoot ? 'B' : 'A'}`;
      if (told.at(-1) !== row) told.push(row);
      west?.report();
      return clusters[1]?.membership === 'member';
    });
    expect(back.clusters[1]?.roots).toEqual([rotation?.newRoot]);
    expect(back.verdict.passed).toBe(true);
    const history = (await client.readHistory('demo', signal)).map(({ message }) => message);
    expect(history.filter((message) => message.includes('west'))).toEqual([
      'cluster west is excluded by ann: to see',
      'cluster west returns, asked for by ann: to see',
      'cluster west returns, and is told PREVIOUS_CA with one root',
      'cluster west returns, and is told ADDING_NEW_ROOT with 2 roots',
      'cluster west returns, and is told PROPAGATING_NEW_INTERMEDIATE with 2 roots',
      'cluster west returns, and is told DELETING_OLD_ROOT with one root',
      'cluster west counts from now on: it is proven to hold DELETING_OLD_ROOT',
    ]);
  });
});

describe('a cluster that joins while a rotation is under way', () => {
  it('is brought to what the others hold, and then waited for', async () => {
    const mgmt = await installation.start();
    const east = installation.agent('east');
    await apply(mgmt, { clusters: ['east'], verification: 'manual' });
    await settle(mgmt);
    const { rotation } = await rotate(mgmt);
    await reach(mgmt, 'it waits', ({ verdict }) => verdict.reason === 'AwaitingVerification');
    const joined = await apply(mgmt, { clusters: ['east', 'west'], verification: 'manual' });
    expect(joined.clusters[1]).toMatchObject({ membership: 'returning', presence: 'never-seen' });
    expect(joined.verdict.reason).toBe('AwaitingVerification');
    const west = installation.agent('west');
    const both = await reach(mgmt, 'it holds both roots', ({ clusters, verdict }) => {
      return clusters[1]?.membership === 'member' && verdict.reason === 'AwaitingVerification';
    });
    expect(both.clusters[1]?.roots).toEqual([rotation?.oldRoot, rotation?.newRoot]);
    expect(west.generation).toBeGreaterThan(east.generation);
    await apply(mgmt, { clusters: ['west'], verification: 'manual' });
    await expect(apply(mgmt, { clusters: ['north'], verification: 'manual' })).rejects.toMatchObject({ code: 'RR_CLUSTER_LAST' });
  });
});

describe('a start', () => {
  it('for the root in force, or the one under way, changes nothing', async () => {
    const mgmt = await installation.start();
    installation.agent('east').behave('follow', 1);
    await apply(mgmt, { clusters: ['east'] });
    const { roots } = await settle(mgmt);
    const client = clientOf(mgmt);
    const same = await client.startRotation('demo', { by: 'ann', targetRoot: roots[0]?.fingerprint ?? '' }, signal);
    expect(same).toMatchObject({ state: 'NOT_ROTATING', generation: 1 });
    const { rotation } = await rotate(mgmt);
    const again = await client.startRotation('demo', { by: 'bob', targetRoot: rotation?.newRoot ?? '' }, signal);
    expect(again.rotation).toEqual(rotation);
    await expect(rotate(mgmt)).rejects.toMatchObject({ code: 'RR_ROTATION_IN_PROGRESS' });
    await expect(client.startRotation('demo', { by: 'bob', targetRoot: 'f'.repeat(64) }, signal)).rejects.toMatchObject({
      code: 'RR_ROTATION_IN_PROGRESS',
    });
  });

  it('that takes the second pair of eyes away is refused', async () => {
    const mgmt = await installation.start();
    await apply(mgmt, { verification: 'manual', policy: 'approvals: { fourEyes: true }' });
    await expect(clientOf(mgmt).startRotation('demo', { by: 'ann', verification: 'none' }, signal)).rejects.toMatchObject({
      code: 'RR_ROTATION_UNSAFE',
    });
  });
});

describe('a policy that changes while a rotation is under way', () => {
  it('must go together with what that rotation was started with', async () => {
    const mgmt = await installation.start();
    installation.agent('east').behave('follow', 1);
    await apply(mgmt, { clusters: ['east'] });
    await settle(mgmt);
    await rotate(mgmt);
    const weaker = { clusters: ['east'], strategy: 'NONE', policy: 'requiredEvidence: EVIDENCE_WRITTEN' } as const;
    await expect(apply(mgmt, weaker)).rejects.toMatchObject({ code: 'RR_ROTATION_UNSAFE' });
    await apply(mgmt, { clusters: ['east'], policy: 'stepTimeout: { after: 1h }' });
  });
});

describe('a name or a reason', () => {
  it.each([' ', 'ann\u200b', ''])('that nobody can see is refused: %j', async (by) => {
    const mgmt = await installation.start();
    await apply(mgmt);
    await expect(clientOf(mgmt).excludeCluster('demo', 'east', { by, why: 'w' }, signal)).rejects.toMatchObject({
      code: 'RR_API_BODY_INVALID',
    });
  });
});
