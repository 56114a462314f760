import { planInstall } from '@reroot/agent/install';
import {
  answerVerification,
  type ClusterEvidence,
  decide,
  everyCluster,
  type Holding,
  isReleased,
  perform,
  type RotationRecord,
  rowOf,
  type Transition,
} from '@reroot/mgmt/rotation';
import { nowMs } from './materials.ts';
import { type Rules, realRules } from './rules.ts';
import type { WorldOptions } from './stage.ts';
import { adopted, alike, canary, distinct, everyStep, returning, world } from './worlds.ts';

/** One rule made wrong, and the counterexample that must come of it. */
export interface Mutation {
  readonly name: string;
  readonly rules: Partial<Rules>;
  readonly world: WorldOptions;
  /** What the story must tell, in this order; the last one is how it ends. */
  readonly tells: readonly RegExp[];
}

const refused = /is refused by one of/;
const deadlock = /nothing that must happen leads to an end/;

const proxiesOfTwoReplicas = world({
  name: 'one cluster of two replicas and two proxies',
  clusters: alike('east'),
  replicas: 2,
  workloads: 2,
});
const twoReplicas = world({ name: 'one cluster of two replicas', clusters: alike('east'), replicas: 2 });
const twoClusters = world({ name: 'two clusters', clusters: alike('east', 'north') });
const rolledBack = world({
  name: 'two clusters, rolled back',
  clusters: alike('east', 'north'),
  rollbacks: everyStep,
  renewals: 'must',
});
const replicasRolledBack = world({ ...twoReplicas, rollbacks: everyStep, restarts: 'no' });
const misled = world({
  ...returning,
  name: 'a cluster with two proxies that returns, and of which an old report comes',
  clusters: distinct('east', 'north').map((setup) => (setup.name === 'north' ? { ...setup, workloads: 2 } : setup)),
  renewals: 'none',
  lateReports: 'yes',
});

/** mgmt's rules made wrong. */
const ofMgmt: readonly Mutation[] = [
  {
    name: 'the gate GenerationNotApplied is dropped, so evidence of another generation counts',
    rules: { read: (evidence, { generation }) => ({ ...evidence, appliedGeneration: generation }) },
    world: rolledBack,
    tells: [/rolls \w+ back/, refused],
  },
  {
    name: 'the gate ReplicaNotLoaded is dropped',
    rules: {
      read: (evidence) => {
        const loaded = { replica: 'any', holding: evidence.written, failure: undefined, multiRoot: 'on' } as const;
        return { ...evidence, replicas: [loaded] };
      },
    },
    world: proxiesOfTwoReplicas,
    tells: [/PROPAGATING_NEW_INTERMEDIATE begins/, /over \[A \| A\]|told A by a replica at \[A \| A\]/, refused],
  },
  {
    name: 'the gate WorkloadTrustDiffers is dropped',
    rules: { read: (evidence, { row }) => withWorkloads(evidence, { roots: row.roots }) },
    world: twoClusters,
    tells: [/PROPAGATING_NEW_INTERMEDIATE begins/, refused],
  },
  {
    name: 'the gate WorkloadSignedByOtherRoot is dropped, so DELETING_OLD_ROOT begins while one leaf is old',
    rules: { read: (evidence, { row }) => withWorkloads(evidence, { signerRoot: row.signer }) },
    world: twoClusters,
    tells: [/DELETING_OLD_ROOT begins/, refused],
  },
  {
    name: 'a rollback goes on below a row that is not proven yet',
    rules: { answer: answerUngated },
    world: rolledBack,
    tells: [/rolls \w+ back/, /rolls \w+ back/, refused],
  },
  {
    name: 'the first wave of the next step is told while a later wave of this one is not',
    rules: { tell: tellEarly },
    world: world({
      ...twoClusters,
      name: 'a canary and another cluster',
      clusters: distinct('east', 'north'),
      policy: { verification: 'none', ...canary },
    }),
    tells: [/with wave 1: the clusters up to east/, refused],
  },
  {
    name: 'a returning cluster counts as soon as it is heard',
    rules: { decide: decideHastily },
    world: returning,
    tells: [/excludes north/, /lets north return/, /north counts from now on/, refused],
  },
  {
    name: 'the store takes what a leader of an older term writes',
    rules: { mayWrite: () => true },
    world: world({ ...rolledBack, budget: { failovers: 1 } }),
    tells: [/takes over, in term 2/, refused],
  },
];

