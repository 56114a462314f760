import type { Command } from 'commander';
import { addClusterVerb } from './cluster-verb.ts';
import type { Shell } from './shell.ts';

/** `reroot include`: lets an excluded cluster come back. */
export function addInclude(program: Command, shell: Shell): void {
  addClusterVerb(program, shell, {
    name: 'include',
    description: 'let an excluded cluster come back: it is brought, step by step, to what the others hold',
    call: 'includeCluster',
    outcome: 'returns, and counts once it is proven to hold what the others hold',
  });
}
