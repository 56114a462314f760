import { requireName } from '@reroot/shared/protocol';
import type { Command } from 'commander';
import { type CommonOptions, chooseMesh, connect } from './connection.ts';
import { printStatus, say } from './print.ts';
import type { Shell } from './shell.ts';

interface ExcludeOptions extends CommonOptions {
  readonly why: string;
  readonly by?: string;
}

/** `reroot exclude`: takes a cluster out of the gates. */
export function addExclude(program: Command, shell: Shell): void {
  program
    .command('exclude')
    .description('let rotations go on without a cluster; it keeps what it holds')
    .argument('<cluster>', 'name of the cluster')
    .requiredOption('--why <sentence>', 'the reason, kept in the history')
    .option('--by <name>', 'who asks; defaults to your user name')
    .action((cluster: string, _, command: Command) => runExclude(cluster, command.optsWithGlobals(), shell));
}

async function runExclude(name: string, options: ExcludeOptions, shell: Shell): Promise<void> {
  const cluster = requireName('cluster', name);
  const { why, by = shell.user } = options;
  const client = await connect(options);
  const mesh = await chooseMesh(client, options, shell.signal);
  const status = await client.excludeCluster(mesh, cluster, { by, why }, shell.signal);
  say(shell, `cluster ${cluster} of mesh ${mesh} is excluded: it keeps what it holds, and nothing waits for it`);
  printStatus(shell, options, status);
}
