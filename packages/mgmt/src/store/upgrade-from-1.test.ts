import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultRotationPolicy, type RotationRecord } from '../rotation/index.ts';
import { schemaVersion } from './schema.ts';
import { openSqliteStore } from './sqlite-store.ts';
import type { Store } from './store.ts';
import { readStored, storedForms } from './stored-form.ts';
import { fingerprintOf, rootA } from './testing/store-contract.ts';
import { recordOfVersion1, specOfVersion1, writeStoreOfVersion1 } from './testing/store-of-version-1.ts';
import { upgradeRecord, upgradeSpec } from './upgrade-from-1.ts';
import { nameSources } from './upgrade-from-2.ts';

const [a, b] = [fingerprintOf('a'), fingerprintOf('b')];

const upgraded = (change: Record<string, unknown>): RotationRecord =>
  readStored(storedForms.record, upgradeRecord(JSON.stringify({ ...recordOfVersion1, ...change }), 'record', 90), 'record');

/** What becomes of a record in this state: the phase of each root, and whether its row counts as proven. */
const fateOf = (change: Record<string, unknown>) => {
  const { roots, provenAtMs, enteredFrom, base } = upgraded(change);
  return { old: roots[0]?.phase, target: roots[1]?.phase, proven: provenAtMs !== undefined, enteredFrom, base: base.step };
};

describe('a record of version 1', () => {
  it('had given its row to every cluster, and knew nothing of what came later', () => {
    expect(upgraded({})).toStrictEqual({
      ...recordOfVersion1,
      lastGeneration: 7,
      enteredFrom: 'below',
      base: { step: 'ADDING_NEW_ROOT', generation: 7 },
      wave: { index: 1, through: '2', releasedAtMs: 50, provenAtMs: undefined },
      provenAtMs: undefined,
      answer: undefined,
      rotation: {
        ...recordOfVersion1.rotation,
        approvals: 'anybody',
        canaries: [],
        failedIn: undefined,
        failedBecause: undefined,
      },
      roots: recordOfVersion1.roots.map((root) => ({ ...root, phase: 'active', phaseAtMs: 90 })),
      ahead: {},
      deviations: {},
    });
  });

  it('at rest has one root, which is active', () => {
    const rest = {
      state: 'NOT_ROTATING',
      step: 'PREVIOUS_CA',
      rotation: undefined,
      roots: recordOfVersion1.roots.slice(0, 1),
    };
    expect(fateOf(rest)).toEqual({ old: 'active', target: undefined, proven: false, enteredFrom: 'below', base: 'PREVIOUS_CA' });
  });

  it.each([
    { step: 'ADDING_NEW_ROOT', target: 'created', base: 'PREVIOUS_CA' },
    { step: 'PROPAGATING_NEW_INTERMEDIATE', target: 'active', base: 'ADDING_NEW_ROOT' },
    { step: 'DELETING_OLD_ROOT', target: 'active', base: 'PROPAGATING_NEW_INTERMEDIATE' },
  ])('on its way to $step is not proven to be there', ({ step, target, base }) => {
    expect(fateOf({ state: step, step })).toEqual({ old: 'active', target, proven: false, enteredFrom: 'below', base });
  });

  it.each(['VERIFYING', 'VERIFIED'])('in %s is proven', (state) => {
    expect(fateOf({ state })).toMatchObject({ proven: true });
    expect(upgraded({ state }).provenAtMs).toBe(50);
  });

  it('that failed is proven as far as the state in which it failed', () => {
    const failedIn = (state: string) => ({ state: 'FAILED', rotation: { ...recordOfVersion1.rotation, failedIn: state } });
    expect(fateOf(failedIn('VERIFIED')).proven).toBe(true);
    expect(fateOf(failedIn('PROPAGATING_NEW_INTERMEDIATE')).proven).toBe(false);
    expect(upgraded(failedIn('VERIFIED')).rotation?.failedIn).toBe('VERIFIED');
  });

  it('that is rolling back has come from the row above', () => {
    expect(fateOf({ state: 'ROLLING_BACK', step: 'PREVIOUS_CA', direction: 'back' })).toEqual({
      old: 'active',
      target: 'created',
      proven: false,
      enteredFrom: 'above',
      base: 'PREVIOUS_CA',
    });
  });

  it('that was rolled back has done with the new root', () => {
    expect(fateOf({ state: 'PREVIOUS_CA', step: 'PREVIOUS_CA', direction: 'back' })).toMatchObject({
      old: 'active',
      target: 'retired',
      proven: true,
    });
  });

  it('that is finished has done with the old root', () => {
    expect(fateOf({ state: 'FINISHED', step: 'DELETING_OLD_ROOT', currentRoot: b })).toMatchObject({
      old: 'retired',
      target: 'active',
      proven: true,
    });
  });

  it('of strategy NONE knows two rows', () => {
    const rotation = { ...recordOfVersion1.rotation, strategy: 'NONE' };
    const record = { state: 'DELETING_OLD_ROOT', step: 'DELETING_OLD_ROOT', rotation };
    expect(fateOf(record)).toMatchObject({ target: 'active', base: 'PREVIOUS_CA' });
  });
});

