import type { Command } from 'commander';
import { addExamples } from './examples.ts';
import { addSharedOptionsNote } from './help-format.ts';
import type { Shell } from './shell.ts';
import { verbs } from './verbs.ts';

const loaded = new WeakSet<Command>();

/** Gives a verb of the program what is its own, once. */
export async function loadVerb(verb: Command, shell: Shell): Promise<void> {
  const define = await verbs.find(({ name }) => name === verb.name())?.load();
  if (define === undefined || loaded.has(verb)) return;
  loaded.add(verb);
  define(verb, shell, (other) => loadVerb(other, shell));
  addSharedOptionsNote(verb);
  addExamples(verb);
}
