import { expect, it } from 'vitest';
import { build, describeBuild } from './build.ts';

it('a program that runs from its sources knows no commit, and says so', () => {
  expect(build).toEqual({ commit: 'unknown', committedAt: 'unknown', form: 'sources' });
  expect(describeBuild('reroot', '1.2.3')).toBe(`reroot 1.2.3 · run from its sources · node ${process.version}`);
});

it('a bundle says from which commit it was made', () => {
  const made = { commit: '0123abc', committedAt: '2026-11-29T10:00:00Z', form: 'bundle' } as const;
  expect(describeBuild('reroot', '1.2.3', made)).toContain('reroot 1.2.3 · commit 0123abc of 2026-11-29T10:00:00Z · node v');
});
