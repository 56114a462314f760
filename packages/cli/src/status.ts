import type { ApiClient, MeshStatus } from '@reroot/shared/api';
import type { Command } from 'commander';
import { type CommonOptions, chooseMesh, connect } from './connection.ts';
import { followMesh, noStreamText } from './follow.ts';
import { prepareLiveWatch } from './live-watch.ts';
import { createLossNote } from './loss-note.ts';
import { createPlainProgress } from './plain-progress.ts';
import { isDocument, printDocument, printStatus } from './print.ts';
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
  await watch(client, mesh, options, shell);
}

async function watch(client: ApiClient, mesh: string, options: StatusOptions, shell: Shell): Promise<void> {
  const { clock, signal } = shell;
  const { output } = options;
  // What is said beside a table that is redrawn must not stand in its way; beside data it goes to stderr.
  const progress = isDocument(output) ? undefined : createProgress(shell.out, clock, output);
  const show = isDocument(output) ? showDocuments(shell, output) : async (status: MeshStatus) => progress?.show(status);
  const words = progress !== undefined && shell.out.size() !== undefined ? progress : createPlainProgress(shell.err, clock);
  const loss = createLossNote(words);
  try {
    for await (const status of followMesh({
      ...{ client, mesh, clock, signal, intervalMs: watchIntervalMs },
      openLive: await prepareLiveWatch(options),
      onLost: (error) => loss.lost(error),
      onNoStream: (why) => words.happened(noStreamText(why)),
    })) {
      loss.found();
      await show(status);
    }
  } catch (thrown) {
    // Being interrupted is how it ends, and all of what it was asked for.
    if (!signal.aborted) throw thrown;
  }
}

function showDocuments(shell: Shell, output: 'json' | 'yaml'): (status: MeshStatus) => Promise<void> {
  let last = '';
  return async (status) => {
    const text = JSON.stringify(status);
    if (text !== last) await printDocument(shell, output, status);
    last = text;
  };
}
