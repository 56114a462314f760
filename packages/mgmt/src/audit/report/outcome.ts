import type { AuditEntry } from '@reroot/shared/audit';

/** How a rotation has ended, if it has. */
export interface Outcome {
  readonly tone: 'good' | 'bad' | 'open';
  /** A sentence. */
  readonly text: string;
  /** The entry that says so. */
  readonly entry: AuditEntry | undefined;
}

type Verdict = Pick<Outcome, 'tone' | 'text'>;

const endings: Readonly<Record<string, Verdict>> = {
  'rotation.finish': { tone: 'good', text: 'Finished: every cluster that counts holds the new root, and the old one is gone.' },
  'rotation.settle': { tone: 'bad', text: 'Rolled back: the mesh is on its old root again.' },
  'rotation.abort': { tone: 'bad', text: 'Given up before any cluster was told anything.' },
  'rotation.fail': { tone: 'bad', text: 'Failed, and stands where it failed.' },
  'rotation.retry': { tone: 'open', text: 'Under way when this pack was made: it goes on after a failure.' },
  'rotation.stepBack': { tone: 'open', text: 'Being rolled back when this pack was made.' },
};

/** Of the entries of one rotation, oldest first. Pure. */
export function outcomeOf(entries: readonly AuditEntry[]): Outcome {
  const entry = entries.findLast(({ action }) => endings[action] !== undefined);
  const ending = entry === undefined ? undefined : endings[entry.action];
  return { ...(ending ?? { tone: 'open', text: 'Under way when this pack was made.' }), entry };
}
