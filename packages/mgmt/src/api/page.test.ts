import { describe, expect, it } from 'vitest';
import { pageOf, readPage, type Walk } from './page.ts';

const walk: Walk<string> = { keyOf: (name) => [name], isAfter: (name, [last = '']) => name > last };

/** Every page, with what happens to the list between two of them. */
function readAll(items: readonly string[], limit: number, change = (list: readonly string[]) => list): readonly string[] {
  const read: string[] = [];
  let list = items;
  for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
    const query = cursor === undefined ? { limit: String(limit) } : { limit: String(limit), cursor };
    const { items: part, next } = pageOf('names', list, readPage('names', query), walk);
    read.push(...part);
    cursor = next.nextCursor;
    list = change(list);
  }
  return read;
}

describe('pages of a list', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];

  it.each([1, 2, 5, 1_000])('of %i give all of it once, in its order', (limit) => {
    expect(readAll(names, limit)).toEqual(names);
  });

  it('give nothing twice and leave nothing out when items come', () => {
    expect(readAll(names, 2, (list) => [...new Set(['0', ...list, 'bb', 'f'])].toSorted())).toEqual([
      'a',
      'b',
      'bb',
      'c',
      'd',
      'e',
      'f',
    ]);
  });

  it('go on where they were when the item that they ended with is gone', () => {
    expect(readAll(names, 2, (list) => list.filter((name) => name !== 'b'))).toEqual(names);
  });

  it('have a hundred items where no limit is named', () => {
    expect(readPage('names', {})).toEqual({ limit: 100, after: undefined });
  });

  const foreign = pageOf('others', names, { limit: 1, after: undefined }, walk).next.nextCursor;
  it.each([
    [{ limit: '0' }, 'query (limit)'],
    [{ limit: '1001' }, 'query (limit)'],
    [{ limit: 'many' }, 'query (limit)'],
    [{ limit: ['1', '2'] }, 'query (limit)'],
    [{ cursor: 'nonsense' }, 'query (cursor)'],
    [{ cursor: foreign }, 'query (cursor)'],
    [{ limti: '1' }, 'query (limti)'],
  ])('are refused for %j', (query, place) => {
    expect(() => readPage('names', query)).toThrow(expect.objectContaining({ code: 'RR_API_QUERY_INVALID', place }));
  });
});
