import { requireName } from '@reroot/shared/protocol';
import type { Command } from 'commander';
import { type CommonOptions, chooseMesh, connect } from './connection.ts';
import { printStatus, say } from './print.ts';
import type { Shell } from './shell.ts';

interface IncludeOptions extends CommonOptions {
  readonly why: string;
  readonly by?: string;
}

/** `reroot include`: lets an excluded cluster come back. */
export function addInclude(program: Command, shell: Shell): void {
  program
    .command('include')
    .description('let an excluded cluster come back: it is brought, step by step, to what the others hold')
    .argument('<cluster>', 'name of the cluster')
    .requiredOption('--why <sentence>', 'the reason, kept in the history')
    .option('--by <name>', 'who asks; defaults to your user name')
    .action((cluster: string, _, command: Command) => runInclude(cluster, command.optsWithGlobals(), shell));
}

async function runInclude(name: string, options: IncludeOptions, shell: Shell): Promise<void> {
  const cluster = requireName('cluster', name);
  const { why, by = shell.user } = options;
  const client = await connect(options);
  const mesh = await chooseMesh(client, options, shell.signal);
  const status = await client.includeCluster(mesh, cluster, { by, why }, shell.signal);
  say(shell, `cluster ${cluster} of mesh ${mesh} returns, and counts once it is proven to hold what the others hold`);
  printStatus(shell, options, status);
}
