import { renderProofs } from '@reroot/shared/api';
import type { Command } from 'commander';
import { type CommonOptions, chooseMesh, connect } from './connection.ts';
import { printData } from './print.ts';
import { printProof } from './prove.ts';
import type { Shell } from './shell.ts';

/** `reroot proofs`: what was proven of a mesh. */
export function defineProofs(verb: Command, shell: Shell): void {
  verb
    .description('show what was proven of a mesh, newest first; or one proof')
    .argument('[id]', 'the proof to show; with -o json also what each check rests on')
    .action((id: string | undefined, _, command: Command) => runProofs(id, command.optsWithGlobals(), shell));
}

async function runProofs(id: string | undefined, options: CommonOptions, shell: Shell): Promise<void> {
  const client = await connect(options);
  const mesh = await chooseMesh(client, options, shell.signal);
  if (id !== undefined) {
    await printProof(shell, options, await client.readProof(mesh, id, shell.signal));
    return;
  }
  const proofs = await client.listProofs(mesh, shell.signal);
  await printData(shell, options, { proofs }, () => renderProofs(proofs, shell.out.paint));
}
