import { createDocumentStore } from '../documents/document-store.ts';
import { createMemorySpace } from '../testing/memory-space.ts';
import { createDocumentContents } from './document-contents.ts';
import { describeContentsContract } from './testing/contents-contract.ts';

describeContentsContract('a space of documents', async () => {
  const space = createMemorySpace();
  return {
    openStore: async (audit) => createDocumentStore(space, { audit }),
    openContents: async () => createDocumentContents(space, 'a space in memory'),
    dispose: () => space.close(),
  };
});
