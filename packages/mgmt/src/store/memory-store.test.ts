import { createMemoryStore } from './testing/memory-store.ts';
import { describeStoreContracts } from './testing/store-contracts.ts';

describeStoreContracts('the store in memory', async (options) => {
  const store = createMemoryStore(options);
  return { store, dispose: () => store.close() };
});
