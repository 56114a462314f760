import type { AdoptRequest, PreflightCheck } from '@reroot/shared/api';
import type { Clock } from '@reroot/shared/clock';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPlanStarted } from '../api/index.ts';
import { spec as sampleSpec } from '../preflight/testing/sample-facts.ts';
import { evidenceFor, samplePolicy, snapshotOf } from '../rotation/evidence-sample.ts';
import {
  type ClusterEvidence,
  changeMembers,
  decide,
  excludeCluster,
  newRecord,
  type RotationRecord,
} from '../rotation/index.ts';
import type { MeshChange } from '../store/index.ts';
import { makeRoot, type TestRoot } from '../testing/certificates.ts';
import { adopt } from './adopt.ts';
import type { MeshLoop, MeshMoment } from './mesh-loop.ts';
import { askPreflight } from './pass-preflight.ts';
import type { Preflighted, PreflightStart } from './preflight.ts';
import { createStartWitness } from './witness-start.ts';

const signal = new AbortController().signal;
const disk: PreflightCheck = {
  ...{ id: 'disk', category: 'room', outcome: 'fatal', message: 'the disk is nearly full' },
  ...{ findings: [], findingCount: 1, clusterCount: 0 },
};

let own: TestRoot;
let foreign: TestRoot;
let record: RotationRecord;
let clusters: readonly string[];
let nowMs: number;
let heardAtMs: number;
/** What preflight was asked, and of which clusters as members. */
let looks: { readonly start: PreflightStart; readonly deviating: readonly string[] }[];
let checks: readonly PreflightCheck[];
/** What happens while the agents are asked. */
let meanwhile: () => void;
let taken: MeshChange[];

beforeAll(async () => {
  [own, foreign] = await Promise.all([makeRoot('own'), makeRoot('foreign')]);
});
beforeEach(() => {
  nowMs = Date.now();
  heardAtMs = nowMs;
  const { fingerprint, notBeforeMs, notAfterMs } = own.certificate;
  record = newRecord('demo', { fingerprint, notBeforeMs, notAfterMs }, nowMs - 1);
  clusters = [];
  join('mine');
  record = { ...record, deviations: {} };
  [looks, taken, checks, meanwhile] = [[], [], [], () => undefined];
});

function join(...added: readonly string[]): void {
  record = changeMembers(record, { added, removed: [] }, 'more', nowMs - 1).record;
  clusters = [...clusters, ...added];
}

function evidence(name: string): ClusterEvidence {
  const root = (name === 'mine' ? own : foreign).certificate;
  const row = { step: 'PREVIOUS_CA', roots: [root.fingerprint], signer: root.fingerprint, nudge: 'laggards' } as const;
  const reported = { ...evidenceFor({ row, generation: 0 }), receivedAtMs: heardAtMs };
  if (name === 'mine') return reported;
  const standing = { source: 'cacerts', owner: 'other', adoption: 'allowed', objection: '' } as const;
  const written = { ...reported.written!, signerRoot: undefined, foreignRoot: root.fingerprint };
  return { ...reported, appliedTerm: 0, written, strangers: [root], standing };
}

function moment(): MeshMoment {
  const known = { custody: { kind: 'key-store', keyRef: 'k', chain: [] }, certificate: own.certificate } as const;
  const roots = new Map([[own.certificate.fingerprint, known]]);
  const rootNames = new Set(roots.keys());
  const all = Object.fromEntries(clusters.map((name) => [name, evidence(name)]));
  const snapshot = { ...snapshotOf(record, all, clusters), knownRoots: rootNames };
  const policy = { ...samplePolicy, silentAfterMs: 10_000 };
  const stored = { revision: 1, spec: { ...sampleSpec, clusters, rotation: policy }, record, verdict: undefined };
  const rest = { cells: { green: 0, red: 0, unknown: 0 }, keysLeft: new Map(), notStarted: undefined, drift: [], nowMs };
  return { view: { stored, roots, rootNames }, snapshot, policy, decision: decide(record, snapshot, policy, nowMs), ...rest };
}

const loop = {
  moment: async () => moment(),
  actAt: async (change: (moment: MeshMoment) => MeshChange | undefined) => {
    const made = change(moment());
    if (made !== undefined) taken.push(made);
    return moment().view;
  },
} as unknown as MeshLoop;

function options() {
  return {
    preflight: {
      run: async ({ view }: MeshMoment, start: PreflightStart): Promise<Preflighted> => {
        looks.push({ start, deviating: Object.keys(view.stored.record.deviations) });
        meanwhile();
        const report = { mesh: 'demo', start: 'adoption', takenAt: '2026-01-01T00:00:00Z', outcome: 'passed', checks } as const;
        const istiods = [{ name: 'istiod-a', version: '1.29.1', revision: 'default' }];
        return { report, versions: new Map([['east', { agent: '0.1.0', istiods }]]) };
      },
      last: () => undefined,
      budgets: () => new Map(),
    },
    store: { listHistory: async () => [] },
    witness: createStartWitness(createPlanStarted({ readOffer: () => undefined, budgetsOf: () => new Map() })),
    ...{ signal, term: 3, newId: () => 'r1', clock: { now: () => nowMs } as unknown as Clock },
  };
}

