import type { CaSecret, Owner, Rollout, Workload } from '../cluster/cluster.ts';
import { noHistory } from '../install/history.ts';
import { startsCountFromMs } from '../install/moment.ts';
import type { Proof } from '../install/proof.ts';
import type { RolloutFacts, SeenWorkload } from '../install/rollout-candidates.ts';
import type { Desired } from '../trust/desired.ts';
import { asSecret, createCa, makeContent } from './ca.ts';

export const provenAtMs = Date.UTC(2026, 0, 1);
/** The first moment at which restarts may be planned. */
export const nowMs = startsCountFromMs(provenAtMs);
export const timings = { renudgeAfterMs: 10_000, refusedAfterMs: 120_000 };

/** A Secret whose files every replica is proven to hold, and the desired trust that it was written for. */
export interface RolloutSample {
  readonly secret: CaSecret;
  readonly desired: Desired;
}

export async function makeRolloutSample(): Promise<RolloutSample> {
  const ca = await createCa('root', provenAtMs);
  const content = await makeContent([ca], ca);
  return {
    secret: asSecret({ ...content, annotations: { ...content.annotations, provenAtMs } }),
    desired: {
      ...{ term: 1, generation: 1, roots: [ca.certificate], signerRoot: ca.certificate },
      intermediate: { keyAlgorithm: { kind: 'ecdsa', curve: 'P-256' }, organization: 'test', ttlDays: 365, graceRatio: 0 },
      ...{ nudge: 'laggards', replicaRestart: 'never', workloadRestart: 'when-needed', passage: 'gradual', rotationId: 'r-1' },
      ...{ trustDomain: 'cluster.local', intermediateSource: { kind: 'mgmt' } },
    },
  };
}

/** Every replica has loaded, and workloads lag. */
export const loaded: Proof = {
  replicas: [{ name: 'istiod-0', startedAtMs: 0, state: 'loaded' }],
  workloads: 'deaf',
  moment: 'needed',
};

export function ownerOf(name: string, namespace = 'default'): Owner {
  return { kind: 'Deployment', namespace, name };
}

/** A workload that was started before the proof, lags, and learns with its next certificate. */
export function pod(
  owner: Owner | undefined,
  changes: Partial<Workload> = {},
  place: SeenWorkload['place'] = 'lagging',
): SeenWorkload {
  const namespace = owner?.namespace ?? 'default';
  const workload: Workload = {
    ...{ namespace, name: `${owner?.name ?? 'alone'}-0`, role: 'sidecar', startedAtMs: provenAtMs - 60_000, owner },
    ...{ learns: 'renewed', leafLifetimeMs: 86_400_000, reading: { kind: 'unread', why: 'forbidden' } },
    ...changes,
  };
  return { workload, place };
}

export function factsOf(
  sample: RolloutSample,
  workloads: readonly SeenWorkload[],
  changes: Partial<RolloutFacts> = {},
): RolloutFacts {
  return {
    ...{ ...sample, proof: loaded, history: noHistory, nowMs, timings, adoption: 'never' },
    budget: { maxPerNamespace: 1, maxTogether: 5 },
    workloads,
    ...changes,
  };
}

export function steady(owner: Owner, changes: Partial<Rollout> = {}): Rollout {
  return { owner, state: 'steady', blockedBy: undefined, ...changes };
}
