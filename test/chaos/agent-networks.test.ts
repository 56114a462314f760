import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { bringUpLoopback } from './own-namespaces.ts';

const [command, ...apart] = ['unshare', '--mount', '--propagation', 'private', '--net'] as const;

describe('a network of an agent', { timeout: 180_000 }, () => {
  it('has packets to the broker lost, late, or gone one way or both, and leaves those to the cluster alone', async ({ skip }) => {
    skip(spawnSync(command, [...apart, ...bringUpLoopback]).status !== 0, 'this machine allows no network of its own');
    const probe = join(import.meta.dirname, 'testing/probe-networks.ts');
    const env = { ...process.env, REROOT_CHAOS_NETWORK: 'own' };
    const { stdout } = await promisify(execFile)(command, [...apart, process.execPath, probe], { env });
    const seen = JSON.parse(stdout) as Record<string, string>;
    skip(Object.keys(seen).length === 0, 'this kernel has not the filters');
    const toCluster = Object.entries(seen).filter(([what]) => what.endsWith('to the cluster'));
    expect(toCluster.map(([, said]) => said)).toEqual(Array.from({ length: 5 }, () => 'answered'));
    const { whole, loss, narrow, deaf, mute, dark, healed } = seen;
    expect({ whole, loss, narrow, healed }).toEqual({
      ...{ whole: 'answered', loss: 'answered', narrow: 'answered', healed: 'answered' },
    });
    expect({ deaf, mute, dark }).toEqual({ deaf: 'nothing', mute: 'nothing', dark: 'nothing' });
  });
});
