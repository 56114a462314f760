import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RerootError } from '@reroot/shared/errors';
import { waitFor } from '@reroot/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFleetProcess, type FleetProcess } from './fleet-process.ts';
import { type Reaper, startReaper } from './reaper.ts';

const signal = AbortSignal.timeout(15_000);
let dir: string;
let reaper: Reaper;
let ended: RerootError[];
const processes: FleetProcess[] = [];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'reroot-process-'));
  reaper = startReaper(dir);
  ended = [];
});

afterEach(async () => {
  for (const process of processes.splice(0)) await process.kill();
  reaper.release();
  await rm(dir, { recursive: true, force: true });
});

/** A node process that runs a script. */
function nodeProcess(script: string, readyText: string | undefined): FleetProcess {
  const process_ = createFleetProcess(
    {
      name: 'sample',
      command: process.execPath,
      args: ['-e', script],
      logFile: join(dir, 'sample.log'),
      readyText,
      missingCode: 'RR_PROCESS_ENDED',
    },
    reaper,
    (error) => ended.push(error),
  );
  processes.push(process_);
  return process_;
}

const serving = "console.error('serving'); setInterval(() => {}, 1000)";

describe('a process of a fleet', () => {
  it('is waited for until its log says that it is ready', async () => {
    const sample = nodeProcess(`setTimeout(() => { ${serving} }, 200)`, 'serving');
    await sample.start(signal);
    expect(isAlive(sample.pid())).toBe(true);
  });

  it('can be killed and started again, and its first life does not count as ready', async () => {
    const sample = nodeProcess(serving, 'serving');
    await sample.start(signal);
    const first = sample.pid();
    await sample.kill();
    expect(isAlive(first)).toBe(false);
    expect(sample.pid()).toBeUndefined();
    await sample.start(signal);
    expect(sample.pid()).not.toBe(first);
    expect(ended).toEqual([]);
  });

  it('that ends before it is ready is an error with the end of its log', async () => {
    const sample = nodeProcess("console.error('no such port'); process.exit(3)", 'serving');
    await expect(sample.start(signal)).rejects.toMatchObject({
      code: 'RR_PROCESS_ENDED',
      message: /exit code 3[^]+no such port/,
    });
  });

  it('that ends by itself later is told of', async () => {
    const sample = nodeProcess("console.error('serving'); setTimeout(() => process.abort(), 100)", 'serving');
    await sample.start(signal);
    await waitFor(() => ended[0], { timeoutMs: 10_000, what: 'the end to be told' });
    expect(ended[0]).toMatchObject({ code: 'RR_PROCESS_ENDED', message: /^sample ended with SIGABRT/ });
  });

  it('that heeds no SIGTERM is killed', async () => {
    const sample = nodeProcess(`process.on('SIGTERM', () => {}); ${serving}`, 'serving');
    await sample.start(signal);
    const pid = sample.pid();
    await sample.stop();
    expect(isAlive(pid)).toBe(false);
  });
});

describe('the reaper', () => {
  it('ends the processes and removes the directory of a launcher that was killed', async () => {
    const fleetDir = await mkdtemp(join(dir, 'fleet-'));
    const launcher = spawn(process.execPath, ['--input-type=module', '-e', launcherScript(fleetDir)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [chunk] = (await once(launcher.stdout, 'data')) as [Buffer];
    const pid = Number(chunk.toString());
    expect(isAlive(pid)).toBe(true);
    launcher.kill('SIGKILL');
    await waitFor(() => !isAlive(pid) && !existsSync(fleetDir), { timeoutMs: 10_000, what: 'the orphan to end' });
  });
});

/** A launcher that never stops what it started. */
function launcherScript(fleetDir: string): string {
  const here = import.meta.dirname;
  const plan = {
    name: 'orphan',
    command: process.execPath,
    args: ['-e', serving],
    logFile: join(fleetDir, 'orphan.log'),
    readyText: 'serving',
    missingCode: 'RR_PROCESS_ENDED',
  };
  return `
    import { createFleetProcess } from ${JSON.stringify(join(here, 'fleet-process.ts'))};
    import { startReaper } from ${JSON.stringify(join(here, 'reaper.ts'))};
    const orphan = createFleetProcess(${JSON.stringify(plan)}, startReaper(${JSON.stringify(fleetDir)}), () => {});
    await orphan.start(AbortSignal.timeout(10_000));
    console.log(orphan.pid());
  `;
}

function isAlive(pid: number | undefined): boolean {
  if (pid === undefined) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
