import { availableParallelism } from 'node:os';
import { agentsPerProcess } from './fleet/crowd.ts';
import { type BenchRun, defineBench, measured, type Result } from './frame/bench.ts';
import { type Calibrated, calibrate, type Findings, predictPeakMb, type Surroundings } from './simulate/calibrate.ts';
import { type Intervals, multiRootSteps } from './simulate/costs.ts';
import { type AgentPlaces, simulateRest, simulateRotation, type Taken } from './simulate/fleet-model.ts';
import { measureCrypto } from './simulate/measure-crypto.ts';
import {
  type FleetAsk,
  type MeasuredFleet,
  measureFleet,
  measureRestAlone,
  type Part,
  type Use,
} from './simulate/measure-fleet.ts';
import { measureSlowdown } from './simulate/measure-slowdown.ts';
import { type Spacing, spacingFor } from './simulate/spacing.ts';
import { pace, stretched, usualIntervals } from './simulate/usual.ts';

/** How near a prediction is to come to what is measured then. */
const near = { atLeast: 0.8, atMost: 1.2 };
const cores = availableParallelism();
const [cryptoRepeats, slowdownRepeats] = [5, 5];
const seldom = 10;
const ownMachines = { kind: 'own', broker: 'one' } as const;

/** What the simulation is given, and what it was found by. */
interface Model extends Calibrated {
  readonly findings: Findings;
  readonly surroundings: Surroundings;
}

/** What is predicted of a fleet. */
interface Prediction {
  /** Without it mgmt cannot follow at rest already, and a rotation would not finish. */
  readonly rotation?: Taken;
  readonly rest: Taken;
  readonly peakMb: number;
}

/** What costs are found by. */
interface Samples extends Spacing, Readonly<Record<'small' | 'large' | 'rotations' | 'restSeconds', number>> {}

async function findModel(samples: Samples, run: BenchRun): Promise<Model> {
  const { small, large, rotations, restSeconds, intervals, dense } = samples;
  run.progress('signatures by themselves');
  const crypto = await measureCrypto(cryptoRepeats, run.signal);
  run.progress('how cores slow one another down');
  const slowdown = await measureSlowdown({ cores, repeats: slowdownRepeats, signal: run.signal });
  const ask = { intervals, rotations, restSeconds };
  const findings = {
    small: await measure({ ...ask, clusters: small }, run),
    large: await measure({ ...ask, clusters: large }, run),
    dense: {
      intervals: dense,
      rest: await measureRestAlone({ clusters: large, intervals: dense, restSeconds, ...telling(large, run) }),
    },
    ...{ crypto, slowdown, intervals },
  };
  const agents = { kind: 'shared', perProcess: agentsPerProcess } as const;
  const surroundings = { pace, cores, agents, steps: multiRootSteps, seed: 'simulate' };
  run.progress('costs are sought with which the simulation takes as much');
  return { ...calibrate(findings, surroundings), findings, surroundings };
}

function measure(ask: Omit<FleetAsk, 'signal' | 'onProgress'>, run: BenchRun): Promise<MeasuredFleet> {
  return measureFleet({ ...ask, ...telling(ask.clusters, run) });
}

function telling(clusters: number, run: BenchRun): Pick<FleetAsk, 'signal' | 'onProgress'> {
  return { signal: run.signal, onProgress: (line) => run.progress(`${clusters} clusters: ${line}`) };
}

function predict(model: Model, clusters: number, intervals: Intervals, agents: AgentPlaces): Prediction {
  const { costs, othersWeight, surroundings, findings } = model;
  // What cannot be measured here is imagined on machines that have nothing else to do.
  const others = agents.kind === 'own' ? 0 : findings.large.others * othersWeight;
  const plan = { ...surroundings, slowdown: findings.slowdown, costs, clusters, intervals, agents, others };
  const rest = simulateRest(plan, (intervals.restPeriods * intervals.resyncMs) / 1_000);
  const bytesOfMessage = findings.large.rotation.bytes / findings.large.rotation.messages;
  const peakMb = ({ mostWaitingAtMgmt }: Taken): number =>
    predictPeakMb(findings, clusters, (mostWaitingAtMgmt * bytesOfMessage) / 1e6);
  if (rest.mostWaitingAtMgmt > clusters) return { rest, peakMb: peakMb(rest) };
  const rotation = simulateRotation(plan);
  return { rest, peakMb: peakMb(rotation), ...(rotation.end === 'finished' ? { rotation } : {}) };
}

/** Of a core, in per cent. */
function share({ seconds, cpu }: Pick<Use, 'seconds' | 'cpu'>, part: Part): number {
  return (cpu[part] * 100) / seconds;
}

