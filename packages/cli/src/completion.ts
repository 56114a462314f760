import { Argument, type Command } from 'commander';
import type { Shell } from './shell.ts';

/** `reroot completion`: what a shell reads to complete command lines; and the verb that its script asks, which no help shows. */
export function addCompletion(program: Command, shell: Shell): void {
  program
    .command('completion')
    .description('print a script that makes a shell complete command lines of reroot')
    .addArgument(new Argument('<shell>', 'the shell that reads it when it starts').choices(['bash', 'zsh', 'fish']))
    .action(async (name: 'bash' | 'zsh' | 'fish') => {
      const { completionScripts } = await import('./completion-scripts.ts');
      shell.out.write(completionScripts[name]);
    });
  program
    .command('__complete', { hidden: true })
    .argument('[words...]')
    .action(async (words: string[]) => {
      const { complete } = await import('./complete.ts');
      for (const word of await complete(program, words, shell)) shell.out.write(`${word}\n`);
    });
}
