import type { Command } from 'commander';
import { defineMeshAdopt } from './mesh-adopt.ts';
import { defineMeshImport } from './mesh-import.ts';
import type { Shell } from './shell.ts';

/** `reroot mesh`: what concerns a mesh as a whole. */
export function defineMesh(verb: Command, shell: Shell): void {
  verb.description('take clusters that have a CA already into a mesh, and meshes from elsewhere');
  defineMeshAdopt(verb.command('adopt'), shell);
  defineMeshImport(verb.command('import'), shell);
}
