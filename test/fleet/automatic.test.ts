import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type JsonServer, prometheusAnswer, serveJson } from '@reroot/mgmt/testing';
import type { MeshStatus } from '@reroot/shared/api';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { describeAutomatic, proofsOf } from '../scenarios/automatic.ts';
import { expectUnharmed } from '../scenarios/expect-unharmed.ts';
import { type MeshFleet, meshName } from '../scenarios/mesh-fleet.ts';
import { shareFleet } from '../scenarios/share-fleet.ts';
import { launchSimulatedMesh } from './simulated-mesh.ts';

const fleetOf = shareFleet(() => launchSimulatedMesh({ clusters: 3, ratePerSecond: 60 }));
let other: JsonServer;

beforeAll(async () => {
  other = await serveJson();
  const { dir, mgmt, broken } = fleetOf();
  const file = join(dir, 'mgmt.json');
  const config = JSON.parse(await readFile(file, 'utf8')) as object;
  await writeFile(file, JSON.stringify({ ...config, verification: { hosts: [{ origin: other.url }] } }));
  await mgmt.kill();
  await mgmt.start(broken);
});
afterAll(() => other.stop());
beforeEach(() => {
  other.answer = { body: '{"verdict":"pass"}' };
});

const webhook = (): object => ({ name: 'gate', webhook: { url: `${other.url}/verify`, timeout: '2s' } });
const verify = (fleet: MeshFleet, automatic: object): Promise<void> => fleet.setPolicy({ verification: { automatic } });
const isAt =
  (...states: readonly MeshStatus['state'][]) =>
  ({ state }: MeshStatus): boolean =>
    states.includes(state);

describeAutomatic(fleetOf, () => ({ checks: [webhook()] }));

describe('a rotation that mgmt verifies by itself', () => {
  it('fails where another system says so, and goes on with a retry', async () => {
    const fleet = fleetOf();
    await verify(fleet, { handshakes: 'HANDSHAKES_OFF', checks: [webhook()] });
    other.answer = { body: '{"verdict":"fail","message":"checkout is down"}' };
    const started = await fleet.rotate();
    const failed = await fleet.until('FAILED', isAt('FAILED'));
    expect(failed.verdict.message).toContain('ADDING_NEW_ROOT is not verified: gate: fail: checkout is down (proof ');
    expect(await proofsOf(fleet, started)).toMatchObject([{ outcome: 'failed', step: 'ADDING_NEW_ROOT' }]);
    other.answer = { body: '{"verdict":"pass"}' };
    await fleet.answer(failed, 'CONTINUE');
    await fleet.until('FINISHED', isAt('FINISHED'));
    expect(await proofsOf(fleet, started)).toHaveLength(4);
  });

  it('goes back where the policy says so, and is verified there too', async () => {
    const fleet = fleetOf();
    await verify(fleet, { handshakes: 'HANDSHAKES_OFF', onFailure: 'ON_FAILURE_ROLLBACK', checks: [webhook()] });
    other.answer = ({ body }) => ({ body: `{"verdict":"${body.includes('"direction":"forward"') ? 'fail' : 'pass'}"}` });
    const before = await fleet.traffic();
    const started = await fleet.rotate();
    await fleet.until('PREVIOUS_CA', isAt('PREVIOUS_CA'));
    expect((await proofsOf(fleet, started)).map(({ step, outcome }) => [step, outcome])).toEqual([
      ['ADDING_NEW_ROOT', 'failed'],
      ['PREVIOUS_CA', 'passed'],
    ]);
    await expectUnharmed(fleet, before, started.rotation?.oldRoot);
  });

  it('fails where a query of Prometheus is beyond what it was before', async () => {
    const fleet = fleetOf();
    const prometheus = { url: other.url, query: 'sum(rate(failures[1m]))', baseline: { ratio: 2 } };
    await verify(fleet, { handshakes: 'HANDSHAKES_OFF', checks: [{ name: 'failures', prometheus }] });
    let now = 5;
    other.answer = ({ url }) => prometheusAnswer(url.searchParams.has('time') ? 1 : now);
    await fleet.rotate();
    const failed = await fleet.until('FAILED', isAt('FAILED'));
    expect(failed.verdict.message).toContain('failures: the value is 5, and at most 2 passes');
    now = 2;
    await fleet.answer(failed, 'CONTINUE');
    await fleet.until('FINISHED', isAt('FINISHED'));
  });

  it('goes on after mgmt was killed while it verified', async () => {
    const fleet = fleetOf();
    await verify(fleet, { handshakes: 'HANDSHAKES_OFF', checks: [webhook()] });
    other.answer = 'silent';
    const before = await fleet.traffic();
    const started = await fleet.rotate();
    await fleet.until('a check', ({ state, verification }) => state === 'VERIFYING' && verification?.finding === 'running');
    await fleet.mgmt.kill();
    await fleet.mgmt.start(fleet.broken);
    await fleet.until(
      'VERIFYING again',
      ({ state, verification }) => state === 'VERIFYING' && verification?.finding === 'running',
    );
    other.answer = { body: '{"verdict":"pass"}' };
    await fleet.until('FINISHED', isAt('FINISHED'));
    await expectUnharmed(fleet, before, started.rotation?.newRoot);
  });

  it('goes on with a soak after mgmt was killed while it soaked: that nobody was heard yet is no lag', async () => {
    const fleet = fleetOf();
    await verify(fleet, { handshakes: 'HANDSHAKES_OFF', soak: '20s' });
    const started = await fleet.rotate();
    const soaking = ({ state, verification }: MeshStatus): boolean => state === 'VERIFYING' && verification?.finding === 'passed';
    await fleet.until('a soak', soaking);
    await fleet.mgmt.kill();
    await fleet.mgmt.start(fleet.broken);
    await fleet.until('the soak again', soaking);
    await fleet.until('the next step', ({ step }) => step === 'PROPAGATING_NEW_INTERMEDIATE');
    const history = (await fleet.api.readHistory(meshName, fleet.broken)).map(({ message }) => message);
    expect(history.filter((message) => message.includes(' no longer '))).toEqual([]);
    // One when the soak began, and one after it: a soak that begins anew would have made a third.
    expect((await proofsOf(fleet, started)).map(({ step }) => step)).toEqual(['ADDING_NEW_ROOT', 'ADDING_NEW_ROOT']);
    await verify(fleet, { handshakes: 'HANDSHAKES_OFF' });
    await fleet.until('FINISHED', isAt('FINISHED'));
  });

  it('proves a mesh whenever somebody asks, and changes nothing', async () => {
    const fleet = fleetOf();
    await verify(fleet, {});
    const { generation } = await fleet.until('rest', ({ verdict }) => verdict.passed);
    const { id } = await fleet.api.prove(meshName, { by: 'ann' }, fleet.broken);
    const proof = await fleet.look('the proof', async () => {
      const made = await fleet.api.readProof(meshName, id, fleet.broken);
      return made.outcome === 'running' ? undefined : made;
    });
    expect(proof).toMatchObject({ cause: 'operator', by: 'ann', outcome: 'passed' });
    expect(proof.checks.map(({ name, outcome }) => [name, outcome])).toContainEqual(['handshakes', 'passed']);
    expect((await fleet.status()).generation).toBe(generation);
  });
});