describe('a spec of version 1', () => {
  it('means what a spec without policies means', () => {
    const spec = nameSources(upgradeSpec(JSON.stringify(specOfVersion1), 'spec'), 'spec');
    expect(readStored(storedForms.spec, spec, 'spec')).toStrictEqual({
      ...specOfVersion1,
      rootSource: { kind: 'generated' },
      root: { ...specOfVersion1.root, graceRatio: 0 },
      intermediateSource: { kind: 'mgmt' },
      intermediate: { ...specOfVersion1.intermediate, graceRatio: 0 },
      rotation: { ...defaultRotationPolicy, verification: 'none' },
      maintenanceWindows: [],
    });
  });
});

describe('a store of version 1', () => {
  let dataDir: string;
  const opened: Store[] = [];
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'reroot-store-'));
  });
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
    await rm(dataDir, { recursive: true });
  });

  const open = async (): Promise<Store> => {
    const store = await openSqliteStore({ dataDir });
    opened.push(store);
    return store;
  };

  /** Everything that the file holds of its version and its meshes. */
  const look = (): unknown[] => {
    const database = new DatabaseSync(join(dataDir, 'reroot.db'));
    const found = ['SELECT * FROM schema_version', 'SELECT * FROM mesh'].flatMap((sql) => database.prepare(sql).all());
    database.close();
    return found;
  };

  it('is upgraded when it is opened, and nothing else of it changes', async () => {
    writeStoreOfVersion1(dataDir, { demo: recordOfVersion1, other: { ...recordOfVersion1, mesh: 'other', generation: 9 } });
    const beforeMs = Date.now();
    const store = await open();
    const stored = await store.readMesh('demo');
    const record = upgraded({});
    const [{ phaseAtMs } = { phaseAtMs: 0 }] = stored?.record.roots ?? [];
    // Nobody has chosen how long old keys are kept: the time begins now. The database counts whole seconds.
    expect(phaseAtMs).toBeGreaterThan(beforeMs - 2_000);
    const roots = record.roots.map((root) => ({ ...root, phaseAtMs }));
    expect(stored).toStrictEqual({ revision: 3, spec: stored?.spec, record: { ...record, roots }, verdict: undefined });
    expect(stored?.spec.rotation.verification).toBe('none');
    expect((await store.readMesh('other'))?.record.generation).toBe(9);
    expect(await store.listRoots('demo')).toEqual([rootA]);
    expect(await store.listHistory('demo')).toMatchObject([{ message: 'created', act: undefined }]);
    const key = { mesh: 'demo', cluster: 'east', signerRoot: a, csrSha256: fingerprintOf('c') };
    expect(await store.findIssued(key)).toMatchObject({ serial: '1' });
    expect(await store.takeTerm()).toBe(7);
  });

  it('is upgraded once', async () => {
    writeStoreOfVersion1(dataDir, { demo: recordOfVersion1 });
    const first = await open();
    const { record } = (await first.readMesh('demo'))!;
    const changed = { ...record, deviations: {}, ahead: { east: 8 } };
    await first.compareAndSwap('demo', { term: await first.takeTerm(), revision: 3 }, { record: changed });
    await opened.pop()?.close();
    expect((await (await open()).readMesh('demo'))?.record).toStrictEqual(changed);
    await opened.pop()?.close();
    expect(look()[0]).toMatchObject({ version: schemaVersion });
  });

  it('stays as it is when one of its meshes makes no sense', async () => {
    writeStoreOfVersion1(dataDir, { demo: recordOfVersion1, other: { generation: 1 } });
    const before = look();
    await expect(open()).rejects.toMatchObject({ code: 'RR_STORE_CORRUPT', place: 'record of mesh other' });
    expect(look()).toEqual(before);
    expect(before).toHaveLength(3);
  });
});
