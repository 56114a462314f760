import { nudgeBundle } from '@reroot/shared/pki';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ProxyRole, Rollout, Workload } from '../cluster/cluster.ts';
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
} from '../testing/rollout-sample.ts';
import { type BegunRollout, noHistory, type RefusedRollout } from './history.ts';
import { findOwnersToAsk, planRollouts, type RolloutPlan } from './plan-rollouts.ts';
import type { Proof } from './proof.ts';
import type { RolloutFacts, SeenWorkload } from './rollout-candidates.ts';

let sample: RolloutSample;

beforeAll(async () => {
  sample = await makeRolloutSample();
});

/** How one owner goes through the world below; times are counted in steps. */
interface Life {
  readonly role: ProxyRole;
  readonly namespace: string;
  readonly pods: number;
  readonly learns: Workload['learns'];
  readonly owned: 'yes' | 'no';
  /** Blocked, unhealthy, not supported, or being rolled by somebody else, for so many steps from the start. */
  readonly hindered: { readonly how: 'blocked' | 'unhealthy' | 'unsupported' | 'rolling'; readonly steps: number };
  /** For ever `unsupported`, or `forbidden` to be restarted, whatever else holds of it. */
  readonly fate: 'restartable' | 'unsupported' | 'forbidden';
  readonly rollsFor: number;
  /** How long its pods are not ready after its restart. */
  readonly unhealthyFor: number;
}

/** What happens around them in one step. */
interface Circumstance {
  readonly replicas: 'loaded' | 'late';
  readonly agent: 'runs' | 'restarted';
}

interface World {
  readonly lives: readonly Life[];
  readonly circumstances: readonly Circumstance[];
  readonly budget: RolloutFacts['budget'];
}

const stepMs = 5_000;
const settledBySteps = 400;

class Run {
  private step = 0;
  private remembered: readonly BegunRollout[] = [];
  private refused: readonly RefusedRollout[] = [];
  private readonly restartedAt = new Map<number, number>();

  private readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  toTheEnd(): void {
    for (; this.step < settledBySteps; this.step += 1) this.pass();
    const waiting = this.world.lives.filter(
      (life, index) => life.owned === 'yes' && life.fate === 'restartable' && !this.restartedAt.has(index),
    );
    expect(waiting).toEqual([]);
  }

  private pass(): void {
    const { circumstances, budget } = this.world;
    const { replicas, agent } = circumstances[this.step] ?? { replicas: 'loaded', agent: 'runs' };
    if (agent === 'restarted') [this.remembered, this.refused] = [[], []];
    const proof: Proof =
      replicas === 'loaded' ? loaded : { ...loaded, replicas: [{ name: 'istiod-0', startedAtMs: 0, state: 'differs' }] };
    let { rootCert } = sample.secret;
    for (let count = 0; count < 3; count += 1) rootCert = nudgeBundle(rootCert, sample.desired.generation);
    const history = { ...noHistory, begun: this.remembered, refused: this.refused };
    const nudged = { ...sample.secret, rootCert };
    const facts = factsOf(sample, this.workloads(), {
      secret: nudged,
      proof,
      history,
      budget,
      nowMs: nowMs + this.step * stepMs,
    });
    const asked = findOwnersToAsk(facts);
    const plan = planRollouts(
      facts,
      asked.map((owner) => this.rolloutOf(Number(owner.name), agent)),
    );
    this.check(plan, replicas);
    const isForbidden = ({ owner }: BegunRollout): boolean => this.world.lives[Number(owner.name)]!.fate === 'forbidden';
    const begun = plan.restart.filter((each) => !isForbidden(each));
    for (const { owner } of begun) this.restartedAt.set(Number(owner.name), this.step);
    this.remembered = [...plan.pending, ...begun];
    const problem = makeProblem('RR_CLUSTER_FORBIDDEN', 'no');
    this.refused = [...plan.refused, ...plan.restart.filter(isForbidden).map(({ owner, atMs }) => ({ owner, atMs, problem }))];
  }

