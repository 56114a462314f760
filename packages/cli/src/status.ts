import type { Command } from 'commander';
import { type CommonOptions, chooseMesh, connect } from './connection.ts';
import { followMesh } from './follow.ts';
import { printStatus, say } from './print.ts';
import { createProgress, type Progress } from './progress.ts';
import type { Shell } from './shell.ts';

interface StatusOptions extends CommonOptions {
  readonly watch?: true;
}

const watchIntervalMs = 1_000;

/** `reroot status`: one mesh, cluster by cluster. */
export function addStatus(program: Command, shell: Shell): void {
  program
    .command('status')
    .description('show a mesh: its step, what it waits for, its roots, the evidence of each cluster')
    .option('-w, --watch', 'go on showing it until interrupted; with -o json one document a line for each change')
    .action((_, command: Command) => runStatus(command.optsWithGlobals(), shell));
}

async function runStatus(options: StatusOptions, shell: Shell): Promise<void> {
  const client = await connect(options);
  const mesh = await chooseMesh(client, options, shell.signal);
  if (options.watch === undefined) {
    printStatus(shell, options, await client.readMesh(mesh, shell.signal));
    return;
  }
  const { clock, signal } = shell;
  const progress = options.output === 'json' ? createJsonLines(shell) : createProgress(shell.out, clock);
  const onLost = (error: Error): void => {
    say(shell, `${error.message}; trying again`);
  };
  for await (const status of followMesh({ client, mesh, clock, signal, intervalMs: watchIntervalMs, onLost }))
    progress.show(status);
}

function createJsonLines(shell: Shell): Pick<Progress, 'show'> {
  let last = '';
  return {
    show: (status) => {
      const line = JSON.stringify(status);
      if (line !== last) shell.out.write(`${line}\n`);
      last = line;
    },
  };
}
