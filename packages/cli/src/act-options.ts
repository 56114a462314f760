import { type Command, Option } from 'commander';
import type { CommonOptions } from './connection.ts';

/** What every act of an operator is told. */
export interface ActOptions extends CommonOptions {
  readonly why: string;
  readonly by?: string;
  readonly yes?: true;
}

/** Who is recorded, for every verb that changes something or has something done. */
export function byOption(): Option {
  return new Option('--by <name>', 'who asks; defaults to your user name');
}

/** For every verb that asks first on a terminal. */
export function yesOption(): Option {
  return new Option('--yes', 'do not ask on a terminal; elsewhere nobody is asked');
}

/** Gives a verb what every act of an operator takes. */
export function addActOptions(verb: Command): Command {
  return verb.requiredOption('--why <sentence>', 'the reason, kept in the history').addOption(byOption()).addOption(yesOption());
}
