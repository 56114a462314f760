import { createRootCertificate, generateKey, signerFromKey } from '@reroot/shared/pki';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { evidenceFor, samplePolicy, snapshotOf } from '../rotation/evidence-sample.ts';
import {
  type ClusterEvidence,
  changeMembers,
  decide,
  excludeCluster,
  newRecord,
  type RotationRecord,
} from '../rotation/index.ts';
import { makeRoot, type TestRoot } from '../testing/certificates.ts';
import { findAdoption, requireAdoptable } from './find-adoption.ts';
import type { MeshMoment } from './mesh-loop.ts';
import { startAdoption } from './start-adoption.ts';

const options = { ttlDays: 1, organization: 'o', keyAlgorithm: { kind: 'ecdsa', curve: 'P-256' }, graceRatio: 0 } as const;
const term = 3;
const standing = { source: 'cacerts', owner: 'other', adoption: 'allowed', objection: '' } as const;

let own: TestRoot;
let x: TestRoot;
let y: TestRoot;
let nowMs: number;
let record: RotationRecord;
let evidence: Record<string, ClusterEvidence | undefined>;
let restarts: 'never' | 'when-refused';

beforeAll(async () => {
  [own, x, y] = await Promise.all([makeRoot('own'), makeRoot('x'), makeRoot('y')]);
});
beforeEach(() => {
  nowMs = Date.now();
  restarts = 'when-refused';
  const { fingerprint, notBeforeMs, notAfterMs } = own.certificate;
  const resting = newRecord('demo', { fingerprint, notBeforeMs, notAfterMs }, nowMs - 1);
  record = changeMembers(resting, { added: ['east', 'west'], removed: [] }, 'two more', nowMs - 1).record;
  evidence = { east: foreign([x], x), west: foreign([y, x], y) };
});

/** What a cluster reports that holds roots which the mesh does not know. */
function foreign(roots: readonly TestRoot[], signer: TestRoot, changes: Partial<ClusterEvidence> = {}): ClusterEvidence {
  const names = roots.map(({ certificate }) => certificate.fingerprint);
  const row = { step: 'PREVIOUS_CA', roots: names, signer: signer.certificate.fingerprint, nudge: 'laggards' } as const;
  const reported = evidenceFor({ row, generation: 0 });
  const written = { ...reported.written!, signerRoot: undefined, foreignRoot: row.signer };
  const strangers = roots.map(({ certificate }) => certificate);
  return { ...reported, receivedAtMs: nowMs, appliedTerm: 0, written, strangers, standing, ...changes };
}

function moment(): MeshMoment {
  const clusters = ['mine', 'east', 'west'];
  const known = { custody: { kind: 'key-store', keyRef: 'k', chain: [] }, certificate: own.certificate } as const;
  const roots = new Map([[own.certificate.fingerprint, known]]);
  const rootNames = new Set(roots.keys());
  const snapshot = { ...snapshotOf(record, evidence, clusters), knownRoots: rootNames };
  const policy = { ...samplePolicy, restarts, silentAfterMs: 10_000 };
  const spec = {
    ...{ mesh: 'demo', clusters, trustDomain: 'cluster.local', rootSource: { kind: 'generated' as const } },
    ...{
      intermediateSource: { kind: 'mgmt' as const },
      root: options,
      intermediate: options,
      rotation: policy,
      maintenanceWindows: [],
    },
  } as const;
  const stored = { revision: 1, spec, record, verdict: undefined };
  const decision = decide(record, snapshot, policy, nowMs);
  const rest = { cells: { green: 0, red: 0, unknown: 0 }, keysLeft: new Map(), notStarted: undefined, drift: [], nowMs };
  return { view: { stored, roots, rootNames }, snapshot, policy, decision, ...rest };
}

const codes = (): readonly string[] => {
  const { clusters, problems } = findAdoption(moment(), term);
  return [...clusters.flatMap((cluster) => cluster.problems), ...problems].map(({ code }) => code);
};

