import type { Command } from 'commander';
import { defineClusterVerb } from './cluster-verb.ts';
import type { Shell } from './shell.ts';

/** `reroot exclude`: takes a cluster out of the gates. */
export function defineExclude(verb: Command, shell: Shell): void {
  defineClusterVerb(verb, shell, {
    description: 'let rotations go on without a cluster; it keeps what it holds',
    outlook: (cluster, mesh) =>
      `From now on nothing waits for cluster ${cluster} of mesh ${mesh}. It keeps what it holds, and its traffic with the others can fail once two steps lie between them.`,
    call: 'excludeCluster',
    outcome: 'is excluded: it keeps what it holds, and nothing waits for it',
  });
}
