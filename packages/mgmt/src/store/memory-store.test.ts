import { describeAuditContract } from './testing/audit-contract.ts';
import { describeClusterStoreContract } from './testing/cluster-contract.ts';
import { describeEventLogContract } from './testing/event-log-contract.ts';
import { describeIdempotencyContract } from './testing/idempotency-contract.ts';
import { createMemoryStore } from './testing/memory-store.ts';
import { describeProofContract } from './testing/proof-contract.ts';
import { describeStoreContract } from './testing/store-contract.ts';

describeStoreContract('the store in memory', async (options) => {
  const store = createMemoryStore(options);
  return { store, dispose: () => store.close() };
});

describeClusterStoreContract('the store in memory', async () => {
  const store = createMemoryStore();
  return { store, dispose: () => store.close() };
});

describeProofContract('the store in memory', async (options) => {
  const store = createMemoryStore(options);
  return { store, dispose: () => store.close() };
});

describeEventLogContract('the store in memory', async (options) => {
  const store = createMemoryStore(options);
  return { store, dispose: () => store.close() };
});

describeAuditContract('the store in memory', async (options) => {
  const store = createMemoryStore(options);
  return { store, dispose: () => store.close() };
});

describeIdempotencyContract('the store in memory', async (options) => {
  const store = createMemoryStore(options);
  return { store, dispose: () => store.close() };
});
