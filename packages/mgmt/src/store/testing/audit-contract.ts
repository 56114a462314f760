import { type AuditEntry, createChainCheck } from '@reroot/shared/audit';
import { sha256Hex } from '@reroot/shared/pki';
import { generateIdentity } from '@reroot/shared/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Actor, type AuditOptions, itself } from '../audit.ts';
import type { ClusterRecord } from '../cluster-record.ts';
import type { Store } from '../store.ts';
import { sampleProof } from './proof-contract.ts';
import { newMesh, rotating, type StoreUnderTest, type StoreUnderTestOptions } from './store-contract.ts';

const { identity } = generateIdentity();
const ann: Actor = { name: 'ann', via: 'oidc', why: 'it is due' };

/** What every store writes into its journal. */
export function describeAuditContract(
  what: string,
  make: (options: StoreUnderTestOptions & { readonly audit: AuditOptions }) => Promise<StoreUnderTest>,
): void {
  describe(`${what}, for the journal`, () => {
    let store: Store;
    let dispose: () => Promise<void>;
    let term: number;
    let actor: Actor;
    let nowMs: number;
    let appended: number;
    beforeEach(async () => {
      [actor, nowMs, appended] = [itself, 1_000, 0];
      const onAppended = (): void => {
        appended += 1;
      };
      ({ store, dispose } = await make({ audit: { identity, whoActs: () => actor, now: () => nowMs, onAppended } }));
      term = await store.takeTerm();
    });
    afterEach(() => dispose());

    const readAll = async (): Promise<readonly AuditEntry[]> =>
      (await store.readAudit({ after: 0, limit: 1_000 })).entries.map(({ entry }) => entry);
    const last = async (): Promise<AuditEntry | undefined> => (await readAll()).at(-1);

    it('begins with what was there before', async () => {
      expect(await readAll()).toMatchObject([{ seq: 1, kind: 'origin', message: 'the journal begins with an empty store' }]);
    });

    it('tells each change of a mesh: who, by what they are known, why, when, and what stood then', async () => {
      actor = ann;
      const { record, spec } = await store.createMesh(newMesh('demo'), term);
      expect(await last()).toMatchObject({
        ...{ seq: 2, atMs: 1_000, kind: 'act', action: 'mesh.create', by: { name: 'ann', via: 'oidc' }, why: 'it is due' },
        ...{ mesh: 'demo', state: 'NOT_ROTATING', message: 'created' },
      });
      [actor, nowMs] = [itself, 2_000];
      const because = { passed: true, reason: 'Passed', message: 'all 2 hold it', laggards: [], laggardCount: 0 };
      const condition = { ...newMesh('demo').condition, rotationId: 'r1', message: 'it failed', errors: ['too slow'] };
      await store.compareAndSwap('demo', { term, revision: 1 }, { spec, record: rotating(record), condition, because });
      expect(await last()).toMatchObject({
        ...{ kind: 'transition', by: { name: 'reroot', via: 'itself' }, rotationId: 'r1', state: 'FAILED', errors: ['too slow'] },
        verdict: { passed: true, reason: 'Passed', message: 'all 2 hold it', laggards: 0 },
        facts: { from: 'NOT_ROTATING' },
        digests: { record: expect.stringMatching(/^[0-9a-f]{64}$/), spec: expect.stringMatching(/^[0-9a-f]{64}$/) },
      });
      expect((await last())?.why).toBeUndefined();
      expect(appended).toBeGreaterThanOrEqual(2);
    });

    it('tells the verdict that stood when somebody acts', async () => {
      const { record } = await store.createMesh(newMesh('demo'), term);
      const verdict = { passed: false, reason: 'ClusterSilent', message: 'west is silent', laggards: [], laggardCount: 3 };
      await store.keepVerdict('demo', { term, revision: 1 }, { verdict, atMs: 1, generation: 1 });
      const before = (await readAll()).length;
      await store.compareAndSwap('demo', { term, revision: 1 }, { record });
      expect(await last()).toMatchObject({ seq: before + 1, verdict: { reason: 'ClusterSilent', laggards: 3 } });
    });

    it('has nothing of a change that did not come about', async () => {
      await store.createMesh(newMesh('demo'), term);
      const before = await readAll();
      await expect(store.compareAndSwap('demo', { term, revision: 7 }, {})).rejects.toThrow();
      await expect(store.createMesh(newMesh('demo'), term)).rejects.toThrow();
      await expect(store.putCluster(cluster(), { term, revision: 4 })).rejects.toThrow();
      await expect(store.note({ kind: 'start', action: 'mgmt.start', message: 'late' }, term - 1)).rejects.toThrow();
      expect(await readAll()).toEqual(before);
    });

    it('keeps what clusters held when a step passed, under the number and the digest of its entry', async () => {
      const { record } = await store.createMesh(newMesh('demo'), term);
      await store.compareAndSwap('demo', { term, revision: 1 }, { record: rotating(record) });
      await store.compareAndSwap('demo', { term, revision: 2 }, { record: rotating(record), evidence: '{"a":1}' });
      const entry = await last();
      expect(entry?.digests).toMatchObject({ evidence: sha256Hex(Buffer.from('{"a":1}')) });
      expect(await store.listStepEvidence('demo', 'r1')).toEqual([{ seq: entry?.seq, evidence: '{"a":1}' }]);
      expect(await store.listStepEvidence('demo', 'r2')).toEqual([]);
    });

    it('keeps what stood when a rotation started for that rotation, and not for the one before it', async () => {
      const { record } = await store.createMesh(newMesh('demo'), term);
      const started = rotating(record);
      const rotationId = started.rotation?.id ?? '';
      const { state, step, generation } = started;
      const condition = { atMs: 1, state, step, rotationId, generation, message: 'started', errors: [], act: undefined };
      await store.compareAndSwap('demo', { term, revision: 1 }, { record: started, condition, evidence: '{"start":1}' });
      expect(await store.listStepEvidence('demo', rotationId)).toMatchObject([{ evidence: '{"start":1}' }]);
    });

    it('tells of clusters what somebody has done, and not what follows by itself', async () => {
      const added = await store.putCluster(cluster(), { term, revision: 0 });
      expect(await last()).toMatchObject({ action: 'cluster.add', cluster: 'east', mesh: 'demo' });
      const before = await readAll();
      const agent = {
        publicKeyPem: 'PEM',
        natsUser: 'U',
        natsJwtExpiresAtMs: 1,
        tokenId: 't',
        joinUser: '',
        epoch: 0,
        askedSequence: 1,
        atMs: 1,
      };
      await store.putCluster({ ...added.record, agent }, { term, revision: 1 });
      await store.putCluster({ ...added.record, agent: { ...agent, natsJwtExpiresAtMs: 9 } }, { term, revision: 2 });
      const revoked = { by: 'ann', why: 'it was stolen', atMs: 5 };
      await store.putCluster({ ...added.record, agent, revoked }, { term, revision: 3 });
      const after = (await readAll()).slice(before.length);
      expect(after.map(({ action }) => action)).toEqual(['cluster.key', 'cluster.revoke']);
      expect(after[1]).toMatchObject({ why: 'it was stolen' });
      await store.renameCluster({ from: 'east', revision: 4, record: { ...added.record, name: 'south' }, mesh: undefined }, term);
      expect(await last()).toMatchObject({ action: 'cluster.rename', message: 'cluster east is called south from now on' });
    });

    it('tells of certificates and proofs by their digests', async () => {
      await store.createMesh(newMesh('demo'), term);
      const issued = {
        mesh: 'demo',
        cluster: 'east',
        signerRoot: 'a'.repeat(64),
        csrSha256: 'c'.repeat(64),
        serial: '07',
        chain: ['PEM'],
      };
      await store.keepIssued(issued);
      expect(await last()).toMatchObject({ kind: 'issuance', cluster: 'east', facts: { serial: '07' } });
      const count = (await readAll()).length;
      await store.keepIssued(issued);
      expect((await readAll()).length).toBe(count);
      await store.keepProof('demo', sampleProof('p1'), term);
      expect(await last()).toMatchObject({
        kind: 'proof',
        rotationId: 'r1',
        verdict: { passed: false, laggards: 1 },
        facts: { proof: 'p1' },
      });
    });

    it('is a chain whose head is signed, and can be read in parts and by rotation', async () => {
      for (let index = 0; index < 300; index += 1) {
        const rotation = index % 100 === 7 ? { rotationId: 'r9' } : {};
        await store.note({ kind: 'start', action: 'mgmt.start', message: `start ${index}`, ...rotation }, term);
      }
      const chain = createChainCheck();
      let after = 0;
      for (;;) {
        const page = await store.readAudit({ after, limit: 77 });
        for (const each of page.entries) chain.take(each);
        for (const head of page.heads) chain.takeHead(head);
        const next = page.entries.at(-1)?.entry.seq;
        if (next === undefined) break;
        after = next;
      }
      const { head, total } = await store.readAudit({ after: 0, limit: 1 });
      expect(chain.finish()).toMatchObject({ first: 1, last: 301, lastHash: head?.hash, keyIds: [identity.keyId] });
      expect({ total, seq: head?.seq }).toEqual({ total: 301, seq: 301 });
      const heads = (await store.readAudit({ after: 0, limit: 1_000 })).heads.map(({ seq }) => seq);
      expect(heads).toEqual([256, 301]);
      const ofRotation = await store.readAudit({ after: 0, limit: 10, rotationId: 'r9' });
      expect(ofRotation.entries.map(({ entry }) => entry.message)).toEqual(['start 7', 'start 107', 'start 207']);
    });
  });
}

function cluster(): ClusterRecord {
  const invitation = { tokenId: 't', key: 'ab'.repeat(32), expiresAtMs: 86_400_000, natsUser: '', mgmtKeys: [] };
  return {
    ...{ name: 'east', mesh: 'demo', formerName: undefined, addedBy: 'ann', addedAtMs: 1, invitation },
    ...{ agent: undefined, nextAgent: undefined, epoch: 0, revoked: undefined, revokedUsers: [] },
  };
}
