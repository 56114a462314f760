import { nudgeBundle } from '@reroot/shared/pki';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CaSecret } from '../cluster/cluster.ts';
import { factsOf, loaded, makeRolloutSample, nowMs, provenAtMs, type RolloutSample } from '../testing/rollout-sample.ts';
import { annotate } from './annotate.ts';
import type { FollowUpFacts, InstallPlan } from './plan.ts';
import { planFollowUp } from './plan-follow-up.ts';
import { planMark } from './plan-mark.ts';
import type { ReplicaProof } from './proof.ts';

let sample: RolloutSample;
let unmarked: CaSecret;

beforeAll(async () => {
  sample = await makeRolloutSample();
  unmarked = { ...sample.secret, annotations: { ...sample.secret.annotations!, provenAtMs: undefined } };
});

const facts = (changes: Partial<FollowUpFacts> = {}): FollowUpFacts => ({ ...factsOf(sample, []), secret: unmarked, ...changes });
const mark = (atMs: number | undefined): InstallPlan => ({ kind: 'mark', bundle: unmarked.rootCert, provenAtMs: atMs });
const replicas = (...states: ReplicaProof['state'][]) =>
  states.map((state, index) => ({ name: `istiod-${index}`, startedAtMs: 0, state }));

describe('the moment of the proof', () => {
  it('is written once, when every replica is proven and somebody needs it', () => {
    expect(planMark(facts())).toEqual(mark(nowMs));
    expect(planMark(facts({ secret: sample.secret }))).toBeUndefined();
    expect(planMark(facts({ proof: { ...loaded, moment: 'not-needed' } }))).toBeUndefined();
    for (const late of ['unproven', 'behind', 'differs'] as const) {
      expect(planMark(facts({ proof: { ...loaded, replicas: replicas('loaded', late) } }))).toBeUndefined();
    }
    expect(planMark(facts({ proof: { ...loaded, replicas: [] } }))).toBeUndefined();
  });

  it('is not written while a replica must be restarted, nor by a clock that was put back', () => {
    const annotations = { ...unmarked.annotations!, filesWrittenAtMs: nowMs, replicaRestart: 'always' } as const;
    expect(planMark(facts({ secret: { ...unmarked, annotations } }))).toBeUndefined();
    const ahead = { ...unmarked, annotations: { ...annotations, replicaRestart: 'never' as const, filesWrittenAtMs: nowMs + 1 } };
    expect(planMark(facts({ secret: ahead }))).toBeUndefined();
  });

  it('is needed for workloads that three nudges have not reached too, where they may be restarted', () => {
    let { rootCert } = unmarked;
    for (let count = 0; count < 3; count += 1) rootCert = nudgeBundle(rootCert, sample.desired.generation);
    const secret = { ...unmarked, rootCert };
    const proof = { ...loaded, workloads: 'lagging', moment: 'not-needed' } as const;
    expect(planMark(facts({ secret, proof }))).toMatchObject({ kind: 'mark', provenAtMs: nowMs });
    const desired = { ...sample.desired, workloadRestart: 'never' } as const;
    expect(planMark(facts({ secret, proof, desired }))).toBeUndefined();
    expect(planMark(facts({ proof }))).toBeUndefined();
  });

  it('is taken back before anything else when a replica is found to hold other certificates', () => {
    const proof = { ...loaded, replicas: replicas('loaded', 'differs') };
    expect(planFollowUp(facts({ secret: sample.secret, proof }))).toEqual(mark(undefined));
    for (const state of ['unproven', 'behind'] as const) {
      expect(
        planMark(facts({ secret: sample.secret, proof: { ...loaded, replicas: replicas('loaded', state) } })),
      ).toBeUndefined();
    }
  });

  it('is written anew when somebody else has changed the files since', () => {
    expect(planMark(facts({ secret: { ...sample.secret, editedBy: ['kubectl-edit'] } }))).toEqual(mark(nowMs));
  });

  it('stays with a nudge and another pair, and goes with the files', () => {
    const { secret, desired } = sample;
    const kept = (plan: Parameters<typeof annotate>[0], before = secret) => annotate(plan, before, desired, nowMs).provenAtMs;
    const { rootCert: bundle } = secret;
    expect(kept({ kind: 'nudge', bundle: nudgeBundle(bundle, 1) })).toBe(provenAtMs);
    expect(kept({ kind: 'write', bundle, needIntermediate: false })).toBe(provenAtMs);
    expect(kept({ kind: 'write', bundle, needIntermediate: true })).toBeUndefined();
    expect(kept({ kind: 'write', bundle: `${bundle}# more`, needIntermediate: false })).toBeUndefined();
    expect(kept({ kind: 'write', bundle, needIntermediate: false }, { ...secret, editedBy: ['helm'] })).toBeUndefined();
    expect(kept({ kind: 'mark', bundle, provenAtMs: undefined })).toBeUndefined();
    expect(annotate({ kind: 'mark', bundle, provenAtMs: nowMs }, secret, desired, nowMs)).toEqual({
      ...secret.annotations,
      accepted: expect.objectContaining({ generation: desired.generation }) as unknown,
      provenAtMs: nowMs,
    });
  });
});
