import type { AuditHead } from '@reroot/shared/audit';
import { holdRestored } from '../../rotation/index.ts';
import { type AuditDraft, type AuditOptions, nextEntry } from '../audit.ts';
import { readStored, storedForms } from '../stored-form.ts';
import type { ImageLine, ImageLineOf } from './image-line.ts';

/** What is noted of what became of a store. */
export interface CarryNote {
  /** The entry of the journal that says so. */
  readonly draft: AuditDraft;
  readonly audit: AuditOptions;
}

/** Adds an entry to the journal of what passes, signed as mgmt signs; to one that has not begun, none. */
export async function* withNote(lines: AsyncIterable<ImageLine>, { draft, audit }: CarryNote): AsyncIterable<ImageLine> {
  let last: ImageLineOf<'entry'> | undefined;
  let isNoted = false;
  for await (const line of lines) {
    if (line.kind === 'entry') last = line;
    // That of the last entry stays only while it is the last.
    if (line.kind === 'head') continue;
    if (last !== undefined && line.kind !== 'entry' && !isNoted) {
      yield* noteAfter(last, draft, audit);
      isNoted = true;
    }
    yield line;
  }
  if (last !== undefined && !isNoted) yield* noteAfter(last, draft, audit);
}

function* noteAfter({ entry, hash }: ImageLineOf<'entry'>, draft: AuditDraft, audit: AuditOptions): Iterable<ImageLine> {
  const { chained, head, keepsHead } = nextEntry(draft, { seq: entry.seq, hash }, audit);
  const kept = (each: AuditHead): Pick<ImageLineOf<'entry'>, 'head'> => (keepsHead === 'always' ? { head: each } : {});
  yield { kind: 'entry', ...chained, ...(head === undefined ? {} : kept(head)) };
  if (head !== undefined && keepsHead === 'until-next') yield { kind: 'head', head };
}

/**
 * Sets the record of each mesh down as one that was put back: nobody is led by it before all clusters have shown that it is not older than
 * they are.
 */
export async function* asRestored(
  lines: AsyncIterable<ImageLine>,
  { message, nowMs }: { readonly message: string; readonly nowMs: number },
): AsyncIterable<ImageLine> {
  const entries: Omit<ImageLineOf<'condition'>, 'number'>[] = [];
  let number = 0;
  for await (const line of lines) {
    if (line.kind === 'condition') ({ number } = line);
    // After all of their kind: numbers grow.
    else if (line.kind !== 'mesh' && line.kind !== 'root') {
      for (const entry of entries.splice(0)) yield { ...entry, number: (number += 1) };
    }
    if (line.kind !== 'mesh') {
      yield line;
      continue;
    }
    const { mesh, revision, spec } = line;
    const before = readStored(storedForms.record, JSON.stringify(line.record), `record of mesh ${mesh}`);
    const { record, condition } = holdRestored(before, message, nowMs);
    entries.push({ kind: 'condition', mesh, condition });
    yield { kind: 'mesh', mesh, revision: revision + 1, spec, record };
  }
  for (const entry of entries) yield { ...entry, number: (number += 1) };
}

/** Kinds that belong to meshes, and go with them. */
const ofMeshes: ReadonlySet<ImageLine['kind']> = new Set(['mesh', 'root', 'condition', 'issued', 'proof', 'evidence', 'key']);

/** Who may speak for which cluster, and the journal; nothing of any mesh. */
export async function* withoutMeshes(lines: AsyncIterable<ImageLine>): AsyncIterable<ImageLine> {
  for await (const line of lines) if (!ofMeshes.has(line.kind)) yield line;
}
