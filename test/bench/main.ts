import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Bench, Ratio } from './bench.ts';

const ending = '.bench.ts';
const names = globSync(`*${ending}`, { cwd: import.meta.dirname })
  .map((file) => basename(file, ending))
  .toSorted();

/** Runs the benchmarks of these names. Gives their ratios by name. */
async function runBenches(chosen: readonly string[]): Promise<Record<string, readonly Ratio[]>> {
  const results: Record<string, readonly Ratio[]> = {};
  for (const name of chosen) {
    const { default: bench } = (await import(join(import.meta.dirname, `${name}${ending}`))) as { default: Bench };
    process.stderr.write(`» ${name}: ${bench.about}\n`);
    const ratios = await bench.measure();
    for (const { what, plainMs, oursMs, ratio } of ratios) {
      process.stderr.write(`  ${`${ratio.toFixed(2)}×`.padStart(8)}  ${what} (${inMs(plainMs)} / ${inMs(oursMs)})\n`);
    }
    results[name] = ratios;
  }
  return results;
}

function inMs(ms: number): string {
  return ms < 1 ? `${(ms * 1_000).toFixed(1)} µs` : `${ms.toFixed(1)} ms`;
}

const { values, positionals } = parseArgs({
  options: { output: { type: 'string', short: 'o', default: 'text' } },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`error: there is no benchmark ${unknown.join(', ')}\nremedy: choose from ${names.join(', ')}\n`);
  process.exitCode = 2;
} else {
  const results = await runBenches(positionals.length > 0 ? positionals : names);
  if (values.output === 'json') process.stdout.write(`${JSON.stringify(results)}\n`);
}
