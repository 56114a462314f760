import { type Command, Option } from 'commander';

/** Where an export goes. */
export interface OutOptions {
  readonly out?: string;
  /** What --out was called before. */
  readonly file?: string;
}

/** Adds the option of a verb that exports. */
export function addOutOption(verb: Command, description: string): Command {
  return verb.addOption(new Option('--out <file>', description)).addOption(new Option('--file <file>').hideHelp());
}

/** The file that was named; undefined where none was. */
export function chosenOut({ out, file }: OutOptions): string | undefined {
  return out ?? file;
}