const start = (request: Partial<AdoptRequest> = {}) => adopt(loop, { by: 'ann', ...request }, undefined, options());
const lookedAt = (): readonly (readonly string[])[] => looks.map((look) => [...(look.start.adoption?.clusters ?? [])]);

describe('the start of an adoption', () => {
  it('looks at the clusters that come from elsewhere as members, on their way to the root of the mesh', async () => {
    join('east', 'west', 'gone');
    record = excludeCluster(record, 'gone', { by: 'ann', why: 'w', cause: 'operator', members: clusters }, nowMs).record;
    await start();
    expect(lookedAt()).toEqual([['east', 'west']]);
    expect(looks[0]).toMatchObject({
      deviating: ['gone'],
      start: { strategy: 'MULTI_ROOT', target: own.certificate.fingerprint },
    });
    expect(taken).toMatchObject([{ record: { state: 'ADDING_NEW_ROOT' } }]);
  });

  it('is written together with what stood then: preflight, the plan, what each cluster held and which versions it ran', async () => {
    join('east');
    await start();
    const kept: unknown = JSON.parse(taken[0]?.evidence ?? '');
    const istiods = [{ name: 'istiod-a', revision: 'default', version: '1.29.1' }];
    expect(kept).toMatchObject({
      ...{ move: 'start', rotationId: 'r1', mgmtVersion: '0.1.0', matrix: { cells: expect.any(Array) } },
      preflight: { outcome: 'passed', checks: [] },
      plan: { of: 'rest', rotationId: 'r1', newRoot: { fingerprint: own.certificate.fingerprint } },
      clusters: [{ cluster: 'mine' }, { cluster: 'east', agentVersion: '0.1.0', istiods }],
    });
  });

  it('is refused for a check that fails, starts where that is overridden by name, and the history tells of what was needed', async () => {
    join('east');
    checks = [disk];
    await expect(start()).rejects.toMatchObject({ code: 'RR_PREFLIGHT_FAILED', message: expect.stringContaining('disk') });
    const others = [{ check: 'clocks', why: 'not needed' }];
    await expect(start({ overrides: others })).rejects.toMatchObject({ code: 'RR_PREFLIGHT_FAILED' });
    expect(taken).toEqual([]);
    await start({ overrides: [...others, { check: 'disk', why: 'a larger one is on its way' }] });
    expect(taken[0]?.condition?.message).toMatch(
      /^adoption started by ann of east, from 1 other roots; preflight overridden: disk \(a larger one is on its way\)$/,
    );
  });

  it('asks no agent for what is refused anyway', async () => {
    await expect(start()).rejects.toMatchObject({ code: 'RR_ADOPT_NOTHING' });
    join('east');
    await expect(start({ overrides: [{ check: 'disc', why: 'w' }] })).rejects.toMatchObject({
      code: 'RR_PREFLIGHT_CHECK_UNKNOWN',
    });
    heardAtMs = nowMs - 20_000;
    await expect(start()).rejects.toMatchObject({ code: 'RR_ADOPT_UNREPORTED' });
    expect(looks).toEqual([]);
  });

  it('looks at a cluster too that comes while the others are asked', async () => {
    join('east');
    meanwhile = () => {
      if (looks.length === 1) join('west');
    };
    await start();
    expect(lookedAt()).toEqual([['east'], ['east', 'west']]);
    expect(taken).toHaveLength(1);
  });
});

describe('preflight', () => {
  it('looks at a mesh as an adoption would where nobody else is in it, unless a rotation is named', async () => {
    clusters = [];
    record = { ...record, ahead: {}, deviations: {} };
    join('east');
    await askPreflight(moment(), {}, options());
    await askPreflight(moment(), { strategy: 'MULTI_ROOT' }, options());
    await askPreflight(moment(), { start: 'rotation' }, options());
    expect(lookedAt()).toEqual([['east'], [], []]);
  });

  it('looks at a rotation where members are, and at an adoption where that is asked for', async () => {
    join('east');
    await askPreflight(moment(), {}, options());
    await askPreflight(moment(), { start: 'adoption' }, options());
    expect(lookedAt()).toEqual([[], ['east']]);
    expect(looks.map(({ deviating }) => deviating)).toEqual([['east'], []]);
  });

  it('says that there is nobody to adopt', async () => {
    await expect(askPreflight(moment(), { start: 'adoption' }, options())).rejects.toMatchObject({ code: 'RR_ADOPT_NOTHING' });
  });
});
