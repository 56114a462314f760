import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { waitFor } from '@reroot/shared/testing';
import { afterEach, describe, expect, it } from 'vitest';

const program = join(import.meta.dirname, 'main.ts');

let demo: ReturnType<typeof startDemo>;

afterEach(() => {
  demo.kill('SIGKILL');
});

function startDemo(...args: string[]): ChildProcess & { stdout: NodeJS.ReadableStream; stderr: NodeJS.ReadableStream } {
  return spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
}

describe('the demo with real servers', () => {
  it('proves in one JSON document that a rotation drops nothing', async () => {
    demo = startDemo('--json', '--clusters', '1', '--rate', '100');
    const [stdout, progress] = await Promise.all([text(demo.stdout), text(demo.stderr), once(demo, 'close')]);
    expect(demo.exitCode, progress).toBe(0);
    const summary = JSON.parse(stdout) as { handshakes: { ok: number } };
    expect(summary).toMatchObject({
      state: 'FINISHED',
      handshakes: { failed: 0, byReason: {} },
      clusters: [{ name: 'cluster-1' }],
    });
    expect(summary.handshakes.ok).toBeGreaterThanOrEqual(1_000);
    expect(progress).toContain('1 cluster of real servers, 2 istiods, 2 Envoys');
    expect(progress).toMatch(/the Envoys' own statistics since they started: \d+ whole TLS handshakes, 0 resumed sessions/);
  });

  it.each(['SIGINT', 'SIGKILL'] as const)(
    'leaves no process and no file behind after %s in the middle of a rotation',
    async (signal) => {
      demo = startDemo('--clusters', '1');
      let progress = '';
      demo.stdout.on('data', (chunk: Buffer) => (progress += chunk.toString()));
      await waitFor(() => progress.includes('ADDING_NEW_ROOT'), { timeoutMs: 120_000, what: 'the rotation to begin' });
      const dir = /configuration and logs are in (\S+)/.exec(progress)![1]!;
      expect(processesIn(dir).length).toBeGreaterThanOrEqual(8);

      const ended = once(demo, 'exit');
      demo.kill(signal);
      await ended;
      expect(demo.exitCode).not.toBe(0);
      // The last process is the one that removes the directory.
      const isGone = (): boolean => !existsSync(dir) && processesIn(dir).length === 0;
      await waitFor(isGone, { timeoutMs: 15_000, what: 'everything to be gone' });
    },
  );

  it.each(['--clusters=0', '--clusters=6', '--seed=1', 'more'])('refuses %s with a code', async (argument) => {
    demo = startDemo(argument);
    const [stderr] = await Promise.all([text(demo.stderr), once(demo, 'close')]);
    expect(demo.exitCode).toBe(2);
    expect(stderr).toMatch(/^error RR_OPTION_INVALID: .*\nremedy: look at `\.\/dev demo --real --help`\n$/);
  });
});

/** Processes that work in a directory or name something in it. */
function processesIn(dir: string): readonly string[] {
  return globSync('/proc/[0-9]*').filter((folder) => describeProcess(folder).includes(dir));
}

function describeProcess(folder: string): string {
  try {
    return `${readlinkSync(join(folder, 'cwd'))} ${readFileSync(join(folder, 'cmdline'), 'utf8')}`;
  } catch {
    // It has ended meanwhile.
    return '';
  }
}
