import { randomUUID } from 'node:crypto';
import { systemClock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import { silentLog } from '@reroot/shared/log';
import { waitFor } from '@reroot/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../store.ts';
import { createMemorySecrets, type Gate, type MemorySecrets } from '../testing/memory-secrets.ts';
import { newMesh } from '../testing/store-contract.ts';
import { describeStoreContracts } from '../testing/store-contracts.ts';
import { type KubernetesStoreOptions, openKubernetesStore } from './kubernetes-store.ts';

const outside = {
  namespace: 'reroot',
  name: 'reroot',
  clock: systemClock,
  random: Math.random,
  newId: randomUUID,
  log: silentLog,
};

describeStoreContracts('the store in Secrets', async (options) => {
  const store = await openKubernetesStore({ ...outside, api: createMemorySecrets().api(), ...options });
  return { store, dispose: () => store.close() };
});

describe('the store in Secrets', () => {
  let cluster: MemorySecrets;
  let opened: Store[];
  beforeEach(() => {
    cluster = createMemorySecrets();
    opened = [];
  });
  afterEach(async () => {
    await Promise.all(opened.map((store) => store.close()));
  });

  const open = async (gate?: Gate, options: Partial<KubernetesStoreOptions> = {}): Promise<Store> => {
    const store = await openKubernetesStore({ ...outside, api: cluster.api(gate), ...options });
    opened.push(store);
    return store;
  };
  const note = (store: Store, term: number, message = 'again') =>
    store.note({ kind: 'start', action: 'mgmt.start', message }, term);
  const names = (): readonly string[] => [...cluster.secrets.keys()];

  it('writes nothing when it is opened', async () => {
    await open();
    expect(names()).toEqual([]);
  });

  it('is followed by others, who are told, and deposes who had a lower term', async () => {
    const [first, second] = [await open(), await open()];
    let told = 0;
    second.onChange(() => {
      told += 1;
    });
    const term = await first.takeTerm();
    const created = await first.createMesh(newMesh('demo'), term);
    await waitFor(async () => (await second.listMeshes()).length === 1, { timeoutMs: 5_000, what: 'the mesh' });
    expect(told).toBeGreaterThanOrEqual(1);
    expect(await second.readMesh('demo')).toEqual(created);
    const newer = await second.takeTerm();
    expect(newer).toBe(term + 1);
    await expect(note(first, term)).rejects.toMatchObject({ code: 'RR_STORE_DEPOSED' });
    await expect(first.createMesh(newMesh('demo'), term)).rejects.toMatchObject({ code: 'RR_STORE_DEPOSED' });
    await note(second, newer);
  });

  it('is redone from the head where the documents were never written', async () => {
    const documentsHang: Gate = async ({ verb, name }, act) =>
      (verb === 'create' || verb === 'replace') && name !== 'reroot.head' ? new Promise(() => undefined) : act();
    const first = await openKubernetesStore({ ...outside, api: cluster.api(documentsHang) });
    const term = await first.takeTerm();
    const created = await first.createMesh(newMesh('demo'), term);
    expect(names()).toEqual(['reroot.head']);
    const second = await open();
    expect(await second.readMesh('demo')).toEqual(created);
    expect(await second.listHistory('demo')).toHaveLength(1);
    await note(second, await second.takeTerm());
    await waitFor(() => names().includes('reroot.mesh.demo'), { timeoutMs: 5_000, what: 'the documents' });
  });

  it('does not take a commit for failed whose answer was lost, and makes none twice', async () => {
    let sent = 0;
    const losesAnswers: Gate = async ({ verb, name }, act) => {
      if (verb !== 'replace' || name !== 'reroot.head') return act();
      sent += 1;
      const cut = new RerootError('RR_CLUSTER_UNREACHABLE', 'the connection broke');
      if (sent % 3 === 2) throw cut;
      const answer = act();
      if (sent % 3 === 1) throw cut;
      return answer;
    };
    const store = await open(losesAnswers);
    const term = await store.takeTerm();
    for (let n = 0; n < 4; n += 1) await note(store, term, `note ${n}`);
    const { entries } = await store.readAudit({ after: 0, limit: 100 });
    expect(entries.slice(1).map(({ entry }) => entry.message)).toEqual(['note 0', 'note 1', 'note 2', 'note 3']);
    expect(sent).toBeGreaterThan(4);
  });

  it.each<[string, (secrets: Map<string, { metadata: { name: string } }>) => void]>([
    ['a document that somebody has deleted', (secrets) => secrets.delete('reroot.mesh.demo')],
    ['a head that somebody has deleted', (secrets) => secrets.delete('reroot.head')],
  ])('notices %s', async (_, change) => {
    const store = await openKubernetesStore({ ...outside, api: cluster.api() });
    const term = await store.takeTerm();
    await store.createMesh(newMesh('demo'), term);
    // The head must have let go of the commit that made it.
    for (let n = 0; n < 40; n += 1) await note(store, term);
    await store.close();
    cluster.tamper(change);
    await expect(open()).rejects.toMatchObject({ code: 'RR_STORE_CORRUPT' });
  });

  it('notices a document that was put back as it was before', async () => {
    const store = await openKubernetesStore({ ...outside, api: cluster.api() });
    const term = await store.takeTerm();
    await store.createMesh(newMesh('demo'), term);
    await waitFor(() => names().includes('reroot.mesh.demo'), { timeoutMs: 5_000, what: 'the document' });
    const before = structuredClone(cluster.secrets.get('reroot.mesh.demo')!);
    await store.compareAndSwap('demo', { term, revision: 1 }, {});
    for (let n = 0; n < 40; n += 1) await note(store, term);
    await store.close();
    cluster.tamper((secrets) => secrets.set('reroot.mesh.demo', before));
    await expect(open()).rejects.toMatchObject({ code: 'RR_STORE_CORRUPT' });
  });

  it('does not begin anew beside the keys of roots that it has forgotten', async () => {
    await expect(open(undefined, { keysBeside: 2 })).rejects.toMatchObject({
      code: 'RR_STORE_CORRUPT',
      message: expect.stringContaining('2 root keys'),
    });
  });

  it('keeps what many do at once in few commits', async () => {
    const store = await open();
    const term = await store.takeTerm();
    const version = () => Number(cluster.secrets.get('reroot.head')?.metadata.resourceVersion);
    const before = version();
    await Promise.all(Array.from({ length: 500 }, (_, n) => note(store, term, `note ${n}`)));
    expect((await store.readAudit({ after: 0, limit: 1 })).total).toBe(501);
    expect(version() - before).toBeLessThan(30);
  });
});
