import { readFile } from 'node:fs/promises';
import { readMeshName } from '@reroot/shared/config';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import type { Command } from 'commander';
import { type CommonOptions, connect } from './connection.ts';
import { printStatus, say } from './print.ts';
import type { Shell } from './shell.ts';

interface ApplyOptions extends CommonOptions {
  readonly file: string;
}

/** `reroot apply`: makes a mesh, or changes it. */
export function defineApply(verb: Command, shell: Shell): void {
  verb
    .description('make or change the mesh that a file describes')
    .requiredOption('-f, --file <file>', 'a VirtualMesh in YAML or JSON; - reads stdin')
    .action((_, command: Command) => runApply(command.optsWithGlobals(), shell));
}

async function runApply(options: ApplyOptions, shell: Shell): Promise<void> {
  const { name, text } = await readMeshFile(options, shell);
  const client = await connect(options);
  const status = await client.applyMesh(name, text, shell.signal);
  say(shell, `mesh ${name} applied`);
  await printStatus(shell, options, status);
}

/**
 * Reads the document of a mesh from a file, or from stdin.
 * @throws RR_CONFIG_UNREADABLE; RR_OPTION_INVALID when it is of another mesh than --mesh says
 */
export async function readMeshFile(
  { file, mesh }: Pick<ApplyOptions, 'file' | 'mesh'>,
  shell: Shell,
): Promise<{ readonly name: string; readonly text: string }> {
  const text = await readText(file, shell);
  const name = readMeshName(text, file);
  if (mesh === undefined || mesh === name) return { name, text };
  throw new RerootError('RR_OPTION_INVALID', `--mesh says ${mesh}, and metadata.name says ${name}`, { place: file });
}

/** What a file holds, or stdin. @throws RR_CONFIG_UNREADABLE */
export async function readText(file: string, shell: Shell): Promise<string> {
  try {
    return file === '-' ? await readAll(shell.stdin) : await readFile(file, 'utf8');
  } catch (error) {
    throw new RerootError('RR_CONFIG_UNREADABLE', `cannot read the mesh: ${errorMessage(error)}`, { place: file, cause: error });
  }
}

async function readAll(stream: AsyncIterable<Buffer | string>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
