import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { requireWritable } from '../bench/frame/require-writable.ts';
import { WrongCall } from '../bench/frame/wrong-call.ts';
import { runCampaign } from './campaign.ts';
import { exitCodes } from './exit-codes.ts';
import { type ChaosOptions, readOptions, usage } from './options.ts';
import { bringUpLoopback, runWithOwnNamespaces } from './own-namespaces.ts';
import { makePlan } from './plan.ts';
import { reportCampaign } from './report-campaign.ts';
import { tellPlan } from './tell-plan.ts';

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof WrongCall)) throw error;
  process.stderr.write(`error: ${error.message}\nremedy: ${error.remedy}\n`);
  process.exitCode = exitCodes.options;
}

/** @returns what to end with @throws WrongCall */
async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args, () => randomInt(2 ** 31));
  if (options === undefined) {
    process.stdout.write(usage);
    return exitCodes.held;
  }
  if (options.show === 'plans') {
    showPlans(options);
    return exitCodes.held;
  }
  if (options.json !== undefined) await requireWritable('--json', options.json);
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
  const outcome = await runCampaign(options, say, interrupted.signal);
  const print = (text: string): void => void process.stdout.write(text);
  return reportCampaign(options, outcome, { print, say, ended: interrupted.signal.aborted ? 'interrupted' : 'by-itself' });
}
