import { createHash } from 'node:crypto';
import { createApiClient, type MeshStatus, type StartRotationRequest } from '@reroot/shared/api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Mgmt } from './app.ts';
import { apply, clientOf, type Installation, makeInstallation, reach, settle, signal } from './testing/installation.ts';
import { meshDocument } from './testing/mesh-document.ts';

let installation: Installation;
beforeEach(async () => {
  installation = await makeInstallation();
});
afterEach(() => installation.dispose());

/** Nothing goes on by itself under this policy before a day has passed. */
const slow = [
  'approvals: { fourEyes: true }',
  'waves: { canaries: [west], maxClusters: 1, soak: 1h }',
  "maintenanceWindows: [{ cron: '0 0 29 2 *', duration: 1m }]",
  'minimumOverlap: 24h',
].join(', ');
const reason = 'the key of the root was found in a bucket';

const begin = (mgmt: Mgmt, request: Partial<StartRotationRequest> = {}): Promise<MeshStatus> =>
  clientOf(mgmt).startRotation('demo', { by: 'ann', emergency: { reason }, ...request }, signal);

function answer(mgmt: Mgmt, { rotation, step, generation }: MeshStatus, action: 'CONTINUE' | 'ROLLBACK', by: string) {
  const named = { rotationId: rotation?.id ?? '', step, generation };
  return clientOf(mgmt).answerVerification('demo', { ...named, action, by, why: 'I have seen it' }, signal);
}

const code = (expected: string): unknown => expect.objectContaining({ code: expected });

describe('a rotation in an emergency', () => {
  it('says before it begins what it gives up, waits for another person, and then for evidence alone', async () => {
    const mgmt = await installation.start();
    const agents = ['east', 'west'].map((cluster) => installation.agent(cluster));
    await apply(mgmt);
    await settle(mgmt);
    await apply(mgmt, { verification: 'manual', policy: slow });
    const outlook = await clientOf(mgmt).foreseeEmergency('demo', {}, signal);
    expect(outlook.losses.map((loss) => loss.reason)).toEqual(
      expect.arrayContaining(['SoakSkipped', 'WavesSkipped', 'WindowsSkipped', 'OverlapSkipped', 'VerificationSkipped']),
    );

    const started = await begin(mgmt);
    expect(started.rotation).toMatchObject({
      verification: 'none',
      emergency: {
        reason,
        losses: outlook.losses,
        policy: { requiredEvidence: 'held', restarts: 'when-refused', workloadRestarts: 'when-needed' },
      },
    });
    await expect(answer(mgmt, started, 'CONTINUE', 'ann')).rejects.toEqual(code('RR_APPROVAL_FOUR_EYES'));
    expect(await reach(mgmt, 'it waits', ({ verdict }) => verdict.reason === 'AwaitingApproval')).toMatchObject({
      state: 'ADDING_NEW_ROOT',
      wave: { index: 0, released: { reached: 0, total: 2 } },
    });
    expect(agents.map(({ told }) => [told?.roots.length, told?.replicaRestart, told?.workloadRestart])).toEqual([
      [1, 'never', 'never'],
      [1, 'never', 'never'],
    ]);

    await answer(mgmt, started, 'CONTINUE', 'bob');
    const finished = await reach(mgmt, 'it finishes', ({ state }) => state === 'FINISHED');
    expect(finished.rotation?.emergency?.approval).toMatchObject({ by: 'bob', why: 'I have seen it' });
    // What it was allowed to restart ends with it.
    await expect
      .poll(() => agents.map(({ told }) => [told?.nudge, told?.replicaRestart, told?.workloadRestart]), { timeout: 10_000 })
      .toEqual([
        ['laggards', 'never', 'never'],
        ['laggards', 'never', 'never'],
      ]);
    const history = (await clientOf(mgmt).readHistory('demo', signal)).map(({ message }) => message);
    expect(history).toContainEqual(expect.stringContaining(`started by ann with strategy MULTI_ROOT: ${reason}`));
    expect(history).toContainEqual(expect.stringContaining(`What is lost: ${outlook.losses[0]?.message ?? '?'}; `));
    expect(history).toContainEqual(`the emergency rotation is approved by bob: I have seen it; it was started by ann: ${reason}`);
  });

  it('is taken back by whoever refuses or aborts it, and leaves every cluster as it was', async () => {
    const mgmt = await installation.start();
    const agent = installation.agent('east');
    await apply(mgmt, { clusters: ['east'] });
    await settle(mgmt);
    const refused = await answer(mgmt, await begin(mgmt), 'ROLLBACK', 'ann');
    expect(refused).toMatchObject({ state: 'NOT_ROTATING', roots: [{ role: 'current' }, { phase: 'destroyed' }] });
    const { rotation } = await begin(mgmt);
    const act = { rotationId: rotation?.id ?? '', by: 'ann', why: 'a false alarm' };
    expect(await clientOf(mgmt).abortRotation('demo', act, signal)).toMatchObject({ state: 'NOT_ROTATING' });
    expect(agent.told?.roots.length).toBe(1);
  });

  it('waits on after a restart of mgmt, with all that it had said', async () => {
    const mgmt = await installation.start();
    installation.agent('east');
    await apply(mgmt, { clusters: ['east'] });
    await settle(mgmt);
    const started = await begin(mgmt, { strategy: 'NONE' });
    await mgmt.stop();
    const again = await installation.start();
    const waiting = await reach(again, 'it waits', ({ verdict }) => verdict.reason === 'AwaitingApproval');
    expect(waiting.rotation).toEqual(started.rotation);
    await answer(again, waiting, 'CONTINUE', 'bob');
    await reach(again, 'it finishes', ({ state }) => state === 'FINISHED');
  });

  it('goes on without a silent cluster that was named, and takes no name of one that reports', async () => {
    const mgmt = await installation.start();
    const [, west] = ['east', 'west'].map((cluster) => installation.agent(cluster));
    await apply(mgmt);
    await settle(mgmt);
    const naming = (...excludeSilent: string[]) => begin(mgmt, { emergency: { reason, excludeSilent } });
    await expect(naming('west')).rejects.toEqual(code('RR_CLUSTER_NOT_SILENT'));
    await expect(naming('south')).rejects.toEqual(code('RR_CLUSTER_NOT_FOUND'));
    // Whoever only asks what would be lost learns it too, and accepts nothing in vain.
    const foresee = (cluster: string) => clientOf(mgmt).foreseeEmergency('demo', { excludeSilent: [cluster] }, signal);
    await expect(foresee('west')).rejects.toEqual(code('RR_CLUSTER_NOT_SILENT'));
    await expect(foresee('south')).rejects.toEqual(code('RR_CLUSTER_NOT_FOUND'));
    west?.behave('mute');
    await reach(mgmt, 'it is silent', ({ clusters }) => clusters[1]?.presence === 'silent');
    const started = await naming('west');
    expect(started.rotation?.emergency?.losses).toContainEqual({
      reason: 'ClustersCutOff',
      message: 'left behind while they are silent, and cut off from the mesh when the old root goes: west',
    });
    await answer(mgmt, started, 'CONTINUE', 'bob');
    const finished = await reach(mgmt, 'it finishes', ({ state }) => state === 'FINISHED');
    expect(finished.clusters[1]).toMatchObject({ membership: 'excluded', deviation: { by: 'ann' } });
    expect(west?.told?.roots.length).toBe(1);
  });

  it('is not mistaken for the usual rotation to the same root that is under way', async () => {
    const mgmt = await installation.start();
    installation.agent('east').behave('follow', 1);
    await apply(mgmt, { clusters: ['east'] });
    await settle(mgmt);
    const { rotation } = await clientOf(mgmt).startRotation('demo', { by: 'ann' }, signal);
    const targetRoot = rotation?.newRoot ?? '';
    expect((await clientOf(mgmt).startRotation('demo', { by: 'ann', targetRoot }, signal)).rotation?.id).toBe(rotation?.id);
    await expect(begin(mgmt, { targetRoot })).rejects.toEqual(code('RR_ROTATION_IN_PROGRESS'));
  });
});