  private check({ restart }: RolloutPlan, replicas: Circumstance['replicas']): void {
    if (restart.length === 0) return;
    expect(replicas).toBe('loaded');
    const { lives, budget } = this.world;
    const indexes = lives
      .keys()
      .filter((index) => lives[index]!.owned === 'yes')
      .toArray();
    const stateOf = (index: number): Rollout => this.rolloutOf(index, 'restarted');
    const chosen = restart.map(({ owner }) => Number(owner.name));
    for (const index of chosen) {
      expect(this.restartedAt.has(index)).toBe(false);
      expect(stateOf(index)).toMatchObject({ state: 'steady', blockedBy: undefined });
    }
    const rolling = indexes.filter((index) => stateOf(index).state === 'rolling');
    expect(rolling.length + chosen.length).toBeLessThanOrEqual(budget.maxTogether);
    for (const namespace of new Set(chosen.map((index) => lives[index]!.namespace))) {
      const there = [...rolling, ...chosen].filter((index) => lives[index]!.namespace === namespace);
      expect(there.length).toBeLessThanOrEqual(budget.maxPerNamespace);
    }
    expect(indexes.filter((index) => this.restartedAt.has(index) && stateOf(index).state === 'unhealthy')).toEqual([]);
    if (chosen.every((index) => lives[index]!.role !== 'sidecar')) return;
    const before = indexes.filter((index) => lives[index]!.role !== 'sidecar');
    expect(before.filter((index) => stateOf(index).state === 'rolling')).toEqual([]);
    const isRefused = (index: number): boolean => this.refused.some(({ owner }) => owner.name === String(index));
    const untouched = before.filter((index) => !(this.restartedAt.has(index) || isRefused(index)));
    const ready = untouched.filter((index) => stateOf(index).state === 'steady');
    expect(ready.filter((index) => stateOf(index).blockedBy === undefined)).toEqual([]);
  }

  private workloads(): SeenWorkload[] {
    return this.world.lives.flatMap(({ role, namespace, pods, learns, owned }, index) => {
      const doneAt = (this.restartedAt.get(index) ?? Number.POSITIVE_INFINITY) + this.world.lives[index]!.rollsFor;
      const owner = owned === 'yes' ? ownerOf(String(index), namespace) : undefined;
      return Array.from({ length: pods }, (_, number) => {
        const name = `${index}-${number}`;
        const startedAtMs = this.step > doneAt ? nowMs + doneAt * stepMs : provenAtMs - 1;
        return pod(owner, { role, learns, name, startedAtMs, namespace }, this.step > doneAt ? 'reached' : 'lagging');
      });
    });
  }

  /** What was asked for in the step before is not to be seen yet, except by an agent that looks anew. */
  private rolloutOf(index: number, agent: Circumstance['agent']): Rollout {
    const { namespace, hindered, rollsFor, unhealthyFor, fate } = this.world.lives[index]!;
    const owner = ownerOf(String(index), namespace);
    if (fate === 'unsupported') return steady(owner, { state: 'unsupported' });
    const restartedAt = this.restartedAt.get(index);
    if (restartedAt !== undefined) {
      const since = this.step - restartedAt;
      if (since <= 1 && agent === 'runs') return steady(owner);
      if (since <= rollsFor) return steady(owner, { state: 'rolling' });
      return steady(owner, since <= rollsFor + unhealthyFor ? { state: 'unhealthy' } : {});
    }
    if (this.step >= hindered.steps) return steady(owner);
    return steady(owner, hindered.how === 'blocked' ? { blockedBy: 'budget' } : { state: hindered.how });
  }
}

describe('in every order of things, rolling restarts', () => {
  const lifeArb: fc.Arbitrary<Life> = fc.record({
    role: fc.constantFrom<ProxyRole>('sidecar', 'sidecar', 'gateway', 'waypoint', 'ztunnel'),
    namespace: fc.constantFrom('a', 'b'),
    pods: fc.integer({ min: 1, max: 3 }),
    learns: fc.constantFrom('pushed' as const, 'renewed' as const),
    owned: fc.constantFrom('yes' as const, 'yes' as const, 'yes' as const, 'no' as const),
    hindered: fc.record({
      how: fc.constantFrom('blocked' as const, 'unhealthy' as const, 'unsupported' as const, 'rolling' as const),
      steps: fc.nat(8),
    }),
    fate: fc.constantFrom('restartable' as const, 'restartable' as const, 'unsupported' as const, 'forbidden' as const),
    rollsFor: fc.integer({ min: 2, max: 6 }),
    unhealthyFor: fc.constantFrom(0, 0, 3),
  });
  const worldArb: fc.Arbitrary<World> = fc.record({
    lives: fc.array(lifeArb, { minLength: 1, maxLength: 8 }),
    circumstances: fc.array(
      fc.record({
        replicas: fc.constantFrom('loaded' as const, 'loaded' as const, 'late' as const),
        agent: fc.constantFrom('runs' as const, 'runs' as const, 'runs' as const, 'restarted' as const),
      }),
      { maxLength: 60 },
    ),
    budget: fc.record({ maxPerNamespace: fc.integer({ min: 1, max: 3 }), maxTogether: fc.integer({ min: 1, max: 4 }) }),
  });

  it('keep to the budget and the order, wait for replicas and the unhealthy, and come to every owner that can be restarted once', () => {
    fc.assert(
      fc.property(worldArb, (world) => {
        new Run(world).toTheEnd();
      }),
      { numRuns: 60 },
    );
  });
});
