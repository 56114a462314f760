import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Clocks, startClocks } from './clocks.ts';

let dir: string;
let clocks: Clocks;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'reroot-clocks-'));
  clocks = await startClocks(dir);
});
afterEach(() => rm(dir, { recursive: true }));

describe('the clocks of a fleet', () => {
  it('are right at first, and as they are set, by two at a time as well', async () => {
    const read = (client: 'mgmt' | 'cluster-1') => readFile(clocks.fileOf(client), 'utf8');
    expect(await read('mgmt')).toBe('+0.000\n');
    await clocks.set('mgmt', -240_500);
    expect([await read('mgmt'), await read('cluster-1')]).toEqual(['-240.500\n', '+0.000\n']);
    await Promise.all([clocks.set('mgmt', 5_000), clocks.set('mgmt', 5_000)]);
    expect(await read('mgmt')).toBe('+5.000\n');
  });

  it('are out of step once an agent starts that was ahead before, until mgmt was started anew', async () => {
    await clocks.set('cluster-3', 60_000);
    clocks.noteStart('cluster-3');
    expect(clocks.areOutOfStep()).toBe(false);
    await clocks.set('cluster-3', 0);
    expect(clocks.areOutOfStep()).toBe(false);
    clocks.noteStart('cluster-1');
    expect(clocks.areOutOfStep()).toBe(false);
    clocks.noteStart('cluster-3');
    expect(clocks.areOutOfStep()).toBe(true);
    clocks.forget();
    clocks.noteStart('cluster-3');
    expect(clocks.areOutOfStep()).toBe(false);
  });

  it('are out of step when an agent starts while its clock is behind', async () => {
    await clocks.set('cluster-2', -60_000);
    clocks.noteStart('cluster-2');
    expect(clocks.areOutOfStep()).toBe(true);
  });
});
