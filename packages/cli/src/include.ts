import type { Command } from 'commander';
import { defineClusterVerb } from './cluster-verb.ts';
import type { Shell } from './shell.ts';

/** `reroot include`: lets an excluded cluster come back. */
export function defineInclude(verb: Command, shell: Shell): void {
  defineClusterVerb(verb, shell, {
    description: 'let an excluded cluster come back: it is brought, step by step, to what the others hold',
    outlook: (cluster, mesh) =>
      `This brings cluster ${cluster} of mesh ${mesh} back, one compatible step after the other, to what the others hold.`,
    call: 'includeCluster',
    outcome: 'returns, and counts once it is proven to hold what the others hold',
  });
}
