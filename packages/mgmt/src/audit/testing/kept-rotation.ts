/** A rotation of any number of clusters, made by the real decisions and kept in a store as mgmt keeps it. Used by tests and benchmarks. */
import type { PreflightReport } from '@reroot/shared/api';
import { sha256Hex } from '@reroot/shared/pki';
import { planRotation } from '../../plan/index.ts';
import { spec as sampleSpec } from '../../preflight/testing/sample-facts.ts';
import { evidenceOf, samplePolicy, sampleRotation, workloadsHolding } from '../../rotation/evidence-sample.ts';
import {
  answerVerification,
  type ClusterEvidence,
  createJudgeIndex,
  decideOn,
  excludeCluster,
  newRecord,
  noLinks,
  type Policy,
  type RotationRecord,
  requestStart,
  type Snapshot,
} from '../../rotation/index.ts';
import type { Actor, MeshChange, Store } from '../../store/index.ts';
import { makeIntermediate, makeRoot, type TestRoot } from '../../testing/certificates.ts';
import { actAs } from '../acting.ts';
import { describeStart, type StartFacts } from '../start-evidence.ts';
import { describeStep } from '../step-evidence.ts';

/** What is kept. */
export interface KeptRotationOptions {
  readonly store: Store;
  readonly clusters: number;
  /** `unkept`: as a mgmt did that kept nothing of the start. */
  readonly start?: 'kept' | 'unkept';
  /** By which it goes on to its end, or stands at a state. */
  readonly until?: RotationRecord['state'];
}

const ann: Actor = { name: 'ann@example.org', via: 'oidc', why: 'the root <ends> in May & its key is old' };
const bob: Actor = { name: 'bob@example.org', via: 'certificate', why: 'all handshakes were green' };
const rotationId = '3f1c0a52-9d1e-4d2e-9f8a-5a3b0e1d2c4f';
const dayMs = 86_400_000;

/** @returns the id of the rotation */
export async function keepRotation({
  store,
  clusters: count,
  start = 'kept',
  until = 'FINISHED',
}: KeptRotationOptions): Promise<string> {
  const term = await store.takeTerm();
  const clusters = Array.from({ length: count }, (_, index) => `cluster-${String(index + 1).padStart(4, '0')}`);
  const [old, next] = await Promise.all([makeRoot('Root of 2026', 400 * dayMs), makeRoot('Root of 2027', 800 * dayMs)]);
  const asked = { verification: 'manual', approvals: { by: 'another-person', expireAfterMs: dayMs } } as const;
  const policy: Policy = { ...samplePolicy, ...asked };
  const spec = { ...sampleSpec, mesh: 'demo', clusters, rotation: { ...sampleRotation, ...asked } };
  let nowMs = Date.UTC(2027, 0, 4, 12);
  const created = newRecord('demo', newRoot(old), nowMs);
  const condition = { atMs: nowMs, ...placeOf(created), message: 'the mesh was created', errors: [], act: undefined };
  let stored = await store.createMesh({ spec, record: created, root: storedRoot(old), condition }, term);
  const put = async (by: Actor | undefined, change: MeshChange): Promise<void> => {
    const write = () => store.compareAndSwap('demo', { term, revision: stored.revision }, change);
    stored = await (by === undefined ? write() : actAs(by, write));
  };
  const momentOf = () => {
    const { record } = stored;
    const snapshot = snapshotAt(record, clusters, nowMs);
    const index = createJudgeIndex();
    const judgement = index.judge(record, snapshot, policy, nowMs);
    const decision = decideOn(judgement, record, snapshot, policy, nowMs);
    return { record, snapshot, policy, decision, cells: index.countCells(record, snapshot, policy, nowMs), nowMs };
  };

  const last = clusters.at(-1) ?? '';
  if (count > 2) {
    const act = { by: ann.name, why: 'being rebuilt', cause: 'operator', members: clusters } as const;
    await put(ann, excludeCluster(stored.record, last, act, nowMs));
  }
  const before = momentOf();
  const target = newRoot(next);
  const started = requestStart(stored.record, { rotationId, target, by: ann.name }, policy, nowMs);
  const roots = new Map();
  const facts = { record: started.record, spec, snapshot: before.snapshot, policy, verdict: before.decision.verdict };
  const plan = planRotation(
    { ...facts, alarms: [], roots, offer: undefined, budgets: new Map(), history: [], nowMs },
    { offline: [], exclude: [] },
  );
  const evidence = describeStart({
    moment: before,
    rotationId,
    preflight: preflightOf(nowMs),
    versions: versionsOf(clusters),
    plan,
  });
  await put(ann, { ...started, root: storedRoot(next), ...(start === 'kept' ? { evidence } : {}) });
  const intermediate = (await makeIntermediate(next)).pem;
  for (const [index, cluster] of clusters.entries()) {
    const csrSha256 = sha256Hex(Buffer.from(cluster));
    const issued = {
      mesh: 'demo',
      cluster,
      signerRoot: target.fingerprint,
      csrSha256,
      serial: index.toString(16).padStart(8, '0'),
    };
    await store.keepIssued({ ...issued, chain: [intermediate] });
  }
  for (let turns = 0; stored.record.state !== until && turns < 1_000; turns += 1) {
    const moment = momentOf();
    const { decision, record } = moment;
    nowMs += 61_000;
    if (decision.kind === 'transition') {
      const move = decision.transition.condition.act?.move;
      const passes = move === 'verify' || move === 'advance' || move === 'finish';
      await put(undefined, {
        ...decision.transition,
        because: decision.verdict,
        ...(passes ? { evidence: describeStep(moment, move) } : {}),
      });
    } else if (decision.verdict.reason === 'AwaitingVerification') {
      const { step, generation, state } = record;
      const id = `p${generation}`;
      const check = {
        name: 'matrix',
        outcome: 'passed',
        message: 'all cells are green',
        laggards: [],
        evidence: { green: count },
      } as const;
      const proof = { id, cause: 'operator', by: bob.name, rotationId, state, step, generation } as const;
      const found = { startedAtMs: nowMs, atMs: nowMs, outcome: 'passed', message: 'all is proven', checks: [check] } as const;
      await store.keepProof('demo', { ...proof, ...found }, term);
      const answer = { rotationId, step, generation, action: 'CONTINUE', by: bob.name, why: bob.why ?? '' } as const;
      await put(bob, answerVerification(record, answer, nowMs));
    }
  }
  if (stored.record.state !== until) throw new Error(`the rotation stands in ${stored.record.state}`);
  return rotationId;
}

