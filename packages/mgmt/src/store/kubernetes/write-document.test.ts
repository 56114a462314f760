import { describe, expect, it } from 'vitest';
import { createMemorySecrets } from '../testing/memory-secrets.ts';
import { documentSecret, readDocument, secretName } from './secret-form.ts';
import { createSecretsClient } from './secrets-client.ts';
import { writeDocument } from './write-document.ts';

const key = 'mesh/demo';

function makeWriter() {
  const client = createSecretsClient(createMemorySecrets().api(), 'reroot', new AbortController().signal);
  const to = { client, store: 'reroot', isCold: () => false };
  const read = async () => readDocument((await client.find(secretName('reroot', key)))!);
  return { to, read };
}

describe('a document of a commit', () => {
  it.each([
    ['who knows nothing of the Secret', undefined],
    ['who knows it as it was before', { version: 3, resourceVersion: '1' }],
  ])('is not written over a newer one by %s', async (_, known) => {
    const { to, read } = makeWriter();
    const first = await writeDocument(to, { key, version: 3, value: { n: 3 } }, undefined);
    await writeDocument(to, { key, version: 7, value: { n: 7 } }, first);
    expect(await writeDocument(to, { key, version: 5, value: { n: 5 } }, known)).toMatchObject({ version: 7 });
    expect(await read()).toEqual({ key, version: 7, value: { n: 7 } });
  });

  it('does not come back once it was deleted by a later commit', async () => {
    const { to, read } = makeWriter();
    await writeDocument(to, { key, version: 4, value: undefined }, undefined);
    await writeDocument(to, { key, version: 3, value: { n: 3 } }, undefined);
    expect(await read()).toEqual({ key, version: 4, value: undefined });
  });

  it('is written by who does not know that it is there, and once it was removed by hand', async () => {
    const { to, read } = makeWriter();
    const known = await writeDocument(to, { key, version: 1, value: { n: 1 } }, undefined);
    await writeDocument(to, { key, version: 2, value: { n: 2 } }, undefined);
    await to.client.delete(secretName('reroot', key));
    await writeDocument(to, { key, version: 3, value: { n: 3 } }, known);
    expect(await read()).toMatchObject({ version: 3 });
  });

  it('has a name that people can read where its key can be one', () => {
    expect(secretName('reroot', key)).toBe('reroot.mesh.demo');
    expect(secretName('reroot', 'rotation/R 1')).toMatch(/^reroot\.rotation\.x-[0-9a-f]{40}$/);
    const secret = documentSecret('reroot', 'hot', { key, version: 1, value: {} }, undefined);
    expect(secret.metadata.labels).toMatchObject({ 'reroot.dev/store': 'reroot', 'reroot.dev/part': 'hot' });
  });
});
