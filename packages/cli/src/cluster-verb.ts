import type { ApiClient } from '@reroot/shared/api';
import { requireName } from '@reroot/shared/name';
import type { Command } from 'commander';
import { type ActOptions, addActOptions } from './act-options.ts';
import { confirmAct } from './confirm-act.ts';
import { chooseMesh, connect } from './connection.ts';
import { printStatus, say } from './print.ts';
import type { Shell } from './shell.ts';

/** A verb by which an operator acts on one cluster, and gives a reason. */
export interface ClusterVerb {
  readonly description: string;
  readonly call: keyof Pick<ApiClient, 'excludeCluster' | 'includeCluster'>;
  /** What it will do to the cluster and its mesh, for whoever is asked. */
  readonly outlook: (cluster: string, mesh: string) => string;
  /** What has come of it, after the cluster and its mesh were named. */
  readonly outcome: string;
}

/** Gives the verb what it takes. */
export function defineClusterVerb(verb: Command, shell: Shell, act: ClusterVerb): void {
  addActOptions(verb)
    .description(act.description)
    .argument('<cluster>', 'name of the cluster')
    .action((cluster: string, _, command: Command) => runClusterVerb(act, cluster, command.optsWithGlobals(), shell));
}

async function runClusterVerb(
  { call, outlook, outcome }: ClusterVerb,
  name: string,
  options: ActOptions,
  shell: Shell,
): Promise<void> {
  const cluster = requireName('cluster', name);
  const { why, by = shell.user } = options;
  const client = await connect(options);
  const mesh = await chooseMesh(client, options, shell.signal);
  await confirmAct(outlook(cluster, mesh), options, shell);
  const status = await client[call](mesh, cluster, { by, why }, shell.signal);
  say(shell, `cluster ${cluster} of mesh ${mesh} ${outcome}`);
  await printStatus(shell, options, status);
}
