import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { RootCrl } from '@reroot/shared/api';
import { createCrl, parseCrl } from '@reroot/shared/pki';
import { createFakeClock } from '@reroot/shared/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { evidenceFor, samplePolicy, snapshotOf } from '../rotation/evidence-sample.ts';
import { newRecord, perform, type RotationRecord, requestStart } from '../rotation/index.ts';
import { goTo, look, taken } from '../rotation/testing/sample-run.ts';
import { createMemoryStore } from '../store/testing/memory-store.ts';
import { makeIntermediate, makeRoot } from '../testing/certificates.ts';
import type { MeshMoment } from './mesh-loop.ts';
import { createRootCrls, type RootCrls } from './root-crl.ts';

const run = promisify(execFile);
const dayMs = 86_400_000;
const { signal } = new AbortController();
const clock = createFakeClock(Date.now());
const [a, b] = await Promise.all([makeRoot('a'), makeRoot('b')]);
const idOf = ({ certificate: { fingerprint, notBeforeMs, notAfterMs } }: typeof a) => ({ fingerprint, notBeforeMs, notAfterMs });

/** Of root A all; the last one is in no list. */
const make = () => makeIntermediate(a, dayMs / 4);
const [east, west, other] = await Promise.all([make(), make(), make()]);

const request = { rotationId: 'r1', target: idOf(b), by: 'ann' };
const rest = newRecord('demo', idOf(a), 0);

function begin(strategy: 'MULTI_ROOT' | 'NONE' = 'MULTI_ROOT'): RotationRecord {
  return requestStart(rest, request, { ...samplePolicy, strategy }, clock.now()).record;
}

const left = goTo('DELETING_OLD_ROOT', begin());

let crls: RootCrls;
let signed: number;
let store: ReturnType<typeof createMemoryStore>;
const openCrls = (): RootCrls =>
  createRootCrls({
    store,
    authority: {
      signCrl: async (_, request) => {
        signed += 1;
        return createCrl({ ...request, issuer: a.certificate, issuerKey: a.signer });
      },
    },
    clock,
  });
beforeEach(async () => {
  signed = 0;
  store = createMemoryStore();
  crls = openCrls();
  for (const [cluster, certificate] of [
    ['east', east],
    ['west', west],
  ] as const) {
    await store.keepIssued({ ...keyOf(cluster), serial: certificate.serial, chain: [certificate.pem] });
  }
});

function keyOf(cluster: string, signerRoot = a.certificate.fingerprint) {
  return { mesh: 'demo', cluster, signerRoot, csrSha256: cluster };
}

function read(
  record: RotationRecord,
  evidence: Parameters<typeof snapshotOf>[1] = {},
  { rotation = samplePolicy, foreign = '' }: { rotation?: typeof samplePolicy; foreign?: string } = {},
): Promise<RootCrl> {
  const roots = new Map(
    [a, b].map(({ certificate }) => [
      certificate.fingerprint,
      {
        certificate,
        custody: certificate.fingerprint === foreign ? { kind: 'foreign' } : { kind: 'key-store', keyRef: 'k', chain: [] },
      },
    ]),
  );
  const view = { stored: { record, spec: { mesh: 'demo', rotation } }, roots };
  const snapshot = snapshotOf(record, evidence, Object.keys(evidence));
  return crls.read({ view, snapshot } as unknown as MeshMoment, signal);
}

