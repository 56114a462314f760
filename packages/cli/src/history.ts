import { type Condition, type Detail, type Paint, printable, renderTable } from '@reroot/shared/api';
import type { Command } from 'commander';
import { type CommonOptions, chooseMesh, connect } from './connection.ts';
import { printData } from './print.ts';
import type { Shell } from './shell.ts';

/** `reroot history`: what happened, oldest first. */
export function defineHistory(verb: Command, shell: Shell): void {
  verb
    .description('show what happened to a mesh, oldest first')
    .action((_, command: Command) => runHistory(command.optsWithGlobals(), shell));
}

async function runHistory(options: CommonOptions, shell: Shell): Promise<void> {
  const client = await connect(options);
  const mesh = await chooseMesh(client, options, shell.signal);
  const conditions = await client.readHistory(mesh, shell.signal);
  await printData(shell, options, { conditions }, (detail) => renderHistory(conditions, shell.out.paint, detail));
}

function renderHistory(conditions: readonly Condition[], paint: Paint, detail: Detail): readonly string[] {
  const rotation = detail === 'wide' ? ['ROTATION'] : [];
  const heading = ['TIME', 'GENERATION', 'STATE', 'STEP', ...rotation, 'WHAT'];
  const rows = conditions.map((condition) => rowOf(condition, detail));
  const [first = '', ...others] = renderTable(heading, rows, paint);
  const errorsOf = (index: number): readonly string[] => conditions[index]?.errors ?? [];
  return [
    first,
    ...others.flatMap((row, index) => [row, ...errorsOf(index).map((error) => paint('bad', `  ${printable(error)}`))]),
  ];
}

function rowOf({ timestamp, generation, state, step, rotationId, message }: Condition, detail: Detail): { text: string }[] {
  const rotation = detail === 'wide' ? [rotationId ?? '-'] : [];
  return [timestamp, String(generation), state, step, ...rotation, message].map((text) => ({ text }));
}