describe('what an adoption would begin with', () => {
  it('is each cluster that is held back, with its own roots and the one that signs', () => {
    const { clusters, problems, roots } = findAdoption(moment(), term);
    expect(clusters.map(({ name, origin }) => [name, origin?.roots.length, origin?.signer])).toEqual([
      ['east', 1, x.certificate.fingerprint],
      ['west', 2, y.certificate.fingerprint],
    ]);
    expect(problems).toEqual([]);
    expect(roots.size).toBe(3);
  });

  it('leaves out members, excluded clusters, and those that the mesh brings in by itself', () => {
    const act = { by: 'ann', why: 'so', cause: 'operator', members: ['mine', 'east', 'west'] } as const;
    record = excludeCluster(record, 'west', act, nowMs).record;
    evidence = { ...evidence, east: { ...foreign([own], own), written: evidenceFor({ row: ownRow(), generation: 0 }).written } };
    expect(findAdoption(moment(), term).clusters).toEqual([]);
    const nothing = findAdoption(moment(), term);
    expect(() => startAdoption(moment(), { by: 'ann' }, start())).toThrow(expect.objectContaining({ code: 'RR_ADOPT_NOTHING' }));
    expect(nothing.problems).toEqual([]);
  });

  it.each<[string, Partial<ClusterEvidence>, string]>([
    ['that is silent', { receivedAtMs: 0 }, 'RR_ADOPT_UNREPORTED'],
    ['that could not read its Secret', { written: undefined, secret: 'unknown' }, 'RR_ADOPT_UNREPORTED'],
    ['whose agent may not take it over', { standing: { ...standing, adoption: 'never' } }, 'RR_ADOPT_NOT_ALLOWED'],
    ['whose CA does not hang together', { standing: { ...standing, objection: 'no key' } }, 'RR_ADOPT_CA_UNUSABLE'],
    ['that follows an mgmt of a higher term', { appliedTerm: 4 }, 'RR_ADOPT_TERM'],
    [
      'with an istiod that takes no second root',
      { replicas: [{ replica: 'istiod-0', holding: undefined, failure: undefined, multiRoot: 'off' }] },
      'RR_ADOPT_CA_UNUSABLE',
    ],
  ])('is refused for a cluster %s', (_, changes, code) => {
    evidence = { ...evidence, east: foreign([x], x, changes) };
    expect(codes()).toEqual([code]);
  });

  it('is refused for a cluster that never reported, whose agent is old, or whose signer hangs from no root', () => {
    evidence = { ...evidence, east: undefined };
    expect(codes()).toEqual(['RR_ADOPT_UNREPORTED']);
    const old = without(foreign([x], x), 'standing');
    evidence = { ...evidence, east: old };
    expect(codes()).toEqual(['RR_ADOPT_AGENT_OLD']);
    const written = without(foreign([x], x).written!, 'foreignRoot');
    evidence = { ...evidence, east: foreign([x], x, { written }) };
    expect(codes()).toEqual(['RR_ADOPT_CA_UNUSABLE']);
  });

  it('needs no leave to adopt what another reroot has installed', () => {
    evidence = { ...evidence, east: foreign([x], x, { standing: { ...standing, owner: 'reroot', adoption: 'never' } }) };
    expect(codes()).toEqual([]);
  });

  it('needs restarts where an istiod has made its own CA', () => {
    restarts = 'never';
    expect(codes()).toEqual([]);
    evidence = { ...evidence, east: foreign([x], x, { standing: { ...standing, source: 'self-made' } }) };
    expect(codes()).toEqual(['RR_ADOPT_RESTARTS']);
    restarts = 'when-refused';
    expect(codes()).toEqual([]);
  });

  it('is refused over a root that has expired, trusted by whomever', async () => {
    const brief = await makeRoot('brief', -1_000);
    evidence = { ...evidence, east: foreign([x, brief], x) };
    expect(codes()).toEqual(['RR_ADOPT_CA_UNUSABLE']);
  });

  it('takes two roots of one subject, as those that istiods make, for their key identifiers tell them apart', async () => {
    const twin = await makeRoot('x');
    evidence = { ...evidence, west: foreign([twin], twin) };
    expect(codes()).toEqual([]);
    const bare = (root: TestRoot): TestRoot => ({ ...root, certificate: { ...root.certificate, subjectKeyId: undefined } });
    evidence = { ...evidence, west: foreign([bare(twin)], bare(twin)) };
    expect(codes()).toEqual(['RR_ADOPT_ROOTS_ALIKE']);
  });

  it('takes one key in two certificates of one subject for one root', async () => {
    const key = signerFromKey(await generateKey({ kind: 'ecdsa', curve: 'P-256' }));
    const make = (hours: number) =>
      createRootCertificate({
        key,
        commonName: 'x',
        organization: 'test',
        notBeforeMs: nowMs - 1_000,
        notAfterMs: nowMs + hours,
      });
    const [one, other] = [await make(3_600_000), await make(7_200_000)];
    const [first, second] = [one, other].map((certificate) => ({ certificate, signer: key }));
    evidence = { ...evidence, west: foreign([first!, second!], first!) };
    expect(codes()).toEqual([]);
  });
});

describe('the start of an adoption', () => {
  it('stores the roots that the clusters came with as foreign, and speaks above what they have heard', () => {
    evidence = { ...evidence, east: foreign([x], x, { appliedGeneration: 40 }) };
    const change = startAdoption(moment(), { by: 'ann', why: 'one root for all', verification: 'manual' }, start());
    expect(change.condition?.message).toBe('adoption started by ann of east, west, from 2 other roots: one root for all');
    expect(change.foreignRoots?.map(({ fingerprint, custody }) => [fingerprint, custody])).toEqual([
      [x.certificate.fingerprint, { kind: 'foreign' }],
      [y.certificate.fingerprint, { kind: 'foreign' }],
    ]);
    expect(change.record).toMatchObject({ state: 'ADDING_NEW_ROOT', base: { generation: 41 }, deviations: {} });
    expect(change.record?.rotation).toMatchObject({ verification: 'manual', strategy: 'MULTI_ROOT', startedBy: 'ann' });
    expect(change.record?.roots.map(({ source }) => source)).toEqual([undefined, 'foreign', 'foreign']);
  });

  it('throws the first thing that stands in its way', () => {
    evidence = { ...evidence, west: undefined };
    expect(() => requireAdoptable(findAdoption(moment(), term), moment())).toThrow(
      expect.objectContaining({ code: 'RR_ADOPT_UNREPORTED', message: expect.stringContaining('west') }),
    );
  });
});

function ownRow() {
  const { fingerprint } = own.certificate;
  return { step: 'PREVIOUS_CA', roots: [fingerprint], signer: fingerprint, nudge: 'laggards' } as const;
}

function start() {
  return { term, newId: () => 'r1', clock: { now: () => nowMs } as never };
}

function without<T extends object, Key extends keyof T>(whole: T, key: Key): Omit<T, Key> {
  const rest = { ...whole };
  Reflect.deleteProperty(rest, key);
  return rest;
}
