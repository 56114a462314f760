import type { Command } from 'commander';
import { addClusterVerb } from './cluster-verb.ts';
import type { Shell } from './shell.ts';

/** `reroot exclude`: takes a cluster out of the gates. */
export function addExclude(program: Command, shell: Shell): void {
  addClusterVerb(program, shell, {
    name: 'exclude',
    description: 'let rotations go on without a cluster; it keeps what it holds',
    call: 'excludeCluster',
    outcome: 'is excluded: it keeps what it holds, and nothing waits for it',
  });
}
