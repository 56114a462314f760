import { createMemoryStore } from './testing/memory-store.ts';
import { describeStoreContract } from './testing/store-contract.ts';

describeStoreContract('the store in memory', async () => {
  const store = createMemoryStore();
  return { store, dispose: () => store.close() };
});
