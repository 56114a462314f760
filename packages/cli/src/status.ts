import type { Detail, MeshStatus } from '@reroot/shared/api';
import type { Command } from 'commander';
import { type CommonOptions, chooseMesh, connect } from './connection.ts';
import { followMesh } from './follow.ts';
import { prepareLiveWatch } from './live-watch.ts';
import { isDocument, printDocument, printStatus, say } from './print.ts';
import { createProgress } from './progress.ts';
import type { Shell } from './shell.ts';

interface StatusOptions extends CommonOptions {
  readonly watch?: true;
}

const watchIntervalMs = 1_000;

/** `reroot status`: one mesh, cluster by cluster. */
export function defineStatus(verb: Command, shell: Shell): void {
  verb
    .description('show a mesh: its step, what it waits for, its roots, the evidence of each cluster')
    .option('-w, --watch', 'go on showing it until interrupted; with -o json or yaml one document a line for each change')
    .action((_, command: Command) => runStatus(command.optsWithGlobals(), shell));
}

async function runStatus(options: StatusOptions, shell: Shell): Promise<void> {
  const client = await connect(options);
  const mesh = await chooseMesh(client, options, shell.signal);
  if (options.watch === undefined) {
    await printStatus(shell, options, await client.readMesh(mesh, shell.signal));
    return;
  }
  const { clock, signal } = shell;
  const show = isDocument(options.output) ? showDocuments(shell, options.output) : showTable(shell, options.output);
  const onLost = (error: Error): void => {
    say(shell, `${error.message}; trying again`);
  };
  const openLive = await prepareLiveWatch(options);
  for await (const status of followMesh({ client, mesh, clock, signal, intervalMs: watchIntervalMs, onLost, openLive }))
    await show(status);
}

function showTable(shell: Shell, detail: Detail): (status: MeshStatus) => Promise<void> {
  const progress = createProgress(shell.out, shell.clock, detail);
  return async (status) => progress.show(status);
}

function showDocuments(shell: Shell, output: 'json' | 'yaml'): (status: MeshStatus) => Promise<void> {
  let last = '';
  return async (status) => {
    const text = JSON.stringify(status);
    if (text !== last) await printDocument(shell, output, status);
    last = text;
  };
}
