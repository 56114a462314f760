import { renderMatrix, renderPair } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import type { Command } from 'commander';
import { type CommonOptions, chooseMesh, connect } from './connection.ts';
import { printData } from './print.ts';
import type { Shell } from './shell.ts';

interface MatrixOptions extends CommonOptions {
  readonly from?: string;
  readonly to?: string;
  readonly projected?: true;
}

/** `reroot matrix`: who would accept whom. */
export function defineMatrix(verb: Command, shell: Shell): void {
  verb
    .description('show which clusters accept the leaves of which, now or while the next step is put in force')
    .option('--from <cluster>', 'explain one pair: the cluster that shows its leaves; needs --to')
    .option('--to <cluster>', 'the cluster that verifies them; needs --from')
    .option('--projected', 'as it will be while the next step is put in force; -o json holds both')
    .action((_, command: Command) => runMatrix(command.optsWithGlobals(), shell));
}

/** @throws RR_OPTION_INVALID when one side of a pair is named without the other; what mgmt answers */
async function runMatrix(options: MatrixOptions, shell: Shell): Promise<void> {
  const { from, to, projected, output } = options;
  if ((from === undefined) !== (to === undefined)) {
    throw new RerootError('RR_OPTION_INVALID', 'of --from and --to one is given without the other');
  }
  const client = await connect(options);
  const mesh = await chooseMesh(client, options, shell.signal);
  const { paint } = shell.out;
  if (from !== undefined && to !== undefined) {
    const pair = await client.readTrustPair(mesh, from, to, shell.signal);
    await printData(shell, { output }, pair, () => renderPair(pair, paint));
    return;
  }
  const matrix = await client.readMatrix(mesh, shell.signal);
  await printData(shell, { output }, matrix, () => renderMatrix(matrix, projected === true ? 'projected' : 'present', paint));
}
