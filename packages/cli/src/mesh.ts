import type { Command } from 'commander';
import { defineMeshAdopt } from './mesh-adopt.ts';
import type { Shell } from './shell.ts';

/** `reroot mesh`: what concerns a mesh as a whole. */
export function defineMesh(verb: Command, shell: Shell): void {
  verb.description('take clusters that have a CA already into a mesh');
  defineMeshAdopt(verb.command('adopt'), shell);
}
