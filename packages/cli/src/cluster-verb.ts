import type { ApiClient } from '@reroot/shared/api';
import { requireName } from '@reroot/shared/name';
import type { Command } from 'commander';
import { type CommonOptions, chooseMesh, connect } from './connection.ts';
import { printStatus, say } from './print.ts';
import type { Shell } from './shell.ts';

/** A verb by which an operator acts on one cluster, and gives a reason. */
export interface ClusterVerb {
  readonly description: string;
  readonly call: keyof Pick<ApiClient, 'excludeCluster' | 'includeCluster'>;
  /** What has come of it, after the cluster and its mesh were named. */
  readonly outcome: string;
}

interface ActOptions extends CommonOptions {
  readonly why: string;
  readonly by?: string;
}

/** Gives the verb what it takes. */
export function defineClusterVerb(verb: Command, shell: Shell, act: ClusterVerb): void {
  verb
    .description(act.description)
    .argument('<cluster>', 'name of the cluster')
    .requiredOption('--why <sentence>', 'the reason, kept in the history')
    .option('--by <name>', 'who asks; defaults to your user name')
    .action((cluster: string, _, command: Command) => runClusterVerb(act, cluster, command.optsWithGlobals(), shell));
}

async function runClusterVerb({ call, outcome }: ClusterVerb, name: string, options: ActOptions, shell: Shell): Promise<void> {
  const cluster = requireName('cluster', name);
  const { why, by = shell.user } = options;
  const client = await connect(options);
  const mesh = await chooseMesh(client, options, shell.signal);
  const status = await client[call](mesh, cluster, { by, why }, shell.signal);
  say(shell, `cluster ${cluster} of mesh ${mesh} ${outcome}`);
  await printStatus(shell, options, status);
}
