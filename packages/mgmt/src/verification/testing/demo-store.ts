import type { Store } from '../../store/index.ts';
import { createMemoryStore } from '../../store/testing/memory-store.ts';
import { newMesh } from '../../store/testing/store-contract.ts';

/** A store in memory with the mesh `demo` in it, and the term that this mgmt took. */
export async function createDemoStore(): Promise<{ readonly store: Store; readonly term: number }> {
  const store = createMemoryStore();
  const term = await store.takeTerm();
  await store.createMesh(newMesh('demo'), term);
  return { store, term };
}
