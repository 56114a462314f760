import { nudgeBundle } from '@reroot/shared/pki';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CaSecret, Owner, Rollout } from '../cluster/cluster.ts';
import { makeProblem } from '../problem.ts';
import {
  factsOf,
  loaded,
  makeRolloutSample,
  nowMs,
  ownerOf,
  pod,
  provenAtMs,
  type RolloutSample,
  steady,
  timings,
} from '../testing/rollout-sample.ts';
import type { Desired } from '../trust/desired.ts';
import { type BegunRollout, noHistory, type RefusedRollout } from './history.ts';
import { clockMarginMs } from './moment.ts';
import { findOwnersToAsk, planRollouts, type RolloutPlan } from './plan-rollouts.ts';
import type { Proof } from './proof.ts';
import type { RolloutFacts, SeenWorkload } from './rollout-candidates.ts';

let sample: RolloutSample;

beforeAll(async () => {
  sample = await makeRolloutSample();
});

const namesOf = ({ restart }: RolloutPlan): string[] => restart.map(({ owner }) => owner.name);
const codesOf = ({ problems }: RolloutPlan): string[] => problems.map(({ code }) => code);
const begun = (owner: Owner, atMs: number): BegunRollout => ({ owner, stage: 'sidecar', atMs });

const refusal = (owner: Owner, atMs: number): RefusedRollout => ({
  ...{ owner, atMs },
  problem: makeProblem('RR_CLUSTER_FORBIDDEN', `patch ${owner.name}: no`),
});

const [web, shop, edge] = [ownerOf('web'), ownerOf('shop'), ownerOf('edge')];

