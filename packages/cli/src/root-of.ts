import type { Command } from 'commander';

/** The program that a verb belongs to. */
export function rootOf(verb: Command): Command {
  return verb.parent === null ? verb : rootOf(verb.parent);
}
