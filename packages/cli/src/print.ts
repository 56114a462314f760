import { type MeshStatus, renderMeshStatus } from '@reroot/shared/api';
import type { CommonOptions } from './connection.ts';
import type { Shell } from './shell.ts';

/** One JSON document on stdout. */
export function printJson(shell: Shell, document: unknown): void {
  shell.out.write(`${JSON.stringify(document, null, 2)}\n`);
}

/** A mesh on stdout, in the format asked for. */
export function printStatus(shell: Shell, { output }: CommonOptions, status: MeshStatus): void {
  if (output === 'json') {
    printJson(shell, status);
  } else {
    printLines(shell, renderMeshStatus(status, shell.out.paint, shell.clock.now()));
  }
}

/** Lines of data on stdout. */
export function printLines(shell: Shell, lines: readonly string[]): void {
  shell.out.write(`${lines.join('\n')}\n`);
}

/** Words for the person on stderr. */
export function say(shell: Shell, line: string): void {
  shell.err.write(`${line}\n`);
}
