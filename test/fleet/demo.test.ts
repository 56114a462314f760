import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { waitFor } from '@reroot/shared/testing';
import { describe, expect, it } from 'vitest';

const program = resolve(import.meta.dirname, '../../packages/simulator/src/demo/main.ts');

function startDemo(...args: string[]): ChildProcess & { stdout: NodeJS.ReadableStream; stderr: NodeJS.ReadableStream } {
  return spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
}

describe('the demo', () => {
  it('proves in one JSON document that a rotation drops nothing', async () => {
    const demo = startDemo('--json', '--clusters', '2', '--rate', '200');
    const [stdout, progress] = await Promise.all([text(demo.stdout), text(demo.stderr), once(demo, 'close')]);
    expect(demo.exitCode, progress).toBe(0);
    const summary = JSON.parse(stdout) as Record<string, unknown> & { handshakes: { ok: number }; steps: { state: string }[] };
    expect(summary).toMatchObject({ state: 'FINISHED', handshakes: { failed: 0, byReason: {} } });
    expect(summary.handshakes.ok).toBeGreaterThanOrEqual(1_000);
    expect(summary.steps.map(({ state }) => state).filter((state) => !state.startsWith('VERIF'))).toEqual([
      'ADDING_NEW_ROOT',
      'PROPAGATING_NEW_INTERMEDIATE',
      'DELETING_OLD_ROOT',
    ]);
    expect(summary['clusters']).toMatchObject([{ name: 'cluster-1' }, { name: 'cluster-2' }]);
  });

  it.each([
    ['interrupted', ['SIGINT']],
    ['interrupted twice', ['SIGINT', 'SIGINT']],
    ['killed', ['SIGKILL']],
  ] as const)('leaves nothing behind when it is %s', async (_, signals) => {
    const demo = startDemo('--clusters', '1');
    let progress = '';
    demo.stdout.on('data', (chunk: Buffer) => (progress += chunk.toString()));
    const up = /mgmt answers on (?<url>\S+); configuration and logs are in (?<dir>\S+)/;
    const { url, dir } = await waitFor(() => up.exec(progress)?.groups, { timeoutMs: 30_000, what: 'the fleet to be up' });
    expect(existsSync(dir!)).toBe(true);

    const ended = once(demo, 'exit');
    for (const signal of signals) demo.kill(signal);
    await ended;
    expect(demo.exitCode).not.toBe(0);
    // The directory is removed only after the last process of the fleet is gone.
    await waitFor(() => !existsSync(dir!), { timeoutMs: 10_000, what: 'the directory to be removed' });
    await expect(fetch(`${url!}/healthz`)).rejects.toThrow('fetch failed');
  });
});
