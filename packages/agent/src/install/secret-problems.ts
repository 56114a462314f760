import type { Problem } from '@reroot/shared/protocol';
import type { CaSecret } from '../cluster/cluster.ts';
import { makeProblem } from '../problem.ts';

const maxNames = 3;

/** What is said of a Secret whose files somebody else has changed since reroot wrote them. */
export function describeEdits({ owner, editedBy }: Pick<CaSecret, 'owner' | 'editedBy'>): readonly Problem[] {
  if (owner === 'other' || editedBy.length === 0) return [];
  const more = editedBy.length > maxNames ? ` and ${editedBy.length - maxNames} more` : '';
  const who = editedBy.slice(0, maxNames).join(', ') + more;
  return [makeProblem('RR_SECRET_EDITED', `the files of the cacerts Secret were changed by ${who} since reroot wrote them`)];
}

/** What is said of a Secret that reroot wrote and that is not there any more. */
export function describeLoss(): Problem {
  return makeProblem('RR_SECRET_EDITED', 'the cacerts Secret that reroot wrote was taken away');
}