function placeOf({ state, step, generation }: RotationRecord) {
  return { state, step, generation, rotationId: undefined };
}

function newRoot({ certificate: { fingerprint, notBeforeMs } }: TestRoot) {
  return { fingerprint, notBeforeMs, notAfterMs: Date.UTC(2029, 0, 1) };
}

function storedRoot({ certificate: { fingerprint, pem } }: TestRoot) {
  return { fingerprint, certificatePem: pem, custody: { kind: 'foreign' } } as const;
}

/** Every cluster holds what it is told, the third but for one namespace before the last step. */
function snapshotAt(record: RotationRecord, clusters: readonly string[], nowMs: number): Snapshot {
  const evidence = new Map<string, ClusterEvidence>();
  for (const cluster of clusters) {
    const whole = evidenceOf(record, { receivedAtMs: nowMs, clusterUid: cluster }, cluster);
    const signerNotAfterMs = nowMs + 90 * dayMs;
    const written = whole.written === undefined ? undefined : { ...whole.written, signerNotAfterMs };
    const replicas = whole.replicas.map((each) =>
      each.holding === undefined ? each : { ...each, holding: { ...each.holding, signerNotAfterMs } },
    );
    evidence.set(cluster, {
      ...whole,
      written,
      replicas,
      workloads: whole.written === undefined ? [] : [workloadsHolding(whole.written)],
    });
  }
  const knownRoots = new Set(record.roots.map(({ fingerprint }) => fingerprint));
  return { clusters, evidence, knownRoots, heardSinceMs: 0, links: noLinks };
}

function versionsOf(clusters: readonly string[]): StartFacts['versions'] {
  return new Map(
    clusters.map((cluster, index) => {
      const version = index % 7 === 3 ? '1.28.4' : '1.29.1';
      const istiods = ['istiod-0', 'istiod-1'].map((name) => ({ name, version, revision: 'default' }));
      return [cluster, { agent: '0.1.0', istiods: index % 50 === 11 ? undefined : istiods }];
    }),
  );
}

function preflightOf(nowMs: number): PreflightReport {
  const check = (id: string, outcome: 'passed' | 'warning' | 'fatal', message: string) => {
    const findings =
      outcome === 'passed'
        ? []
        : [{ cluster: 'cluster-0002', kind: 'failing' as const, message: 'pdb <istiod> allows no disruption' }];
    return {
      id,
      category: 'clusters',
      outcome,
      message,
      findings,
      findingCount: findings.length * 14,
      clusterCount: findings.length,
    };
  };
  return {
    ...{ mesh: 'demo', start: 'rotation', takenAt: new Date(nowMs).toISOString(), outcome: 'warnings' },
    checks: [
      check('any-member', 'passed', 'clusters take part'),
      check('agent-reports', 'passed', 'every agent reports'),
      check('budgets', 'warning', 'disruption budgets keep istiod from being restarted'),
      check('disk', 'fatal', 'the disk of mgmt is nearly full'),
    ],
  };
}
