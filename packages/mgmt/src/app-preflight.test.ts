import { known } from '@reroot/shared/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inspection, istiod } from './preflight/testing/sample-facts.ts';
import { apply, call, clientOf, type Installation, makeInstallation, reach, settle, signal } from './testing/installation.ts';

let installation: Installation;
beforeEach(async () => {
  installation = await makeInstallation();
});
afterEach(() => installation.dispose());

const signedElsewhere = inspection({ istiods: known([istiod({ externalCa: 'cert-manager-istio-csr:443' })]) });

/** A mesh of two clusters whose agents say that they are fit. */
async function startFit() {
  const mgmt = await installation.start();
  const agents = ['east', 'west'].map((cluster) => installation.agent(cluster));
  for (const agent of agents) agent.seem(inspection());
  await apply(mgmt);
  await settle(mgmt);
  await reach(mgmt, 'both agents answer', ({ clusters }) => clusters.every(({ link }) => link?.connected === true));
  return { mgmt, client: clientOf(mgmt), east: agents[0]! };
}

describe('preflight of a mesh', () => {
  it('asks every agent, looks at mgmt itself, and changes nothing', async () => {
    const { client } = await startFit();
    const before = await client.readMesh('demo', signal);
    const report = await client.preflight('demo', {}, signal);
    expect(report.checks.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
    expect(report.outcome).toBe('passed');
    expect((await client.readMesh('demo', signal)).generation).toBe(before.generation);
    expect((await client.readHistory('demo', signal)).length).toBe(1);
  });

  it('names a cluster whose agent does not answer, and does not wait for it for long', async () => {
    const { client, east } = await startFit();
    east.behave('mute');
    const beganMs = performance.now();
    const { checks } = await client.preflight('demo', {}, signal);
    expect(performance.now() - beganMs).toBeLessThan(8_000);
    const silent = checks.find(({ id }) => id === 'agent-answers');
    expect(silent).toMatchObject({ outcome: 'warning', findings: [{ cluster: 'east' }] });
  });

  it('judges the rotation that would start: the strategy and the root that are asked for', async () => {
    const { client } = await startFit();
    const { checks } = await client.preflight('demo', { strategy: 'NONE', targetRoot: 'f'.repeat(64) }, signal);
    expect(checks.find(({ id }) => id === 'target-root')).toMatchObject({ outcome: 'fatal' });
  });

  it('refuses what it does not know, and a mesh that is not there', async () => {
    const { mgmt, client } = await startFit();
    await expect(client.preflight('other', {}, signal)).rejects.toMatchObject({ code: 'RR_MESH_NOT_FOUND' });
    expect(await call(mgmt, 'GET', '/v1/meshes/demo/preflight')).toMatchObject({ status: 405 });
  });
});

describe('a rotation whose preflight fails', () => {
  it('does not start, and makes no root', async () => {
    const { client, east } = await startFit();
    east.seem(signedElsewhere);
    await expect(client.startRotation('demo', { by: 'ann' }, signal)).rejects.toMatchObject({
      code: 'RR_PREFLIGHT_FAILED',
      message: expect.stringMatching(/^istiod-signs: .*east: istiod-0 has cert-manager-istio-csr:443 sign/) as string,
    });
    const { state, roots } = await client.readMesh('demo', signal);
    expect([state, roots.length]).toEqual(['NOT_ROTATING', 1]);
  });

  it('starts where each check is overridden by name, and the history says who did it and why', async () => {
    const { client, east } = await startFit();
    east.seem(signedElsewhere);
    const another = [{ check: 'disk', why: 'there is room' }];
    await expect(client.startRotation('demo', { by: 'ann', overrides: another }, signal)).rejects.toMatchObject({
      code: 'RR_PREFLIGHT_FAILED',
    });
    const overrides = [...another, { check: 'istiod-signs', why: 'the variable is left over' }];
    expect((await client.startRotation('demo', { by: 'ann', overrides }, signal)).state).toBe('ADDING_NEW_ROOT');
    const started = (await client.readHistory('demo', signal)).find(({ message }) => message.includes('overridden'));
    expect(started?.message).toContain('ann');
    expect(started?.message).toContain('; preflight overridden: istiod-signs (the variable is left over)');
    expect(started?.message).not.toContain('disk');
  });

  it('starts in an emergency where only what an emergency does not ask for is missing', async () => {
    const { client, east } = await startFit();
    // It does not load a changed CA by itself, and the mesh restarts none; in an emergency istiods are restarted.
    east.seem(inspection({ istiods: known([istiod({ version: '1.17.8' })]) }));
    await expect(client.startRotation('demo', { by: 'ann' }, signal)).rejects.toMatchObject({
      code: 'RR_PREFLIGHT_FAILED',
      message: expect.stringContaining('istiod-reloads') as string,
    });
    const foreseen = await client.preflight('demo', { pace: 'emergency' }, signal);
    expect(foreseen).toMatchObject({ outcome: 'warnings', emergency: { policy: { restarts: 'when-refused' } } });
    const warned = foreseen.checks.filter(({ outcome }) => outcome !== 'passed').map(({ id }) => id);
    expect(warned).toEqual(['approvals']);
    const started = await client.startRotation('demo', { by: 'ann', emergency: { reason: 'the key is out' } }, signal);
    expect(started).toMatchObject({ state: 'ADDING_NEW_ROOT', verdict: { reason: 'AwaitingApproval' } });
  });

  it('does not start for an override of a check that there is not', async () => {
    const { client } = await startFit();
    const overrides = [{ check: 'istiod-sings', why: 'a slip' }];
    await expect(client.startRotation('demo', { by: 'ann', overrides }, signal)).rejects.toMatchObject({
      code: 'RR_PREFLIGHT_CHECK_UNKNOWN',
      message: 'there is no check istiod-sings',
    });
  });
});
