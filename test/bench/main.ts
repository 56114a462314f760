import { globSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Bench, Result } from './bench.ts';

const ending = '.bench.ts';
const names = globSync(`*${ending}`, { cwd: import.meta.dirname })
  .map((file) => basename(file, ending))
  .toSorted();

/** Runs the benchmarks of these names. Gives their results by name. */
async function runBenches(chosen: readonly string[]): Promise<Record<string, readonly Result[]>> {
  const results: Record<string, readonly Result[]> = {};
  for (const name of chosen) {
    const { default: bench } = (await import(join(import.meta.dirname, `${name}${ending}`))) as { default: Bench };
    process.stderr.write(`» ${name}: ${bench.about}\n`);
    const found = await bench.measure();
    for (const result of found) process.stderr.write(`  ${lineOf(result)}\n`);
    results[name] = found;
  }
  return results;
}

function lineOf(result: Result): string {
  if ('value' in result) {
    const { what, value, unit, limit } = result;
    const amount = value >= 100 ? value.toFixed(0) : value.toFixed(2);
    return `${`${amount} ${unit}`.padStart(14)}  ${what}${limit === undefined ? '' : ` (limit ${limit}${value > limit ? ', missed' : ''})`}`;
  }
  const { what, plainMs, oursMs, ratio, goal, spread } = result;
  const facts = [`${inMs(plainMs)} / ${inMs(oursMs)}`, ...(spread === undefined ? [] : [`spread ${spread.toFixed(2)}`])];
  return `${`${ratio.toFixed(2)}×`.padStart(14)}  ${what} (${facts.join(', ')})${goal === undefined ? '' : `, goal ${goal}${ratio < goal ? ', missed' : ''}`}`;
}

function inMs(ms: number): string {
  return ms < 1 ? `${(ms * 1_000).toFixed(1)} µs` : `${ms.toFixed(1)} ms`;
}

/** What the figures were measured on. */
function describeMachine(): Record<string, unknown> {
  const [first] = cpus();
  return {
    cpu: first?.model ?? 'unknown',
    cores: availableParallelism(),
    node: process.version,
    opensslOfNode: process.versions.openssl,
  };
}

const { values, positionals } = parseArgs({
  options: { output: { type: 'string', short: 'o', default: 'text' }, json: { type: 'string' } },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`error: there is no benchmark ${unknown.join(', ')}\nremedy: choose from ${names.join(', ')}\n`);
  process.exitCode = 2;
} else {
  const report = { machine: describeMachine(), results: await runBenches(positionals.length > 0 ? positionals : names) };
  if (values.output === 'json') process.stdout.write(`${JSON.stringify(report)}\n`);
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(report, undefined, 2)}\n`);
}
