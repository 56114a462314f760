import { beforeAll, describe, expect, it } from 'vitest';
import { type Exploration, explore } from './explore.ts';
import { type Authorities, makeAuthorities } from './materials.ts';
import { realRules } from './rules.ts';
import type { WorldOptions } from './stage.ts';
import { createWorld } from './world.ts';

/** Explores each world under the real rules, and prints what it has come to. */
export function describeWorlds(title: string, worlds: readonly WorldOptions[]): void {
  describe(title, () => {
    let authorities: Authorities;

    beforeAll(async () => {
      authorities = await makeAuthorities();
    });

    it.each(worlds)('keeps all workloads connected, and ends: $name', (options) => {
      const found = explore(createWorld(options, realRules, authorities));
      process.stdout.write(`${figuresOf(found)}\n`);
      expect(found.story?.join('\n')).toBeUndefined();
      expect(options.reaches.filter((state) => !found.seen.has(state))).toEqual([]);
    });
  });
}

function figuresOf({ world, states, transitions, depth, seconds }: Exploration): string {
  const [many, more] = [states, transitions].map((count) => count.toLocaleString('en-GB'));
  const memoryMb = Math.round(process.memoryUsage.rss() / 1e6);
  return `${world}: ${many} states, ${more} transitions, depth ${depth}, ${seconds.toFixed(1)} s, ${memoryMb} MB`;
}
