import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorMessage } from '@reroot/shared/errors';
import { repository } from '../architecture/sources.ts';
import { bundleEarlierRelease, earlierCommit, findCommit } from '../fleet/earlier-release.ts';
import { type ChaosFleet, type FleetOrder, launchChaosFleet } from './chaos-fleet.ts';
import type { FaultKind } from './fault.ts';
import { missingMeans } from './machine-means.ts';
import type { ChaosOptions } from './options.ts';
import { makePlan, type Plan } from './plan.ts';
import { type RunOutcome, runPlan } from './run-plan.ts';
import { starvedMs } from './starvation.ts';
import { tellPlan } from './tell-plan.ts';

/** What came of all runs. */
export interface CampaignOutcome {
  readonly runs: readonly RunOutcome[];
  /** Kinds of faults that this machine could not make, with why. */
  readonly missing: ReadonlyMap<FaultKind, string>;
  /** What has ended it before its last run, such as a fleet that could not be launched or the signal's reason; else undefined. */
  readonly problem: unknown;
}

/** What there is of an outcome while runs are made. */
interface Made {
  readonly runs: RunOutcome[];
  missing: CampaignOutcome['missing'];
}

interface Surrounding {
  readonly options: ChaosOptions;
  /** For what is built. */
  readonly dir: string;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** A shared fleet is left after so many runs: its store and its roots grow. */
const runsPerFleet = 12;

/** Carries the runs out one after the other. What ends it early loses none that was made. */
export async function runCampaign(
  options: ChaosOptions,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<CampaignOutcome> {
  const dir = await mkdtemp(join(tmpdir(), 'reroot-chaos-builds-'));
  // Parts are started again and again: half of what a start takes is to compile the same sources.
  process.env['NODE_COMPILE_CACHE'] ??= join(dir, 'compiled');
  const made: Made = { runs: [], missing: new Map() };
  let problem: unknown;
  try {
    await makeRuns({ options, dir, say, signal }, made);
  } catch (thrown) {
    problem = thrown;
  }
  // A part that ends last may still write what it has compiled. A folder that is left behind loses no run.
  await rm(dir, { recursive: true, force: true, maxRetries: 10 }).catch((error: unknown) => {
    say(`» ${dir} is left behind: ${errorMessage(error)}`);
  });
  return { ...made, problem };
}

/** @throws the signal's reason, and what a launch throws */
async function makeRuns({ options, dir, say, signal }: Surrounding, made: Made): Promise<void> {
  const untilMs = performance.now() + options.minutes * 60_000;
  const plans = Array.from({ length: options.runs }, (_, index) => makePlan(options.seed + index, options.faults));
  let fleet: ChaosFleet | undefined;
  let onFleet = 0;
  try {
    signal.throwIfAborted();
    const earlierAgent = await bundleEarlierAgent(plans, dir, say);
    for (const plan of plans) {
      if (performance.now() > untilMs) {
        say(`» the time is over after ${made.runs.length} of ${plans.length} runs`);
        break;
      }
      if (fleet?.installation !== plan.installation) {
        await fleet?.stop();
        fleet = await launch({ seed: plan.seed, installation: plan.installation, earlierAgent }, say, signal);
        made.missing = missingAmong(plans, fleet);
        onFleet = 0;
        if (made.runs.length === 0) for (const [kind, why] of made.missing) say(`» faults of kind ${kind} are left out: ${why}`);
      }
      const outcome = await runPlan(fleet, plan, signal);
      made.runs.push(outcome);
      onFleet += 1;
      say(lineOf(outcome));
      const failed = outcome.violations.length > 0;
      if (failed) await tellFailure(fleet, plan, outcome, options, say);
      else if (options.show === 'stories') for (const line of [...tellPlan(plan), ...outcome.story]) say(`  ${line}`);
      if (failed || options.fleet === 'fresh' || onFleet >= runsPerFleet) {
        await fleet.stop();
        fleet = undefined;
      }
    }
  } finally {
    await fleet?.stop();
  }
}

/** A machine that is very busy has a part miss its deadline now and then: once more, and no more. */
async function launch(order: FleetOrder, say: (line: string) => void, signal: AbortSignal): Promise<ChaosFleet> {
  try {
    return await launchChaosFleet(order, signal);
  } catch (thrown) {
    signal.throwIfAborted();
    say(`» a fleet could not be launched, once more: ${errorMessage(thrown).slice(0, 300)}`);
    return launchChaosFleet(order, signal);
  }
}

function missingAmong(plans: readonly Plan[], { means }: ChaosFleet): CampaignOutcome['missing'] {
  const planned = new Set(plans.flatMap(({ faults }) => faults.map(({ fault }) => fault.kind)));
  return new Map([...missingMeans(means)].filter(([kind]) => planned.has(kind)));
}

async function bundleEarlierAgent(plans: readonly Plan[], dir: string, say: (line: string) => void): Promise<string | undefined> {
  const wanted = plans.some(({ faults }) => faults.some(({ fault }) => fault.kind === 'upgrade'));
  if (!wanted || (await findCommit(earlierCommit)).kind !== 'there') return undefined;
  say('» making the agent of the release before');
  return (await bundleEarlierRelease(dir)).agent;
}

function lineOf({ seed, violations, endState, faults, handshakes, tookMs, starvedMs: waitedMs }: RunOutcome): string {
  const verdict = violations.length === 0 ? 'held' : 'BROKEN';
  const busy = waitedMs < starvedMs ? '' : ', on a machine that is too busy to count handshakes that time out';
  return `» seed ${seed}: ${verdict}, ${endState} after ${(tookMs / 1_000).toFixed(1)} s, ${faults} faults, ${handshakes} handshakes${busy}`;
}

async function tellFailure(
  fleet: ChaosFleet,
  plan: Plan,
  outcome: RunOutcome,
  { faults }: ChaosOptions,
  say: (line: string) => void,
): Promise<void> {
  const folder = join(repository, 'artifacts/chaos', `seed-${plan.seed}`);
  await rm(folder, { recursive: true, force: true });
  await fleet.saveLogs(folder);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'run.json'), `${JSON.stringify({ plan, outcome }, undefined, 2)}\n`);
  const held = [...new Map(outcome.violations.map((each) => [each.invariant + each.message, each])).values()];
  const lines = [
    ...held.map(({ invariant, message }) => `did not hold: ${invariant}: ${message}`),
    ...['the plan:', ...tellPlan(plan).map((line) => `  ${line}`), 'what happened:', ...outcome.story.map((line) => `  ${line}`)],
    `states seen: ${outcome.states.join(', ')}`,
    `to see it again: ./dev chaos --fresh --runs 1 --seed ${plan.seed} --faults ${faults.join(',')}`,
    `logs: ${folder}`,
  ];
  for (const line of lines) say(`  ${line}`);
}
