import type { Command } from 'commander';
import type { CommonOptions } from './connection.ts';
import type { AddContextOptions } from './context-acts.ts';
import { rootOf } from './root-of.ts';
import type { Shell } from './shell.ts';

/**
 * `reroot context`: servers and how they are asked, kept under names. What it runs is imported only then: YAML and its schema take
 * a tenth of a second to load.
 */
export function defineContext(verb: Command, shell: Shell): void {
  verb.description('keep servers, and how they are asked, under names');
  const acts = () => import('./context-acts.ts');
  verb
    .command('list')
    .description('show every context; * marks the one that is used where none is named')
    .action(async (_, command: Command) => (await acts()).runListContexts(command.optsWithGlobals<CommonOptions>(), shell));
  verb
    .command('show')
    .description('show one context; the current one where none is named')
    .argument('[name]', 'name of the context')
    .action(async (name: string | undefined, _, command: Command) =>
      (await acts()).runShowContext(name, command.optsWithGlobals<CommonOptions>(), shell),
    );
  verb
    .command('use')
    .description('use a context from now on, where none is named')
    .argument('<name>', 'name of the context')
    .action(async (name: string) => (await acts()).runUseContext(name, shell));
  verb
    .command('add')
    .description('keep what --server, --mesh and the options of files say under a name; the first one is used from now on')
    .argument('<name>', 'name of the context')
    .option('--replace', 'take the place of one that has the name already')
    .option('--use', 'use it from now on')
    .action(async (name: string, _, command: Command) =>
      (await acts()).runAddContext(name, command.optsWithGlobals<AddContextOptions>(), isServerNamed(command), shell),
    );
  verb
    .command('remove')
    .description('forget a context; its files stay')
    .argument('<name>', 'name of the context')
    .action(async (name: string) => (await acts()).runRemoveContext(name, shell));
}

function isServerNamed(command: Command): boolean {
  return rootOf(command).getOptionValueSource('server') !== 'default';
}