describe('the list of a root that the mesh has left', () => {
  it('revokes every intermediate that was issued under it and is not over, and nothing else', async () => {
    await store.keepIssued({ ...keyOf('other', b.certificate.fingerprint), serial: other.serial, chain: [other.pem] });
    const crl = await read(left);
    expect(crl.root).toBe(a.certificate.fingerprint);
    expect(crl.revoked).toEqual([
      { cluster: 'east', serial: east.serial },
      { cluster: 'west', serial: west.serial },
    ]);
    clock.advance(dayMs);
    expect((await read(left)).revoked).toEqual([]);
    clock.advance(-dayMs);
  });

  it('is gone by by openssl: what is in it is refused as revoked, and what is not is accepted', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'reroot-crl-'));
    const verify = async (pem: string): Promise<string> => {
      const files = { root: a.certificate.pem, crl: (await read(left)).pem, pem };
      for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
      const args = [
        'verify',
        '-crl_check_all',
        '-CAfile',
        join(folder, 'root'),
        '-CRLfile',
        join(folder, 'crl'),
        join(folder, 'pem'),
      ];
      return run('openssl', args).then(
        ({ stdout }) => stdout,
        (error: unknown) => String((error as { stderr?: unknown }).stderr),
      );
    };
    try {
      for (const { pem } of [east, west]) expect(await verify(pem)).toContain('certificate revoked');
      expect(await verify(other.pem)).toMatch(/: OK$/m);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('says that the key of a CA is out where the rotation is one in an emergency, and else that it was superseded', async () => {
    const emergency = { reason: 'the key is out', excludeSilent: [], losses: [] };
    const started = requestStart(rest, { ...request, emergency }, samplePolicy, clock.now()).record;
    const approval = { by: 'bob', atMs: clock.now(), why: 'so' };
    const approved = perform(started, { move: 'approve', approval }, clock.now(), { message: 'm' }).record;
    const reasons = async (record: RotationRecord) => parseCrl((await read(record)).pem).revoked.map(({ reason }) => reason);
    expect(await reasons(left)).toEqual(['superseded', 'superseded']);
    crls = openCrls();
    expect(await reasons(goTo('DELETING_OLD_ROOT', approved))).toEqual(['cACompromise', 'cACompromise']);
  });

  it('does not say so of the new root, where the emergency was taken back', async () => {
    await store.keepIssued({ ...keyOf('north', b.certificate.fingerprint), serial: other.serial, chain: [other.pem] });
    const emergency = { reason: 'the key is out', excludeSilent: [], losses: [] };
    const started = requestStart(rest, { ...request, emergency }, samplePolicy, clock.now()).record;
    const roots = started.roots.map((root) =>
      root.fingerprint === b.certificate.fingerprint ? { ...root, phase: 'retired' as const } : root,
    );
    const crl = await read({ ...started, state: 'PREVIOUS_CA', step: 'PREVIOUS_CA', roots });
    expect(crl.root).toBe(b.certificate.fingerprint);
    expect(parseCrl(crl.pem).revoked.map(({ reason }) => reason)).toEqual(['superseded']);
  });

  it('is signed again only when there is more to revoke, or half of its life is over', async () => {
    const first = await read(left);
    expect((await read(left)).pem).toBe(first.pem);
    await store.keepIssued({ ...keyOf('north'), serial: other.serial, chain: [other.pem] });
    const second = await read(left);
    expect(second.revoked).toHaveLength(3);
    expect(signed).toBe(2);
    clock.advance(16 * dayMs);
    expect(Number((await read(left)).number)).toBeGreaterThan(Number(second.number));
    clock.advance(-16 * dayMs);
  });

  it('names the clusters that use the root still, by their last report', async () => {
    const stays = {
      row: { step: 'PREVIOUS_CA', roots: [a.certificate.fingerprint], signer: a.certificate.fingerprint, nudge: 'laggards' },
    } as const;
    const moved = { row: { ...stays.row, roots: [b.certificate.fingerprint], signer: b.certificate.fingerprint } };
    const evidence = { east: evidenceFor({ ...moved, generation: 1 }), west: evidenceFor({ ...stays, generation: 1 }) };
    expect((await read(left, evidence)).stillUsedBy).toEqual(['west']);
  });

  it('is refused while certificates of the root are in use, and where there is no root to leave', async () => {
    const early = expect.objectContaining({ code: 'RR_CRL_TOO_EARLY' });
    const adding = begin();
    await expect(read(adding)).rejects.toEqual(early);
    const propagating = goTo('PROPAGATING_NEW_INTERMEDIATE', begin());
    await expect(read(propagating)).rejects.toEqual(early);
    await expect(read(begin('NONE'))).rejects.toEqual(early);
    let proven = propagating;
    while (proven.state === 'PROPAGATING_NEW_INTERMEDIATE') proven = taken(look(proven));
    expect((await read(proven)).revoked).toHaveLength(2);
    await expect(read(newRecord('demo', idOf(a), 0))).rejects.toEqual(expect.objectContaining({ code: 'RR_CRL_NO_ROOT' }));
  });

  it('waits for the last step where less than held is asked for, for workloads may show leaves of the old root', async () => {
    const loaded = { rotation: { ...samplePolicy, requiredEvidence: 'loaded', minimumOverlapMs: dayMs } as const };
    let proven = goTo('PROPAGATING_NEW_INTERMEDIATE', begin());
    while (proven.state === 'PROPAGATING_NEW_INTERMEDIATE') proven = taken(look(proven));
    const held = { ...proven, step: 'PROPAGATING_NEW_INTERMEDIATE', provenAtMs: clock.now() } as const;
    expect((await read(held)).revoked).toHaveLength(2);
    await expect(read(held, {}, loaded)).rejects.toEqual(expect.objectContaining({ code: 'RR_CRL_TOO_EARLY' }));
    expect((await read(left, {}, loaded)).revoked).toHaveLength(2);
  });

  it('is of the last root that reroot made, where an adopted one retired after it', async () => {
    const [mine, theirs] = [a, b].map(({ certificate }) => certificate.fingerprint);
    const retired = (fingerprint: string, phaseAtMs: number) =>
      ({ ...rest.roots[0]!, fingerprint, phase: 'retired', phaseAtMs }) as const;
    const record = { ...rest, currentRoot: 'c', roots: [retired(mine!, 1), retired(theirs!, 2)] };
    expect((await read(record, {}, { foreign: theirs! })).root).toBe(mine);
  });

  it('is there after the rotation, for as long as the key of the root is kept', async () => {
    let record = left;
    while (record.state !== 'FINISHED') record = taken(look(record));
    expect((await read(record)).root).toBe(a.certificate.fingerprint);
    const roots = record.roots.map((root) => (root.phase === 'retired' ? { ...root, phase: 'destroyed' as const } : root));
    await expect(read({ ...record, roots })).rejects.toEqual(expect.objectContaining({ code: 'RR_CRL_NO_ROOT' }));
  });
});
