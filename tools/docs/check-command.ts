import { createWholeProgram } from '../../packages/cli/src/program.ts';
import type { Shell } from '../../packages/cli/src/shell.ts';

type Command = Awaited<ReturnType<typeof createWholeProgram>>;
type Option = Command['options'][number];

/** Nothing is written, and nothing is run. */
const silent: Shell = {
  out: { write: () => undefined, size: () => undefined, paint: (_, text) => text },
  err: { write: () => undefined, size: () => undefined, paint: (_, text) => text },
  stdin: (async function* () {})(),
  person: 'absent',
  env: {},
  user: 'ann',
  clock: { now: () => 0, sleep: () => Promise.resolve() },
  signal: new AbortController().signal,
};

/** The words that a shell makes of one simple command, up to where another begins or its output goes elsewhere. */
export function wordsOf(text: string): readonly string[] {
  const words: string[] = [];
  for (const [token, single, double] of text.matchAll(/'([^']*)'|"([^"]*)"|[^\s'"]+/g)) {
    if (['|', '>', '&&', ';'].includes(token)) break;
    words.push(single ?? double ?? token);
  }
  return words;
}

/** Has the program take a command line, without doing it. @throws what the program refuses it with */
export async function parseCommandLine(words: readonly string[]): Promise<void> {
  const program = await createWholeProgram(silent);
  for (const verb of verbsBelow(program)) verb.action(() => undefined).exitOverride();
  await program.parseAsync(words, { from: 'user' });
}

/** What of a mention, which may leave out what the sentence does not need, the program does not have; undefined where it has all. */
export async function findUnknown(words: readonly string[]): Promise<string | undefined> {
  const program = await createWholeProgram(silent);
  let verb: Command = program;
  for (const [index, word] of words.entries()) {
    if (word.startsWith('-')) {
      if (isKnown(word, [...verb.options, ...program.options])) continue;
      return word;
    }
    const next = verb.commands.find((each) => each.name() === word || each.aliases().includes(word));
    if (next !== undefined) verb = next;
    else if (verb.commands.length > 0 && word !== 'help' && /^[a-z-]+$/.test(word) && !isValue(words[index - 1])) return word;
  }
  return undefined;
}

function isKnown(word: string, options: readonly Option[]): boolean {
  const [flag = ''] = word.split(/[=,]/);
  return flag === '--help' || options.some(({ short, long }) => flag === short || flag === long);
}

function isValue(before: string | undefined): boolean {
  return before?.startsWith('-') === true;
}

function verbsBelow(program: Command): readonly Command[] {
  return program.commands.flatMap((verb) => [verb, ...verbsBelow(verb)]);
}
