import { RerootError } from '@reroot/shared/errors';
import { expect, it } from 'vitest';
import { listObjects } from './list-objects.ts';

const { signal } = new AbortController();
const nameOf = (object: unknown): unknown => Reflect.get(object as object, 'name');

it('begins anew where the version of the first page is forgotten before the last one, and gives nothing twice', async () => {
  const pages = [
    { metadata: { resourceVersion: '1', continue: 'more' }, items: [{ name: 'a' }] },
    new RerootError('RR_WATCH_EXPIRED', 'it is forgotten'),
    { metadata: { resourceVersion: '2', continue: 'more' }, items: [{ name: 'a' }, { name: 'b' }] },
    { metadata: { resourceVersion: '2' }, items: [{ name: 'c' }] },
  ];
  const asked: (string | null)[] = [];
  const get = async <T>(path: string): Promise<T> => {
    asked.push(new URL(path, 'https://any').searchParams.get('continue'));
    const page = pages.shift();
    if (page instanceof RerootError) throw page;
    return page as T;
  };
  expect(await listObjects({ api: { get }, path: '/api/v1/pods', query: {} }, nameOf, signal)).toEqual(['a', 'b', 'c']);
  expect(asked).toEqual([null, 'more', null, 'more']);
});

it('takes nothing for an empty list, as the API server gives one of metadata, and refuses what is no list', async () => {
  const list = (items: unknown) =>
    listObjects(
      { api: { get: async <T>() => ({ metadata: { resourceVersion: '1' }, items }) as T }, path: '/api/v1/pods', query: {} },
      nameOf,
      signal,
    );
  expect(await list(null)).toEqual([]);
  await expect(list(undefined)).rejects.toMatchObject({ code: 'RR_CLUSTER_UNREACHABLE' });
});
