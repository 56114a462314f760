import type { Command } from 'commander';
import type { CommonOptions } from './connection.ts';
import { writeNewFile } from './new-file.ts';
import { printData, say } from './print.ts';
import type { Shell } from './shell.ts';

interface KeygenOptions extends CommonOptions {
  readonly out: string;
}

/** `reroot keygen`: the key by which mgmt or an agent signs its messages. */
export function defineKeygen(verb: Command, shell: Shell): void {
  verb
    .description('make an identity for mgmt or an agent; prints its public key')
    .requiredOption('--out <file>', 'file for the private key, which only you may read; must not exist')
    .action((_, command: Command) => runKeygen(command.optsWithGlobals(), shell));
}

async function runKeygen({ out, output }: KeygenOptions, shell: Shell): Promise<void> {
  const { generateIdentity } = await import('@reroot/shared/protocol');
  const { privateKeyPem, publicKeyPem } = generateIdentity();
  await writeNewFile(out, { what: 'the private key' }, (write) => write(privateKeyPem));
  say(shell, `the private key is in ${out}; the public key below goes into the other side's configuration`);
  await printData(shell, { output }, { file: out, publicKey: publicKeyPem }, () => [publicKeyPem.trimEnd()]);
}
