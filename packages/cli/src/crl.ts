import type { Command } from 'commander';
import { type CommonOptions, chooseMesh, connect } from './connection.ts';
import { printData, say } from './print.ts';
import type { Shell } from './shell.ts';

/** `reroot crl`: a revocation list for verifiers outside of the mesh. */
export function defineCrl(verb: Command, shell: Shell): void {
  verb
    .description('print a list, in PEM, that revokes every intermediate of the root that the mesh has left; installs nothing')
    .action((_, command: Command) => runCrl(command.optsWithGlobals(), shell));
}

async function runCrl(options: CommonOptions, shell: Shell): Promise<void> {
  const client = await connect(options);
  const mesh = await chooseMesh(client, options, shell.signal);
  const crl = await client.readCrl(mesh, shell.signal);
  const { root, revoked, nextUpdate, stillUsedBy, pem } = crl;
  say(shell, `intermediates of root ${root} that are revoked: ${revoked.length}; the list is good until ${nextUpdate}`);
  if (stillUsedBy.length > 0) {
    say(
      shell,
      `warning: these clusters still use the root, and whoever goes by the list refuses them: ${stillUsedBy.join(', ')}`,
    );
  }
  await printData(shell, options, crl, () => [pem.trimEnd()]);
}
