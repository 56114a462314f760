import type { Command } from 'commander';
import type { CommonOptions } from './connection.ts';
import { printData } from './print.ts';
import type { Shell } from './shell.ts';

/** The version of this program; a test holds it to package.json. */
export const cliVersion = '0.1.0';

/** `reroot version`: which program this is; asks no server. */
export function defineVersion(verb: Command, shell: Shell): void {
  verb
    .description('show the version of this program, and of what it runs on')
    .action((_, command: Command) => runVersion(command.optsWithGlobals(), shell));
}

async function runVersion(options: CommonOptions, shell: Shell): Promise<void> {
  const { version: node, platform, arch } = process;
  const document = { reroot: cliVersion, node, platform: `${platform}-${arch}` };
  await printData(shell, options, document, () => [`reroot ${cliVersion} · node ${node} · ${document.platform}`]);
}
