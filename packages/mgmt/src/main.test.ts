import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '@reroot/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { apply, type Installation, makeInstallation, reach, rotate, settle } from './testing/installation.ts';
import { type Program, startProgram } from './testing/program.ts';

let installation: Installation;
const programs: Program[] = [];
beforeEach(async () => {
  installation = await makeInstallation();
});
afterEach(async () => {
  for (const program of programs.splice(0)) {
    program.kill('SIGKILL');
    await program.ended;
  }
  await installation.dispose();
});

async function start(config: unknown = installation.config()): Promise<Program> {
  const file = join(installation.dir, 'mgmt.yaml');
  await writeFile(file, typeof config === 'string' ? config : JSON.stringify(config));
  const program = startProgram('--config', file);
  programs.push(program);
  return program;
}

describe('the program', { timeout: 120_000 }, () => {
  it('killed -9 in each step goes on where it was, and finishes', async () => {
    const [east, west] = [installation.agent('east'), installation.agent('west')];
    let program = await start();
    let mgmt = { apiUrl: await program.ready() };
    await apply(mgmt);
    await settle(mgmt);
    west.behave('hold');
    await rotate(mgmt);
    for (const [index, step] of ['ADDING_NEW_ROOT', 'PROPAGATING_NEW_INTERMEDIATE', 'DELETING_OLD_ROOT'].entries()) {
      const reached = await reach(
        mgmt,
        `${step} waits for west`,
        ({ state, generation }) => state === step && east.generation === generation,
      );
      program.kill('SIGKILL');
      expect(await program.ended).toBeNull();
      program = await start();
      mgmt = { apiUrl: await program.ready() };
      const again = await reach(mgmt, 'east is proven again', ({ clusters }) => clusters[0]?.verdict.passed === true);
      expect(again).toMatchObject({ state: step, generation: reached.generation, term: index + 2 });
      west.behave('follow', again.generation);
    }
    west.behave('follow');
    await reach(mgmt, 'the rotation finishes', ({ state }) => state === 'FINISHED');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends in order at %s', async (signal) => {
    const program = await start();
    await program.ready();
    program.kill(signal);
    expect(await program.ended).toBe(0);
  });

  it('says what is wrong, where, and what to do, and exits by the kind of it', async () => {
    const config = installation.config();
    const cases = [
      [{ ...config, datadir: 'x' }, 2, 'RR_CONFIG_INVALID'],
      [{ ...config, nats: { servers: [`nats://127.0.0.1:${await freePort()}`] } }, 3, 'RR_NATS_UNREACHABLE'],
      [{ ...config, dataDir: join(installation.dir, 'passphrase') }, 3, 'RR_STORE_UNWRITABLE'],
      [{ ...config, identity: { privateKeyFile: join(installation.dir, 'nothing') } }, 2, 'RR_IDENTITY_UNREADABLE'],
    ] as const;
    for (const [wrong, exit, code] of cases) {
      const program = await start(wrong);
      expect(await program.ended).toBe(exit);
      expect(program.lines.filter((line) => !line.startsWith('{'))).toEqual([
        expect.stringMatching(new RegExp(`^error ${code}: .* \\(.+\\)$`)),
        expect.stringMatching(/^remedy: /),
      ]);
    }
  });

  it('asks for its configuration', async () => {
    const program = startProgram();
    expect(await program.ended).toBe(2);
    expect(program.lines[0]).toMatch(/^error RR_OPTION_INVALID/);
  });

  it('writes no secret to its log', async () => {
    const program = await start({ ...installation.config(), log: { level: 'debug' } });
    const mgmt = { apiUrl: await program.ready() };
    installation.agent('east');
    await apply(mgmt, { clusters: ['east'] });
    await settle(mgmt);
    program.kill('SIGTERM');
    await program.ended;
    const log = program.lines.join('\n');
    expect(log).toContain('ready');
    expect(log).not.toMatch(/PRIVATE KEY|correct horse/);
  });
});
