import type { Command } from 'commander';
import type { CommonOptions } from './connection.ts';
import type { Shell } from './shell.ts';

/** `reroot explain`: what a code or a reason means; asks no server. */
export function defineExplain(verb: Command, shell: Shell): void {
  verb
    .description(
      'say what an error code, the reason of a gate or an alarm, a kind of drift, a loss, a move, a check of preflight or a rule means, and what to do',
    )
    .argument('[name]', 'the code or reason; all of them are listed where none is named')
    .action(async (name: string | undefined, _, command: Command) => {
      const { runExplain } = await import('./explanations.ts');
      await runExplain(name, command.optsWithGlobals<CommonOptions>(), shell);
    });
}