/** What was predicted before, beside what is measured now. */
function compareWith(
  fleet: MeasuredFleet,
  name: string,
  { rotation, rest, peakMb }: Prediction,
  goal?: typeof near,
): readonly Result[] {
  const row = (what: string, unit: string, value = Number.NaN, found: number, held: 'goal' | 'none' = 'goal'): Result => ({
    ...{ metric: `${name}: ${what}`, unit, value, limit: measured('measured', found, held === 'goal' ? goal : undefined) },
  });
  const { cpu } = fleet.rotation;
  return [
    row('start to FINISHED', 's', rotation?.seconds, fleet.rotation.seconds),
    row('processor time of mgmt in a rotation', 's', rotation?.cpu.mgmt, cpu.mgmt),
    row('processor time of agents and clusters in a rotation', 's', rotation?.cpu.crowd, cpu.crowd),
    // A message costs the broker more the more connections it has, which a hundred do not show.
    row('processor time of the broker in a rotation', 's', rotation?.cpu.broker, cpu.broker, 'none'),
    row('messages through the broker in a rotation', '', rotation?.messages, fleet.rotation.messages),
    // A line through what was in use, and the garbage of a small fleet: what V8 leaves lying depends on how fast it comes.
    row('resident memory of mgmt, most', 'MB', peakMb, fleet.memory.peakMb, 'none'),
    row('processor time of mgmt at rest', '% of a core', share(rest, 'mgmt'), share(fleet.rest, 'mgmt')),
    row('processor time of agents and clusters at rest', '% of a core', share(rest, 'crowd'), share(fleet.rest, 'crowd')),
    row('processor time of the broker at rest', '% of a core', share(rest, 'broker'), share(fleet.rest, 'broker'), 'none'),
    row('messages through the broker at rest', '/s', rest.messages / rest.seconds, fleet.rest.messages / fleet.rest.seconds),
  ];
}

/** What nobody can measure here. */
function imagine(name: string, { rotation, rest, peakMb }: Prediction): readonly Result[] {
  const row = (what: string, unit: string, value: number): Result => ({ metric: `imagined, ${name}: ${what}`, unit, value });
  const inRotation =
    rotation === undefined
      ? []
      : [
          row('start to FINISHED', 's', rotation.seconds),
          row('processor time of mgmt in a rotation', 's', rotation.cpu.mgmt),
          row('processor time of the broker beside mgmt in a rotation', 's', rotation.cpu.broker),
        ];
  return [
    ...inRotation,
    row('processor time of mgmt at rest', '% of a core', share(rest, 'mgmt')),
    row('messages that waited for mgmt at rest, most', '', rest.mostWaitingAtMgmt),
    row('messages through the broker at rest', '/s', rest.messages / rest.seconds),
    row('resident memory of mgmt, most', 'MB', peakMb),
  ];
}

function costsOf({ costs: { mgmt, agent, broker }, findings, othersWeight }: Model, fleet: MeasuredFleet): readonly Result[] {
  const row = (metric: string, value: number, unit = 'ms'): Result => ({ metric: `found: ${metric}`, unit, value });
  return [
    row('mgmt seals and sends a message', mgmt.wordMs),
    row('mgmt takes in a message', mgmt.hearMs),
    row('what is said again, to the same of news: mgmt', mgmt.again, ''),
    row('what is said again, to the same of news: the broker', broker.again, ''),
    row('what is looked at again, to the same of news: an agent', agent.again, ''),
    row('mgmt takes the mesh on by one move', mgmt.moveMs),
    row('mgmt, in each second', mgmt.secondMs),
    row('one signature of the root', mgmt.signMs),
    row('an agent looks at its light cluster, and writes or reports', agent.lookMs),
    row('the broker takes or gives a message', broker.messageMs),
    row('work while every core is busy, to the same while one is', findings.slowdown, ''),
    row('other programs that wanted a core, while costs were found', findings.large.others, ''),
    row('how much each of them counts', othersWeight, ''),
    row('other programs that wanted a core, while the large fleet was measured', fleet.others, ''),
  ];
}

export default defineBench({
  about: 'simulates the whole system by costs that are measured on small fleets, and holds what it predicts against a large one',
  params: { clusters: 5_000, intervalSeconds: 60, restSeconds: 120, small: 5, large: 100, rotations: 3, far: 50_000 },
  measure: async ({ clusters, intervalSeconds, restSeconds, small, large, rotations, far }, run) => {
    const usual = usualIntervals();
    const intervals = stretched(usual, (intervalSeconds * 1_000) / usual.reportIntervalMs);
    const spacing = spacingFor({ clusters, large, intervals, perProcess: agentsPerProcess });
    const model = await findModel({ small, large, rotations, restSeconds, ...spacing }, run);
    const { agents } = model.surroundings;
    run.progress('predictions');
    const [again, predicted] = [predict(model, large, spacing.intervals, agents), predict(model, clusters, intervals, agents)];
    const rarely = stretched(usual, seldom);
    const regions = { kind: 'own', broker: 'of-region' } as const;
    const imagined = [
      ...imagine(`${clusters} clusters on machines of their own`, predict(model, clusters, usual, ownMachines)),
      ...imagine(`${far} on machines of their own`, predict(model, far, usual, ownMachines)),
      ...imagine(`${far} on machines of their own, all said ${seldom} times as seldom`, predict(model, far, rarely, ownMachines)),
      ...imagine(`${far} at brokers of their regions, all said ${seldom} times as seldom`, predict(model, far, rarely, regions)),
    ];
    const fleet = await measure({ clusters, intervals, restSeconds, rotations: 1 }, run);
    return [
      ...costsOf(model, fleet),
      ...compareWith(model.findings.large, `${large} clusters, which costs were found by`, again),
      ...compareWith(fleet, `${clusters} clusters`, predicted, near),
      ...imagined,
    ];
  },
});
