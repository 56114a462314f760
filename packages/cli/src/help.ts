import { RerootError } from '@reroot/shared/errors';
import type { Command } from 'commander';
import { rootOf } from './root-of.ts';
import type { Shell } from './shell.ts';
import type { LoadVerb } from './verb.ts';

/** `reroot help`: how a verb is used, also one below another. */
export function defineHelp(verb: Command, _: Shell, load: LoadVerb): void {
  verb
    .description('show how a verb is used')
    .argument('[verb...]', 'words of the verb')
    .action(async (words: string[], _options, command: Command) => {
      (await findVerb(rootOf(command), words, load)).help();
    });
}

/** @throws RR_OPTION_INVALID */
async function findVerb(program: Command, words: readonly string[], load: LoadVerb): Promise<Command> {
  let place = program;
  for (const word of words) {
    const next = place.commands.find((each) => each.name() === word);
    if (next === undefined) throw unknownVerb(words.join(' '));
    if (place === program) await load(next);
    place = next;
  }
  return place;
}

function unknownVerb(words: string): RerootError {
  return new RerootError('RR_OPTION_INVALID', `there is no verb ${words}`, { remedy: '`reroot help` shows all of them' });
}