describe('owners of workloads are restarted', () => {
  it('when they lag and learn with their next certificate, one after the other in a namespace', () => {
    const facts = factsOf(sample, [pod(web), pod(shop), pod(ownerOf('pay', 'payments'))]);
    expect(findOwnersToAsk(facts).map(({ name }) => name)).toEqual(['web', 'shop', 'pay']);
    const plan = planRollouts(
      facts,
      findOwnersToAsk(facts).map((owner) => steady(owner)),
    );
    expect(namesOf(plan)).toEqual(['shop', 'pay']);
    const wide = { ...facts, budget: { maxPerNamespace: 9, maxTogether: 2 } };
    expect(
      namesOf(
        planRollouts(
          wide,
          findOwnersToAsk(wide).map((owner) => steady(owner)),
        ),
      ),
    ).toEqual(['shop', 'web']);
  });

  it('by nobody where the mesh does not let it, before the proof is written down, or before every replica is proven', () => {
    const late: Proof = { ...loaded, replicas: [...loaded.replicas, { name: 'istiod-1', startedAtMs: 0, state: 'unproven' }] };
    const older = {
      ...sample.secret,
      annotations: { ...sample.secret.annotations!, replicaRestart: 'always', filesWrittenAtMs: 1 } as const,
    };
    const cases: Partial<RolloutFacts>[] = [
      { desired: { ...sample.desired, workloadRestart: 'never' } },
      { secret: { ...sample.secret, annotations: { ...sample.secret.annotations!, provenAtMs: undefined } } },
      { proof: late },
      { secret: older },
    ];
    for (const changes of cases) {
      const facts = factsOf(sample, [pod(web), pod(undefined)], changes);
      expect(findOwnersToAsk(facts)).toEqual([]);
      expect(planRollouts(facts, [steady(web)])).toMatchObject({ restart: [], problems: [] });
    }
  });

  it('not so soon that a new pod could seem to have started before the proof', () => {
    const facts = factsOf(sample, [pod(web)], { nowMs: nowMs - 1 });
    expect(findOwnersToAsk(facts)).toEqual([]);
    expect(planRollouts(facts, [])).toMatchObject({ restart: [], problems: [], againAtMs: nowMs });
  });

  it('once: not when their workloads lag although they were started since, and not while that is awaited', () => {
    const since = { startedAtMs: provenAtMs + clockMarginMs };
    const renewed = factsOf(sample, [pod(web, since)]);
    expect(findOwnersToAsk(renewed)).toEqual([]);
    expect(namesOf(planRollouts(renewed, [steady(web)]))).toEqual([]);
    const history = { ...noHistory, begun: [begun(web, nowMs)] };
    const asked = factsOf(sample, [pod(web), pod(shop)], { history, nowMs: nowMs + timings.refusedAfterMs - 1 });
    const plan = planRollouts(asked, [steady(web), steady(shop)]);
    expect([namesOf(plan), plan.pending]).toEqual([[], history.begun]);
    expect(namesOf(planRollouts({ ...asked, nowMs: nowMs + timings.refusedAfterMs }, [steady(web), steady(shop)]))).toEqual([
      'shop',
    ]);
  });

  it('only after three nudges without effect where they learn by pushes', () => {
    const pushed = factsOf(sample, [pod(web, { learns: 'pushed' })]);
    const nudged = (times: number): CaSecret => {
      let { rootCert } = sample.secret;
      for (let count = 0; count < times; count += 1) rootCert = nudgeBundle(rootCert, sample.desired.generation);
      return { ...sample.secret, rootCert };
    };
    const planAfter = (times: number, nudge: Desired['nudge']): string[] =>
      namesOf(planRollouts({ ...pushed, secret: nudged(times), desired: { ...sample.desired, nudge } }, [steady(web)]));
    expect([planAfter(2, 'laggards'), planAfter(3, 'laggards')]).toEqual([[], ['web']]);
    expect([planAfter(3, 'when-loaded'), planAfter(4, 'when-loaded')]).toEqual([[], ['web']]);
  });

  it('never for a look that failed, where they learn by pushes, nor for pods that are being deleted', () => {
    const { generation } = sample.desired;
    const rootCert = [1, 2, 3].reduce((bundle) => nudgeBundle(bundle, generation), sample.secret.rootCert);
    const restartedFor = (workload: SeenWorkload): string[] =>
      namesOf(planRollouts(factsOf(sample, [workload], { secret: { ...sample.secret, rootCert } }), [steady(web)]));
    const unreachable = { kind: 'unread', why: 'unreachable' } as const;
    expect(restartedFor(pod(web, { learns: 'pushed', reading: unreachable }))).toEqual([]);
    expect(restartedFor(pod(web, { learns: 'renewed', reading: unreachable }))).toEqual(['web']);
    expect(restartedFor(pod(web, { endsAtMs: nowMs + 30_000 }))).toEqual([]);
    expect(restartedFor(pod(web, { learns: 'pushed' }))).toEqual(['web']);
  });

  it('gateways, waypoints and ztunnel before sidecars, which wait until those have come back', () => {
    for (const role of ['gateway', 'waypoint', 'ztunnel'] as const) {
      const facts = factsOf(sample, [pod(web), pod(edge, { role })], { budget: { maxPerNamespace: 9, maxTogether: 9 } });
      expect(namesOf(planRollouts(facts, [steady(web), steady(edge)]))).toEqual(['edge']);
      expect(namesOf(planRollouts(facts, [steady(web), steady(edge, { state: 'rolling' })]))).toEqual([]);
      const back = factsOf(sample, [pod(web), pod(edge, { role, startedAtMs: nowMs }, 'reached')]);
      expect(namesOf(planRollouts(back, [steady(web), steady(edge, { state: 'rolling' })]))).toEqual([]);
      expect(namesOf(planRollouts(back, [steady(web), steady(edge)]))).toEqual(['web']);
    }
  });

  it('sidecars all the same when what comes first cannot be restarted, and that is said', () => {
    const gateway = pod(edge, { role: 'gateway' });
    const cases: [SeenWorkload, Rollout[], string][] = [
      [gateway, [steady(edge, { blockedBy: 'edge-budget' })], 'RR_ROLLOUT_BLOCKED'],
      [gateway, [steady(edge, { state: 'unhealthy' })], 'RR_ROLLOUT_UNHEALTHY'],
      [gateway, [steady(edge, { state: 'unsupported' })], 'RR_ROLLOUT_UNSUPPORTED'],
      [gateway, [], 'RR_WORKLOAD_UNOWNED'],
      [pod(undefined, { role: 'gateway' }), [], 'RR_WORKLOAD_UNOWNED'],
    ];
    for (const [first, rollouts, code] of cases) {
      const plan = planRollouts(factsOf(sample, [pod(web), first]), [steady(web), ...rollouts]);
      expect([namesOf(plan), codesOf(plan)]).toEqual([['web'], [code]]);
    }
  });

  it('others in the place of one whose restart failed, until that is tried again', () => {
    const refused = [refusal(shop, nowMs)];
    const history = { ...noHistory, refused };
    const rollouts = [steady(web), steady(shop)];
    const at = (atMs: number) => planRollouts(factsOf(sample, [pod(web), pod(shop)], { history, nowMs: atMs }), rollouts);
    const held = at(nowMs + timings.refusedAfterMs - 1);
    expect([namesOf(held), codesOf(held), held.refused]).toEqual([['web'], ['RR_CLUSTER_FORBIDDEN'], refused]);
    const again = at(nowMs + timings.refusedAfterMs);
    expect([namesOf(again), codesOf(again), again.refused]).toEqual([['shop'], [], []]);
    const gateway = factsOf(sample, [pod(web), pod(shop, { role: 'gateway' })], { history });
    expect(namesOf(planRollouts(gateway, rollouts))).toEqual(['web']);
  });

  it('by nobody while one that was restarted is unhealthy, by whatever agent', () => {
    const unhealthy = [steady(web, { state: 'unhealthy' }), steady(shop)];
    const history = { ...noHistory, begun: [begun(web, nowMs)] };
    const remembered = planRollouts(factsOf(sample, [pod(web), pod(shop)], { history }), unhealthy);
    expect([namesOf(remembered), codesOf(remembered), remembered.pending]).toEqual([[], ['RR_ROLLOUT_UNHEALTHY'], history.begun]);
    const seen = factsOf(sample, [pod(web), pod(web, { startedAtMs: nowMs, name: 'web-1' }), pod(shop)]);
    expect(namesOf(planRollouts(seen, unhealthy))).toEqual([]);
    expect(namesOf(planRollouts(factsOf(sample, [pod(web), pod(shop)]), unhealthy))).toEqual(['shop']);
  });
});