describe('who approves it', () => {
  it('is whom the credentials name, whatever the request says', async () => {
    const people = [
      ['ann', 'admin'],
      ['bob', 'approver'],
      ['eve', 'operator'],
    ].map(([name = '', role = '']) => ({ name, role, token: `rrt_${name}${'x'.repeat(40)}` }));
    const tokens = people.map(({ name, role, token }) => ({
      name,
      role,
      sha256: createHash('sha256').update(token).digest('hex'),
    }));
    const mgmt = await installation.start({ config: installation.config({ api: { port: 0, access: { tokens } } }) });
    installation.agent('east');
    const as = (name: string) =>
      createApiClient({ server: mgmt.apiUrl, token: people.find((each) => each.name === name)!.token });
    await as('ann').applyMesh('demo', meshDocument({ clusters: ['east'] }), signal);
    await expect(as('bob').startRotation('demo', { by: 'bob', emergency: { reason } }, signal)).rejects.toEqual(
      code('RR_API_FORBIDDEN'),
    );
    const { rotation, step, generation } = await as('ann').startRotation('demo', { by: 'carl', emergency: { reason } }, signal);
    expect(rotation?.startedBy).toBe('ann');
    const approve = (name: string) => {
      const named = { rotationId: rotation?.id ?? '', step, generation, action: 'CONTINUE', why: 'so' } as const;
      return as(name).answerVerification('demo', { ...named, by: 'dora' }, signal);
    };
    await expect(approve('ann')).rejects.toEqual(code('RR_APPROVAL_FOUR_EYES'));
    await expect(approve('eve')).rejects.toEqual(code('RR_API_FORBIDDEN'));
    expect((await approve('bob')).rotation?.emergency?.approval?.by).toBe('bob');
  });
});
