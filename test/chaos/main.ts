import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { toRerootError } from '@reroot/shared/errors';
import { describeError } from '@reroot/shared/lifecycle';
import { type CampaignOutcome, runCampaign } from './campaign.ts';
import { type ChaosOptions, OptionProblem, readOptions, usage } from './options.ts';
import { bringUpLoopback, runWithOwnNamespaces } from './own-namespaces.ts';
import { makePlan } from './plan.ts';
import { summarise, tellSummary } from './summary.ts';
import { tellPlan } from './tell-plan.ts';

const exits = { held: 0, broken: 1, options: 2, launch: 3, interrupted: 130 } as const;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  let options: ChaosOptions | undefined;
  try {
    options = readOptions(args, () => randomInt(2 ** 31));
  } catch (error) {
    if (!(error instanceof OptionProblem)) throw error;
    process.stderr.write(`error: ${error.message}\nremedy: ./dev chaos --help lists the options\n`);
    return exits.options;
  }
  if (options === undefined) {
    process.stdout.write(usage);
    return exits.held;
  }
  if (options.show === 'plans') {
    showPlans(options);
    return exits.held;
  }
  if (process.env['REROOT_CHAOS_MOUNTS'] === undefined) {
    const seeded = args.some((arg) => arg.startsWith('--seed')) ? args : [...args, '--seed', String(options.seed)];
    return runWithOwnNamespaces(fileURLToPath(import.meta.url), seeded);
  }
  const [command, ...words] = bringUpLoopback;
  if (process.env['REROOT_CHAOS_NETWORK'] === 'own') await promisify(execFile)(command, words);
  try {
    return await run(options);
  } finally {
    // The channel to who started it would keep this process.
    process.removeAllListeners('disconnect');
    if (process.connected) process.disconnect();
  }
}

function showPlans({ runs, seed, faults }: ChaosOptions): void {
  for (let index = 0; index < runs; index += 1) {
    const lines = tellPlan(makePlan(seed + index, faults));
    process.stdout.write(`seed ${seed + index}\n${lines.map((line) => `  ${line}\n`).join('')}`);
  }
}

async function run(options: ChaosOptions): Promise<number> {
  const interrupted = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.on(name, () => interrupted.abort());
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  let outcome: CampaignOutcome;
  try {
    outcome = await runCampaign(options, say, interrupted.signal);
  } catch (thrown) {
    if (interrupted.signal.aborted) return exits.interrupted;
    process.stderr.write(describeError(toRerootError(thrown)));
    return exits.launch;
  }
  const summary = summarise(options, outcome);
  process.stdout.write(tellSummary(summary));
  if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(summary, undefined, 2)}\n`);
  return summary.broken.length === 0 ? exits.held : exits.broken;
}
