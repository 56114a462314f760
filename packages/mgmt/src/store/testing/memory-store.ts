import { createDocumentStore, type DocumentStoreOptions } from '../documents/document-store.ts';
import type { Store } from '../store.ts';
import { createMemorySpace } from './memory-space.ts';

/** A store without a disk, for tests of what stands above it; kept honest by the same contract. */
export function createMemoryStore(options: DocumentStoreOptions = {}): Store {
  return createDocumentStore(createMemorySpace(), options);
}
