import { type Detail, type MeshStatus, renderMeshStatus } from '@reroot/shared/api';
import type { Shell } from './shell.ts';

/** Formats of the data on stdout. `wide` is a table that leaves nothing out. */
export type Output = Detail | 'json' | 'yaml';

/** Whether a program reads it, and words would be in its way. */
export function isDocument(output: Output): output is 'json' | 'yaml' {
  return output === 'json' || output === 'yaml';
}

/** Data on stdout, in the format asked for: one document, or the lines for a person. */
export async function printData(
  shell: Shell,
  { output }: { readonly output: Output },
  document: unknown,
  render: (detail: Detail) => readonly string[],
): Promise<void> {
  if (output === 'json') shell.out.write(`${JSON.stringify(document, null, 2)}\n`);
  else if (output === 'yaml') shell.out.write(await yamlText(document));
  else printLines(shell, render(output));
}

/** One document of a stream of them, on stdout. */
export async function printDocument(shell: Shell, output: 'json' | 'yaml', document: unknown): Promise<void> {
  shell.out.write(output === 'json' ? `${JSON.stringify(document)}\n` : `---\n${await yamlText(document)}`);
}

/** A mesh on stdout, in the format asked for. */
export async function printStatus(shell: Shell, options: { readonly output: Output }, status: MeshStatus): Promise<void> {
  await printData(shell, options, status, (detail) => renderMeshStatus(status, shell.out.paint, shell.clock.now(), detail));
}

/** Lines of data on stdout. */
export function printLines(shell: Shell, lines: readonly string[]): void {
  shell.out.write(`${lines.join('\n')}\n`);
}

/** Words for the person on stderr. */
export function say(shell: Shell, line: string): void {
  shell.err.write(`${line}\n`);
}

/** YAML takes a while to load, for which nobody else shall wait. Aliases are for people who write: many readers know none. */
async function yamlText(document: unknown): Promise<string> {
  const { stringify } = await import('yaml');
  return stringify(document, { lineWidth: 0, blockQuote: 'literal', aliasDuplicateObjects: false });
}
