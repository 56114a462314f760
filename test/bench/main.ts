import { globSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { errorMessage } from '@reroot/shared/errors';
import type { Bench } from './frame/bench.ts';
import type { BenchDocument } from './frame/document.ts';
import { chooseParams, type ParamsAsk, unknownParams } from './frame/params.ts';
import { requireWritable } from './frame/require-writable.ts';
import { runBench } from './frame/run-bench.ts';
import { renderTable } from './frame/table.ts';
import { WrongCall } from './frame/wrong-call.ts';

const usage = `usage: ./dev bench [NAME...] [--json FILE] [-o text|json] [--set NAME=VALUE]... [--long] [--list]

  NAME              one or several of those that --list names; all of them when none is named
  --json FILE       writes one document for one bench, an array of documents for several; after each bench anew
  -o json           prints the same on stdout, in place of the tables
  --set NAME=VALUE  another value for a parameter, for example --set links=100; commas make a list
  --long            the parameters of a long run, where a bench has some
  --list            names the benches with their parameters

exit codes: 0 measured, and all goals met; 1 measured, and a goal missed; 2 wrong arguments; 3 a bench could not be measured;
130 interrupted, by Ctrl-C for example
docs/performance.md says how it is measured, and what the fields of a document are
`;

const ending = '.bench.ts';
const exitCodes = { met: 0, missed: 1, usage: 2, failed: 3, interrupted: 130 } as const;
const seeHelp = './dev bench --help says what it takes';
const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

interface Named {
  readonly name: string;
  readonly bench: Bench;
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        output: { type: 'string', short: 'o', default: 'text' },
        json: { type: 'string' },
        set: { type: 'string', multiple: true, default: [] },
        long: { type: 'boolean', default: false },
        list: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
      allowPositionals: true,
    });
  } catch (error) {
    throw new WrongCall(errorMessage(error), seeHelp);
  }
}

/** The benches of these names, or all. Only those are loaded, for some start to work as they are. */
async function loadBenches(chosen: readonly string[]): Promise<readonly Named[]> {
  const names = globSync(`*${ending}`, { cwd: import.meta.dirname })
    .map((file) => basename(file, ending))
    .toSorted();
  const unknown = chosen.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new WrongCall(`there is no benchmark ${unknown.join(', ')}`, `choose from ${names.join(', ')}`);
  }
  return Promise.all(
    (chosen.length > 0 ? chosen : names).map(async (name) => {
      const { default: bench } = (await import(join(import.meta.dirname, `${name}${ending}`))) as { default: Bench };
      return { name, bench };
    }),
  );
}

function list(benches: readonly Named[], ask: ParamsAsk): string {
  return benches
    .map(({ name, bench }) => {
      const params = Object.entries(chooseParams(bench, ask)).map(([key, value]) => `\n    ${key}=${[value].flat().join(',')}`);
      return `${name}: ${bench.about}${params.join('')}\n`;
    })
    .join('');
}

/** Gives what to end with. A bench that fails does not keep the others from being measured. */
async function main(): Promise<number> {
  const { values, positionals } = readOptions();
  if (values.help) {
    process.stdout.write(usage);
    return exitCodes.met;
  }
  if (values.output !== 'text' && values.output !== 'json') {
    throw new WrongCall(`-o ${values.output} is no form of output`, 'write -o text or -o json');
  }
  const ask: ParamsAsk = { form: values.long ? 'long' : 'usual', set: values.set };
  const benches = await loadBenches(positionals);
  const unknown = unknownParams(
    benches.map(({ bench }) => bench),
    ask,
  );
  if (unknown.length > 0) {
    const names = benches.map(({ name }) => name).join(' ');
    throw new WrongCall(
      `--set ${unknown.join(', ')}: no bench that was named has it`,
      `./dev bench ${names} --list names what they have`,
    );
  }
  const prepared = benches.map((each) => ({ ...each, params: chooseParams(each.bench, ask) }));
  if (values.list) {
    process.stdout.write(list(benches, ask));
    return exitCodes.met;
  }
  if (values.json !== undefined) await requireWritable('--json', values.json);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort(new Error('interrupted')));
  const isInterrupted = (): boolean => stop.signal.aborted;
  const documents: BenchDocument[] = [];
  const failed: string[] = [];
  const text = (): string => JSON.stringify(prepared.length === 1 ? documents[0] : documents, undefined, 2);
  for (const each of prepared) {
    if (isInterrupted()) break;
    try {
      const document = await runBench({ ...each, signal: stop.signal, say });
      documents.push(document);
      if (values.output === 'text') process.stdout.write(`${renderTable(document)}\n\n`);
      if (values.json !== undefined) await writeFile(values.json, `${text()}\n`);
    } catch (error) {
      if (isInterrupted()) {
        say(`interrupted: ${each.name} was not measured to its end`);
        break;
      }
      failed.push(each.name);
      say(
        `error: ${each.name} could not be measured: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
    }
  }
  if (values.output === 'json' && documents.length > 0) process.stdout.write(`${text()}\n`);
  return sumUp(documents, failed, stop.signal);
}

function sumUp(documents: readonly BenchDocument[], failed: readonly string[], { aborted }: AbortSignal): number {
  const missed = documents.flatMap(({ name, results }) =>
    results.filter(({ met }) => met === false).map(({ metric }) => `${name}: ${metric}`),
  );
  for (const each of missed) say(`missed: ${each}`);
  if (aborted) return exitCodes.interrupted;
  if (failed.length > 0) return exitCodes.failed;
  return missed.length > 0 ? exitCodes.missed : exitCodes.met;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof WrongCall)) throw error;
  say(`error: ${error.message}\nremedy: ${error.remedy}`);
  process.exitCode = exitCodes.usage;
}
