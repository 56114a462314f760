import { beforeAll, describe, expect, it } from 'vitest';
import { explore } from './explore.ts';
import { type Authorities, makeAuthorities } from './materials.ts';
import { mutations } from './mutations.ts';
import { realRules } from './rules.ts';
import { createWorld } from './world.ts';
import { forwardWorlds } from './worlds.ts';

/** States: a wrong rule must show soon, and may make a world infinite. */
const limit = 4_000_000;

/** Those that are explored elsewhere need not be again: where old reports come, it is among the larger worlds. */
const rightWorlds = new Set(
  mutations.map(({ world }) => world).filter((world) => world.lateReports === 'no' && !forwardWorlds.includes(world)),
);

describe('a wrong rule is found', () => {
  let authorities: Authorities;

  beforeAll(async () => {
    authorities = await makeAuthorities();
  });

  it.each(mutations)('when $name', ({ rules, world, tells }) => {
    const { story = [] } = explore(createWorld(world, { ...realRules, ...rules }, authorities), limit);
    let from = 0;
    for (const words of tells) {
      const at = story.findIndex((line, index) => index >= from && words.test(line));
      expect(at, `${words.source} in\n${story.join('\n')}`).not.toBe(-1);
      from = at + 1;
    }
    expect(from, story.join('\n')).toBe(story.length);
  });

  it.each([...rightWorlds])('and nothing is when all are right: $name', (world) => {
    const { story } = explore(createWorld(world, realRules, authorities));
    expect(story?.join('\n')).toBeUndefined();
  });
});
