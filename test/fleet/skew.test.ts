import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { repository } from '../architecture/sources.ts';
import { expectUnharmed } from '../scenarios/expect-unharmed.ts';
import type { MeshFleet } from '../scenarios/mesh-fleet.ts';
import { rotateThrough } from '../scenarios/rotate-through.ts';
import { shareFleet } from '../scenarios/share-fleet.ts';
import { steps } from '../scenarios/step-by-step.ts';
import { bundleEarlierRelease, type EarlierRelease, earlierCommit, findCommit } from './earlier-release.ts';
import { placeProgram, type ReplaceableProgram, upgradeProcess } from './replaceable-program.ts';
import { launchSimulatedMesh, type SimulatedMesh } from './simulated-mesh.ts';

const present: EarlierRelease = {
  mgmt: join(repository, 'packages/mgmt/src/main.ts'),
  agent: join(repository, 'packages/simulator/src/agent-main.ts'),
  cli: join(repository, 'packages/cli/src/main.js'),
};
/** docs/cli.md has the exit codes. */
const exitWhereAPersonIsNeeded = 7;
const shape = { clusters: 2, ratePerSecond: 50 };

const presence = await findCommit(earlierCommit);
if (presence.kind === 'there') describeSkew();
else {
  // A skipped test alone does not say why in the log of CI.
  process.stderr.write(`test/fleet/skew.test.ts is skipped: ${presence.why}\n`);
  it(`is not tried: ${presence.why}`, ({ skip }) => {
    skip(presence.why);
  });
}

function describeSkew(): void {
  let dir = '';
  let earlier: EarlierRelease;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'reroot-skew-'));
    earlier = await bundleEarlierRelease(dir);
    return () => rm(dir, { recursive: true, force: true });
  });

  describe('this mgmt with agents of the release before', () => {
    const fleetOf = shareFleet(() => launchSimulatedMesh({ ...shape, agentProgram: () => pathToFileURL(earlier.agent) }));

    it('replaces the root at the word of the command line of the release before, which reads all of it; not one handshake fails', () =>
      expectLed(fleetOf(), earlier.cli, dir));
  });

  describe('mgmt of the release before with these agents', () => {
    const fleetOf = shareFleet(() => launchSimulatedMesh({ ...shape, mgmtProgram: pathToFileURL(earlier.mgmt) }));

    it('replaces the root at the word of this command line, which reads all of it; not one handshake fails', () =>
      expectLed(fleetOf(), present.cli, dir));
  });

  describe('an upgrade in the middle of a rotation', () => {
    let mgmt: ReplaceableProgram;
    const agents = new Map<string, ReplaceableProgram>();
    const fleetOf = shareFleet(async () => {
      mgmt = await placeProgram(join(dir, 'mgmt-in-place.mjs'), earlier.mgmt);
      for (const cluster of ['cluster-1', 'cluster-2'])
        agents.set(cluster, await placeProgram(join(dir, `${cluster}-in-place.mjs`), earlier.agent));
      return launchSimulatedMesh({ ...shape, mgmtProgram: mgmt.url, agentProgram: (cluster) => agents.get(cluster)!.url });
    });

    it('of mgmt, on the store of the release before, and then of one agent after the other, fails not one handshake', async () => {
      const fleet = fleetOf();
      const { broken: signal } = fleet;
      const upgradeAgent = (cluster: string): Promise<void> =>
        upgradeProcess(fleet.agents.get(cluster)!, agents.get(cluster)!, { to: present.agent, signal });
      const earlierSays = await versionOf(fleet);
      await rotateThrough(fleet, [
        ['ADDING_NEW_ROOT', () => upgradeProcess(fleet.mgmt, mgmt, { to: present.mgmt, signal })],
        ['PROPAGATING_NEW_INTERMEDIATE', () => upgradeAgent('cluster-1')],
        ['DELETING_OLD_ROOT', () => upgradeAgent('cluster-2')],
      ]);
      expect(await versionOf(fleet)).not.toEqual(earlierSays);
      const run = commandLine(fleet, present.cli, dir);
      expect(await run('history')).toMatchObject({
        conditions: expect.arrayContaining(['ADDING_NEW_ROOT', 'FINISHED'].map(entryOf)) as unknown,
      });
      // The former mgmt has written and signed its first entry.
      expect(await run('audit', 'verify')).toMatchObject({ first: 1, signedUpTo: expect.any(Number) as number });
    });
  });
}

/** What a version says of itself, as it comes. */
async function versionOf({ api, broken: signal }: MeshFleet): Promise<unknown> {
  return (await fetch(new URL('/v1/version', api.server), { signal })).json();
}

/** A person rotates by a command line alone, and reads what came of it. */
async function expectLed(fleet: SimulatedMesh, cli: string, dir: string): Promise<void> {
  const run = commandLine(fleet, cli, dir);
  const before = await fleet.traffic();
  const why = 'two versions are to work together';
  await run('preflight');
  await run('plan');
  let status = await run('rotate', '--verification', 'manual', '--why', why, '--yes', '--wait', 'approval');
  for (const step of steps) {
    expect(status).toMatchObject({ state: 'VERIFYING', step });
    status = await run('verify', '--continue', '--why', why, '--wait', step === 'DELETING_OLD_ROOT' ? 'end' : 'approval');
  }
  expect(status).toMatchObject({ state: 'FINISHED' });
  const { rotation } = (await run('status')) as { readonly rotation: { readonly newRoot: string } };
  await expectUnharmed(fleet, before, rotation.newRoot);
  expect((await fleet.status()).alarms).toEqual([]);
  expect(JSON.stringify(await run('history'))).toContain(why);
  for (const verb of [['cluster', 'list'], ['matrix'], ['proofs'], ['audit', 'verify']]) await run(...verb);
}

/** Runs a command line, which must succeed or come to where a person is needed, and gives the document that it prints. */
function commandLine(
  { api, broken: signal }: MeshFleet,
  cli: string,
  dir: string,
): (...args: readonly string[]) => Promise<unknown> {
  const env = { ...process.env, REROOT_SERVER: api.server, XDG_CONFIG_HOME: join(dir, 'config') };
  const options = { env, cwd: dir, signal, timeout: 90_000 };
  return async (...args) => {
    try {
      const { stdout } = await promisify(execFile)(process.execPath, [cli, ...args, '--output', 'json'], options);
      return JSON.parse(stdout) as unknown;
    } catch (thrown) {
      const { code, stdout = '' } = thrown as { readonly code?: unknown; readonly stdout?: string };
      if (code !== exitWhereAPersonIsNeeded) throw thrown;
      return JSON.parse(stdout) as unknown;
    }
  };
}

function entryOf(state: string): unknown {
  return expect.objectContaining({ state });
}
