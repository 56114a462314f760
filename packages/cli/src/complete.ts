import type { Command, Option } from 'commander';
import { namesOf } from './complete-names.ts';
import type { Shell } from './shell.ts';
import { useContext } from './use-context.ts';
import type { LoadVerb } from './verb.ts';

/** Where on a command line somebody is. */
interface Place {
  readonly verb: Command;
  /** Operands of the verb so far. */
  readonly operands: number;
  /** The option whose value comes next, if one does. */
  readonly awaiting: Option | undefined;
}

/**
 * Completes the last of the words of a command line, without the name of the program. What a server is asked for it is asked for a
 * short while; what goes wrong is not said, for nobody could read it there.
 */
export async function complete(
  program: Command,
  words: readonly string[],
  shell: Shell,
  load: LoadVerb,
): Promise<readonly string[]> {
  const partial = words.at(-1) ?? '';
  try {
    const place = await walk(program, words.slice(0, -1), load);
    const names = (what: string): Promise<readonly string[]> =>
      useContext(program, place.verb, shell).then(() => namesOf(what, program.opts(), shell));
    const found = await candidates(place, partial, names);
    return found.filter((word) => word.startsWith(partial) && isHarmless(word));
  } catch {
    return [];
  }
}

/** A shell may do with it what it likes. */
function isHarmless(word: string): boolean {
  return /^[\w.,:=@/+-]+$/.test(word);
}

type Names = (what: string) => Promise<readonly string[]>;

async function candidates({ verb, operands, awaiting }: Place, partial: string, names: Names): Promise<readonly string[]> {
  if (awaiting !== undefined && !(awaiting.optional && partial.startsWith('-'))) return valuesOf(awaiting, names);
  const [flag = '', value] = partial.split('=', 2);
  if (flag.startsWith('-')) {
    const option = value === undefined ? undefined : optionOf(verb, flag);
    if (option !== undefined) return (await valuesOf(option, names)).map((each) => `${flag}=${each}`);
    return optionsOf(verb).flatMap(({ long, hidden }) => (long === undefined || hidden ? [] : [long]));
  }
  if (verb.commands.length > 0 && operands === 0)
    return verb
      .createHelp()
      .visibleCommands(verb)
      .map((each) => each.name());
  const all = verb.registeredArguments;
  const argument = all[operands] ?? (all.at(-1)?.variadic === true ? all.at(-1) : undefined);
  if (argument === undefined) return [];
  return argument.argChoices ?? names(`${verb.name()} ${argument.name()}`);
}

async function walk(program: Command, words: readonly string[], load: LoadVerb): Promise<Place> {
  let place: Place = { verb: program, operands: 0, awaiting: undefined };
  for (const word of words) {
    const next = step(program, place, word);
    if (next.verb.parent === program && next.verb !== place.verb) await load(next.verb);
    place = next;
  }
  return place;
}

function step(program: Command, { verb, operands, awaiting }: Place, word: string): Place {
  const isFlag = word.startsWith('-') && word !== '-';
  if (awaiting !== undefined && !(awaiting.optional && isFlag)) {
    take(program, awaiting, word);
    return { verb, operands, awaiting: undefined };
  }
  if (isFlag) {
    const [flag = '', value] = word.split('=', 2);
    const option = optionOf(verb, flag);
    if (option !== undefined && value !== undefined) take(program, option, value);
    const takesMore = option !== undefined && value === undefined && (option.required || option.optional);
    return { verb, operands, awaiting: takesMore ? option : undefined };
  }
  const next = operands === 0 ? verb.commands.find((each) => each.name() === word) : undefined;
  return next === undefined
    ? { verb, operands: operands + 1, awaiting: undefined }
    : { verb: next, operands: 0, awaiting: undefined };
}

/** Which server is asked, and as whom, stands before the cursor. */
function take(program: Command, option: Option, value: string): void {
  if (program.options.includes(option)) program.setOptionValueWithSource(option.attributeName(), value, 'cli');
}

async function valuesOf(option: Option, names: Names): Promise<readonly string[]> {
  return option.argChoices ?? names(option.attributeName());
}

function optionOf(verb: Command, flag: string): Option | undefined {
  return optionsOf(verb).find(({ long, short }) => flag === long || flag === short);
}

/** Its own, and those of every verb above it. */
function optionsOf(verb: Command): readonly Option[] {
  return [...verb.createHelp().visibleOptions(verb), ...(verb.parent === null ? [] : optionsOf(verb.parent))];
}
