import type { Command } from 'commander';
import { addMeshAdopt } from './mesh-adopt.ts';
import type { Shell } from './shell.ts';

/** `reroot mesh`: what concerns a mesh as a whole. */
export function addMesh(program: Command, shell: Shell): void {
  const mesh = program.command('mesh').description('take clusters that have a CA already into a mesh');
  addMeshAdopt(mesh, shell);
}
