import { type Condition, printable, renderTable } from '@reroot/shared/api';
import type { Command } from 'commander';
import { type CommonOptions, chooseMesh, connect } from './connection.ts';
import { printJson, printLines } from './print.ts';
import type { Shell } from './shell.ts';

/** `reroot history`: what happened, oldest first. */
export function addHistory(program: Command, shell: Shell): void {
  program
    .command('history')
    .description('show what happened to a mesh, oldest first')
    .action((_, command: Command) => runHistory(command.optsWithGlobals(), shell));
}

async function runHistory(options: CommonOptions, shell: Shell): Promise<void> {
  const client = await connect(options);
  const mesh = await chooseMesh(client, options, shell.signal);
  const conditions = await client.readHistory(mesh, shell.signal);
  if (options.output === 'json') {
    printJson(shell, { conditions });
    return;
  }
  const { paint } = shell.out;
  const [heading = '', ...rows] = renderTable(['TIME', 'GENERATION', 'STATE', 'STEP', 'WHAT'], conditions.map(rowOf), paint);
  printLines(shell, [
    heading,
    ...rows.flatMap((row, index) => [
      row,
      ...(conditions[index]?.errors ?? []).map((error) => paint('bad', `  ${printable(error)}`)),
    ]),
  ]);
}

function rowOf({ timestamp, generation, state, step, message }: Condition): { text: string }[] {
  return [timestamp, String(generation), state, step, message].map((text) => ({ text }));
}
