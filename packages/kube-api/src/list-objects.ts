import { toRerootError } from '@reroot/shared/errors';
import { type Listing, listPages } from './list-pages.ts';

/**
 * Lists a collection whole, as it was at one version. Where that version is forgotten before the last page, it begins anew.
 * @param read takes what is needed of each object. Those of a list carry no kind
 * @throws what a request fails with, and what `read` throws
 */
export async function listObjects<T>(
  listing: Omit<Listing, 'onObject'>,
  read: (object: unknown) => T,
  signal: AbortSignal,
): Promise<readonly T[]> {
  for (;;) {
    const found: T[] = [];
    const onObject = (object: unknown): void => {
      found.push(read(object));
    };
    try {
      await listPages({ ...listing, onObject }, signal);
      return found;
    } catch (error) {
      if (toRerootError(error).code !== 'RR_WATCH_EXPIRED') throw error;
    }
  }
}
