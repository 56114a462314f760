import { RerootError } from '@reroot/shared/errors';
import type { StoreContents } from './store-contents.ts';

/** @throws RR_STORE_NOT_EMPTY when something is in the store */
export async function requireEmpty(contents: Pick<StoreContents, 'isEmpty' | 'place'>): Promise<void> {
  if (await contents.isEmpty()) return;
  throw new RerootError('RR_STORE_NOT_EMPTY', 'there is something in the store already', { place: contents.place });
}
