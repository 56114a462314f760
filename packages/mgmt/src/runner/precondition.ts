import { RerootError } from '@reroot/shared/errors';

/** What a mesh must be for an act upon it: at one of these revisions, there at all, or not there yet. */
export type Precondition =
  | { readonly kind: 'revisions'; readonly revisions: readonly number[] }
  | { readonly kind: 'present' }
  | { readonly kind: 'absent' };

/**
 * Asked in the turn of the act itself: what is so now is so when it is written.
 * @param revision undefined for a mesh that is not there
 * @throws RR_API_PRECONDITION
 */
export function requirePrecondition(mesh: string, revision: number | undefined, wanted: Precondition | undefined): void {
  if (wanted === undefined || holds(revision, wanted)) return;
  const found = revision === undefined ? 'is not there' : `is at revision ${revision}`;
  throw new RerootError('RR_API_PRECONDITION', `mesh ${mesh} ${found}, and the request asks for another state`);
}

function holds(revision: number | undefined, wanted: Precondition): boolean {
  switch (wanted.kind) {
    case 'absent':
      return revision === undefined;
    case 'present':
      return revision !== undefined;
    case 'revisions':
      return revision !== undefined && wanted.revisions.includes(revision);
  }
}
