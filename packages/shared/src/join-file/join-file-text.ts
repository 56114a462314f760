import { stringify } from 'yaml';
import type { JoinFile } from './join-file.ts';

/** A join file as it is written: YAML, with keys as blocks that a person can compare. */
export function joinFileText(joinFile: JoinFile): string {
  return stringify(joinFile, { lineWidth: 0, blockQuote: 'literal' });
}
