import { pageQuerySchema } from '@reroot/shared/api-contract';
import { RerootError } from '@reroot/shared/errors';
import { fit, withNumbers } from './fit.ts';

/** Which part of a list is asked for. */
export interface Page {
  readonly limit: number;
  /** The key of the last item of the page before; undefined for the first page. */
  readonly after: readonly string[] | undefined;
}

/** How a list is walked through. */
export interface Walk<T> {
  /** What a cursor remembers of an item: enough to find it again, and its place when it is gone. */
  readonly keyOf: (item: T) => readonly string[];
  /** Whether an item stands after the place where one with this key was. */
  readonly isAfter: (item: T, key: readonly string[]) => boolean;
}

const defaultLimit = 100;

/**
 * Reads which page is asked for.
 * @param list stands in its cursors: that of another list is refused
 * @throws RR_API_QUERY_INVALID names the parameter
 */
export function readPage(list: string, query: unknown): Page {
  const { cursor, limit = defaultLimit } = fit(pageQuerySchema, withNumbers(query, ['limit']), 'query');
  return { limit, after: cursor === undefined ? undefined : readCursor(list, cursor) };
}

/** The part of a list, which is in its order, that a page is, and the cursor of the next one. Nothing is left out or given twice when items come or go. */
export function pageOf<T>(
  list: string,
  items: readonly T[],
  { limit, after }: Page,
  walk: Walk<T>,
): { readonly items: readonly T[]; readonly next: { readonly nextCursor?: string } } {
  const from = after === undefined ? 0 : startAfter(items, after, walk);
  const part = items.slice(from, from + limit);
  const last = part.at(-1);
  const isLast = last === undefined || from + limit >= items.length;
  return { items: part, next: isLast ? {} : { nextCursor: cursorOf(list, walk.keyOf(last)) } };
}

/** The cursor of what stands after an item. */
export function cursorOf(list: string, key: readonly string[]): string {
  return Buffer.from(JSON.stringify([list, ...key])).toString('base64url');
}

function startAfter<T>(items: readonly T[], after: readonly string[], { keyOf, isAfter }: Walk<T>): number {
  const name = JSON.stringify(after);
  const last = items.findLastIndex((item) => JSON.stringify(keyOf(item)) === name);
  if (last >= 0) return last + 1;
  const next = items.findIndex((item) => isAfter(item, after));
  return next < 0 ? items.length : next;
}

function readCursor(list: string, cursor: string): readonly string[] {
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(read) && read[0] === list && read.every((part) => typeof part === 'string')) return read.slice(1);
  } catch {
    // Said below.
  }
  throw new RerootError('RR_API_QUERY_INVALID', 'the cursor is not one of this list: begin again without it', {
    place: 'query (cursor)',
  });
}
