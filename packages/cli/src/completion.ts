import { Argument, type Command } from 'commander';
import { rootOf } from './root-of.ts';
import type { Shell } from './shell.ts';
import type { LoadVerb } from './verb.ts';

/** `reroot completion`: what a shell reads to complete command lines. */
export function defineCompletion(verb: Command, shell: Shell): void {
  verb
    .description('print a script that makes a shell complete command lines of reroot')
    .addArgument(new Argument('<shell>', 'the shell that reads it when it starts').choices(['bash', 'zsh', 'fish']))
    .action(async (name: 'bash' | 'zsh' | 'fish') => {
      const { completionScripts } = await import('./completion-scripts.ts');
      shell.out.write(completionScripts[name]);
    });
}

/** `reroot __complete`: what the script asks. */
export function defineComplete(verb: Command, shell: Shell, load: LoadVerb): void {
  verb.argument('[words...]').action(async (words: string[], _, command: Command) => {
    const { complete } = await import('./complete.ts');
    for (const word of await complete(rootOf(command), words, shell, load)) shell.out.write(`${word}\n`);
  });
}