describe('what is said of owners', () => {
  it('names the first and counts the others', () => {
    const alone = [pod(undefined), pod(undefined, { name: 'alone-1' })];
    const plan = planRollouts(factsOf(sample, [pod(web), pod(shop), ...alone]), [
      steady(web, { blockedBy: 'web-budget' }),
      steady(shop, { blockedBy: 'shop-budget' }),
    ]);
    expect(plan.problems.map(({ code, message }) => [code, message])).toEqual([
      ['RR_ROLLOUT_BLOCKED', 'PodDisruptionBudget web-budget lets no pod of Deployment default/web be restarted; 1 more like it'],
      ['RR_WORKLOAD_UNOWNED', '2 workloads lag behind and belong to nothing that can be restarted; the first is default/alone-0'],
    ]);
  });

  it('is one problem for each way in which a restart is refused or not supported, of however many', () => {
    const owners = Array.from({ length: 30 }, (_, index) => ownerOf(`web-${index}`));
    const facts = (refused: RefusedRollout[]) =>
      factsOf(
        sample,
        owners.map((owner) => pod(owner)),
        { history: { ...noHistory, refused } },
      );
    const messagesOf = ({ problems }: RolloutPlan): string[] => problems.map(({ message }) => message);
    const everyRefused = facts(owners.map((owner) => refusal(owner, nowMs)));
    const steadyAll = owners.map((owner) => steady(owner));
    expect(messagesOf(planRollouts(everyRefused, steadyAll))).toEqual(['patch web-0: no; 29 more like it']);
    const manual = owners.map((owner) => steady(owner, { state: 'unsupported' }));
    expect(messagesOf(planRollouts(facts([]), manual))).toEqual([
      'Deployment default/web-0 would not replace all its pods by itself, and is not restarted; 29 more like it',
    ]);
  });

  it('is nothing of a budget that a rollout of the same namespace may use up', () => {
    const plan = planRollouts(factsOf(sample, [pod(web), pod(shop)]), [
      steady(web, { blockedBy: 'budget' }),
      steady(shop, { state: 'rolling' }),
    ]);
    expect(plan).toMatchObject({ restart: [], problems: [] });
  });
});
