import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { repository } from '../architecture/sources.ts';

const program = join(repository, 'test/chaos/main.ts');

/** As long as a machine may take that has other things to do. */
const patienceMs = 400_000;

async function runChaos(...args: readonly string[]): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('REROOT_CHAOS_')));
  return promisify(execFile)(process.execPath, [program, ...args], { timeout: patienceMs, env });
}

describe('what must hold, holds while things go wrong', { timeout: patienceMs }, () => {
  it('with one mgmt, and with two of which one leads', async () => {
    const { stdout } = await runChaos('--runs', '3', '--seed', '110');
    expect(stdout).toContain('3 runs  runs\n');
    expect(stdout).toContain(' 0 runs  runs in which something did not hold\n');
  });
});