/** Rules made wrong that an adoption stands on. */
const ofAdoptions: readonly Mutation[] = [
  {
    name: 'the gate WorkloadTrustDiffers is dropped in an adoption, so the root of the mesh signs before all trust it',
    rules: { read: (evidence, { row }) => withWorkloads(evidence, { roots: row.roots }) },
    world: adopted,
    tells: [/is proven to hold ADDING_NEW_ROOT/, refused],
  },
  {
    name: 'an adopted cluster is told the row of the others, so it does not keep its signer',
    rules: { tell: (record) => [{ row: rowOf(record), generation: record.generation }] },
    world: adopted,
    tells: [deadlock],
  },
];

/** The agent's rules made wrong. */
const ofTheAgent: readonly Mutation[] = [
  {
    name: 'the agent takes trust of an older term and generation',
    rules: { accepts: () => true, plan: (facts) => planInstall({ ...facts, secret: forgetful(facts.secret) }) },
    world: twoClusters,
    tells: [/takes PREVIOUS_CA .* generation 1:/, refused],
  },
  {
    name: 'the agent nudges before every replica is proven',
    rules: { plan: (facts) => planInstall({ ...facts, proof: hopeful(facts.proof) }) },
    world: twoReplicas,
    tells: [/nudges/, /is signed by a replica at \[A\+B \| A\]/, deadlock],
  },
  {
    name: 'the agent goes to rows that are not adjacent, and a report comes late',
    rules: { plan: (facts) => planInstall({ ...facts, desired: { ...facts.desired, passage: 'abrupt' } }) },
    world: misled,
    tells: [/excludes north/, /an old report comes/, refused],
  },
  {
    name: 'the agent forgets the bytes that the bundle had before',
    rules: { annotate: (...given) => ({ ...realRules.annotate(...given), formerRootCert: undefined }) },
    world: replicasRolledBack,
    tells: [/rolls DELETING_OLD_ROOT back/, deadlock],
  },
];

/** Wrong rules, one at a time. */
export const mutations: readonly Mutation[] = [...ofMgmt, ...ofAdoptions, ...ofTheAgent];

function withWorkloads(evidence: ClusterEvidence, differing: Partial<Holding>): ClusterEvidence {
  const { workloads = [] } = evidence;
  return { ...evidence, workloads: workloads.map((each) => ({ ...each, holding: { ...each.holding, ...differing } })) };
}

/** Nobody waits for the row on the way back. */
function answerUngated(...[record, answer, atMs]: Parameters<typeof answerVerification>): Transition {
  const open: RotationRecord = record.state === 'ROLLING_BACK' ? { ...record, state: 'VERIFIED' } : record;
  const transition = answerVerification(open, answer, atMs);
  const wave = { ...transition.record.wave, index: 1, through: everyCluster };
  return { ...transition, record: { ...transition.record, wave } };
}

const nextSteps = {
  ADDING_NEW_ROOT: 'PROPAGATING_NEW_INTERMEDIATE',
  PROPAGATING_NEW_INTERMEDIATE: 'DELETING_OLD_ROOT',
} as const;

/** Whom the canary's wave has reached is told the next row too. */
function tellEarly(record: RotationRecord, cluster: string): ReturnType<Rules['tell']> {
  const told = realRules.tell(record, cluster);
  const { wave, step, generation } = record;
  if (wave.through === everyCluster || !isReleased(record, cluster)) return told;
  if (step !== 'ADDING_NEW_ROOT' && step !== 'PROPAGATING_NEW_INTERMEDIATE') return told;
  const next = { ...record, step: nextSteps[step], provenAtMs: undefined };
  return [...told, { row: rowOf(next), generation: generation + 1 }];
}

function decideHastily(...[record, snapshot, policy, atMs]: Parameters<typeof decide>): ReturnType<typeof decide> {
  const decision = decide(record, snapshot, policy, atMs);
  const cluster = Object.keys(record.deviations).find((name) => record.deviations[name]?.kind === 'returning');
  if (cluster === undefined || !snapshot.evidence.has(cluster)) return decision;
  const message = `cluster ${cluster} counts from now on: it was heard`;
  const transition = perform(record, { move: 'admit', cluster }, nowMs, { message });
  return { kind: 'transition', transition, verdict: decision.verdict };
}

function forgetful(secret: Parameters<typeof planInstall>[0]['secret']): typeof secret {
  if (secret?.annotations === undefined) return secret;
  const accepted = { term: 0, generation: 0, rowDigest: '' };
  return { ...secret, annotations: { ...secret.annotations, accepted } };
}

function hopeful(proof: Parameters<typeof planInstall>[0]['proof']): typeof proof {
  if (proof === undefined) return proof;
  return { ...proof, replicas: proof.replicas.map((replica) => ({ ...replica, state: 'loaded' })) };
}
