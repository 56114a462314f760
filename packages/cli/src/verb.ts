import type { Command } from 'commander';
import type { Shell } from './shell.ts';

/** Gives a verb of the program what is its own, once. */
export type LoadVerb = (verb: Command) => Promise<void>;

/** Gives a verb its options, and what it does. `load` is for those that look at other verbs. */
export type DefineVerb = (verb: Command, shell: Shell, load: LoadVerb) => void;
