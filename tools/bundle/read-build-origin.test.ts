import { expect, it } from 'vitest';
import { readBuildOrigin } from './read-build-origin.ts';

it('is the commit of the repository, and when it was made', async () => {
  const { commit, committedAt } = await readBuildOrigin({});
  expect(commit).toMatch(/^[0-9a-f]{40}(-changed)?$/);
  expect(committedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
});

it('is told by the environment where there is no repository', async () => {
  const told = { REROOT_COMMIT: 'abc', SOURCE_DATE_EPOCH: '1795946400' };
  expect(await readBuildOrigin(told)).toEqual({ commit: 'abc', committedAt: '2026-11-29T10:00:00Z' });
  expect(await readBuildOrigin({ REROOT_COMMIT: 'abc' })).toEqual({ commit: 'abc', committedAt: 'unknown' });
});
