import { assertNever } from '@reroot/shared/errors';
import { createRandom } from '@reroot/simulator/random';
import { type AgentModel, type AgentPlace, createAgentModel, type Said } from './agent-model.ts';
import type { Costs, Intervals, Novelty, Step } from './costs.ts';
import { createMachine, createOwnMachines, createPool, type Machine, type Worker } from './machine.ts';
import { createMgmtModel, type MgmtModel } from './mgmt-model.ts';
import type { Pace } from './pacer-model.ts';
import { createTimeline, type Timeline } from './timeline.ts';

/** What is simulated. */
export interface FleetPlan {
  readonly clusters: number;
  readonly costs: Costs;
  readonly intervals: Intervals;
  /** Of a rotation. */
  readonly steps: readonly Step[];
  readonly pace: Pace;
  readonly cores: number;
  readonly slowdown: number;
  /** Threads of other programs that want a core all the time. */
  readonly others: number;
  readonly agents: AgentPlaces;
  readonly seed: string;
}

/** Where agents and brokers run. */
export type AgentPlaces =
  /** In processes of so many agents, which share the cores with mgmt and the broker. */
  | { readonly kind: 'shared'; readonly perProcess: number }
  /** On machines of their own, at the broker beside mgmt or at brokers of their regions, which pass everything on to that one. */
  | { readonly kind: 'own'; readonly broker: 'one' | 'of-region' };

/** What was taken between two moments, or was seen at most. */
export interface Taken {
  readonly seconds: number;
  /** In seconds. */
  readonly cpu: { readonly mgmt: number; readonly broker: number; readonly crowd: number };
  /** In and out count each. */
  readonly messages: number;
  /** Of mgmt: desired trust and terms. */
  readonly words: number;
  /** Of the agents at their clusters. */
  readonly looks: number;
  readonly reports: number;
  readonly mostWaitingAtMgmt: number;
}

/** A whole system that has not begun. */
interface Fleet {
  readonly timeline: Timeline;
  readonly mgmt: MgmtModel;
  open(): () => Taken;
}

/** Rest comes before: what is said again and again has found its times by then. */
const calmMs = 20_000;
const threadsOfPool = 4;

/** One rotation, from start to FINISHED; it is not finished where it takes longer than `mostMs`. */
export function simulateRotation(plan: FleetPlan, mostMs = 7_200_000): Taken & { readonly end: 'finished' | 'late' } {
  const { timeline, mgmt, open } = createFleet(plan);
  timeline.run(calmMs);
  const close = open();
  const isOver = (): boolean => mgmt.finished() > 0;
  mgmt.startRotation();
  timeline.run(calmMs + mostMs, isOver);
  return { ...close(), end: isOver() ? 'finished' : 'late' };
}

/** Nothing but rest. */
export function simulateRest(plan: FleetPlan, seconds: number): Taken {
  const { timeline, open } = createFleet(plan);
  timeline.run(calmMs);
  const close = open();
  timeline.run(calmMs + seconds * 1_000);
  return close();
}

function createFleet(plan: FleetPlan): Fleet {
  const { clusters, costs, intervals, cores, slowdown, others } = plan;
  const timeline = createTimeline();
  const machine = createMachine(timeline, { cores, slowdown, others });
  const random = createRandom(plan.seed).fork('fleet');
  const counts = { messages: 0, looks: 0, reports: 0 };
  const bus = createBus(plan, timeline, machine, counts);
  const { placeOf, crowd } = placeAgents(plan, timeline, machine);
  const [main, beside] = [machine.thread(), createPool(machine, threadsOfPool)];
  const agents: AgentModel[] = [];
  const mgmt = createMgmtModel({
    ...{ timeline, main, beside, intervals, clusters, random: random.next },
    ...{ costs: costs.mgmt, steps: plan.steps, pace: plan.pace },
    say: (cluster, told, novelty) => bus.pass(novelty, () => agents[cluster]?.hear(told)),
  });
  for (let cluster = 0; cluster < clusters; cluster += 1) {
    const agent = createAgentModel({
      ...{ timeline, place: placeOf(cluster), costs: costs.agent, intervals, random: random.next },
      onLook: () => {
        counts.looks += 1;
      },
      say: (said) => {
        if (said.kind === 'report') counts.reports += 1;
        bus.pass(noveltyOf(said), () => mgmt.hear(cluster, said));
      },
    });
    agents.push(agent);
  }
  const cpuMs = () => ({ mgmt: main.cpuMs() + beside.cpuMs(), broker: bus.cpuMs(), crowd: crowd() });
  return {
    timeline,
    mgmt,
    open: () => {
      const [before, counted, words, atMs] = [cpuMs(), { ...counts }, mgmt.saidSoFar(), timeline.nowMs()];
      return () => {
        const now = cpuMs();
        const since = (key: keyof typeof now): number => (now[key] - before[key]) / 1_000;
        return {
          seconds: (timeline.nowMs() - atMs) / 1_000,
          cpu: { mgmt: since('mgmt'), broker: since('broker'), crowd: since('crowd') },
          messages: counts.messages - counted.messages,
          words: mgmt.saidSoFar() - words,
          looks: counts.looks - counted.looks,
          reports: counts.reports - counted.reports,
          mostWaitingAtMgmt: main.mostWaiting(),
        };
      };
    },
  };
}

interface Bus {
  /** One message from one end to the other. */
  pass(novelty: Novelty, arrived: () => void): void;
  cpuMs(): number;
}

function createBus({ costs, agents }: FleetPlan, timeline: Timeline, machine: Machine, counts: { messages: number }): Bus {
  const hub = machine.thread();
  const { messageMs, again } = costs.broker;
  // A region has a server of its own, whose time is nobody's here.
  const region = agents.kind === 'own' && agents.broker === 'of-region' ? createOwnMachines(timeline) : undefined;
  const everySecond = (): void => {
    hub.work(costs.broker.secondMs);
    timeline.after(1_000, everySecond);
  };
  everySecond();
  return {
    pass: (novelty, arrived) => {
      counts.messages += 2;
      const passMs = 2 * messageMs * (novelty === 'again' ? again : 1);
      hub.work(passMs, region === undefined ? arrived : () => region.work(passMs, arrived));
    },
    cpuMs: () => hub.cpuMs(),
  };
}

/** A link says how it stands because it is asked, again and again. */
function noveltyOf(said: Said): Novelty {
  switch (said.kind) {
    case 'report':
      return said.novelty;
    case 'link':
      return 'again';
    case 'issue':
      return 'news';
    default:
      return assertNever(said);
  }
}

function placeAgents({ agents, clusters }: FleetPlan, timeline: Timeline, machine: Machine) {
  if (agents.kind === 'own') {
    const own = createOwnMachines(timeline);
    return { placeOf: (): AgentPlace => ({ main: own, beside: own }), crowd: () => own.cpuMs() };
  }
  const count = Math.ceil(clusters / agents.perProcess);
  const processes = Array.from({ length: count }, () => ({ main: machine.thread(), beside: machine.thread() }));
  const sum = (of: (worker: Worker) => number): number =>
    processes.reduce((total, { main, beside }) => total + of(main) + of(beside), 0);
  return {
    placeOf: (cluster: number): AgentPlace => {
      const place = processes[Math.floor((cluster * count) / clusters)];
      if (place === undefined) throw new Error(`there is no process for cluster ${cluster}`);
      return place;
    },
    crowd: () => sum((worker) => worker.cpuMs()),
  };
}
