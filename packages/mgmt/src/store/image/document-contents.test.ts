import { expect, it } from 'vitest';
import { listRotations } from '../documents/document-journal.ts';
import { listMeshes } from '../documents/document-meshes.ts';
import { proofCauses, proofGroup, proofList } from '../documents/document-proofs.ts';
import { createDocumentStore } from '../documents/document-store.ts';
import { keptProofs } from '../proof.ts';
import { createMemorySpace } from '../testing/memory-space.ts';
import { createDocumentContents } from './document-contents.ts';
import { describeContentsContract } from './testing/contents-contract.ts';
import { fillStore } from './testing/fill-store.ts';

describeContentsContract('a space of documents', async () => {
  const space = createMemorySpace();
  return {
    openStore: async (audit) => createDocumentStore(space, { audit }),
    openContents: async () => createDocumentContents(space, 'a space in memory'),
    dispose: () => space.close(),
  };
});

it('leaves evidence out that is gone from the store, and makes none up', async () => {
  const space = createMemorySpace();
  const contents = createDocumentContents(space, 'a space in memory');
  await fillStore(createDocumentStore(space), [
    { kind: 'rotation', mesh: 0 },
    { kind: 'rotation', mesh: 1 },
  ]);
  const evidence = async (): Promise<readonly unknown[]> => {
    const found: unknown[] = [];
    for await (const line of contents.read()) if (line.kind === 'evidence') found.push(line);
    return found;
  };
  const before = await evidence();
  const [gone] = (await listRotations(space)).flatMap((rotation) => rotation.evidence.map(({ blob }) => blob));
  await space.dropBlobs([gone ?? '']);
  expect(before.length).toBeGreaterThan(1);
  expect(await evidence()).toEqual(before.filter((_, index) => index !== 0));
});

it('leaves a proof out whose evidence is gone from the store: it would rest on nothing', async () => {
  const space = createMemorySpace();
  const contents = createDocumentContents(space, 'a space in memory');
  await fillStore(createDocumentStore(space), [
    { kind: 'proof', mesh: 0, cause: 'rotation' },
    { kind: 'proof', mesh: 0, cause: 'operator' },
  ]);
  const [mesh = ''] = await listMeshes(space);
  const lists = await Promise.all(proofCauses.map((cause) => proofList.read(space, proofGroup(mesh, cause), keptProofs)));
  const [gone, ...others] = lists.flat();
  await space.dropBlobs([gone?.evidence ?? '']);
  const found: unknown[] = [];
  for await (const line of contents.read()) if (line.kind === 'proof') found.push(line.summary.id);
  expect(others.length).toBeGreaterThan(0);
  expect(found.toSorted()).toEqual(others.map(({ summary }) => summary.id).toSorted());
});
