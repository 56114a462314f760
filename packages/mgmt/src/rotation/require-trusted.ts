import { RerootError } from '@reroot/shared/errors';
import type { Act } from './act.ts';
import type { RotationRecord } from './record.ts';

/** Acts that lead nobody anywhere. */
const harmless: ReadonlySet<Act['move']> = new Set(['restore', 'resume', 'exclude', 'include', 'members', 'rename']);

/** @throws RR_MESH_RESTORED for an act that would lead clusters by a record which may be older than they are */
export function requireTrusted({ mesh, restored }: Pick<RotationRecord, 'mesh' | 'restored'>, move: Act['move']): void {
  if (restored === undefined || harmless.has(move)) return;
  throw new RerootError(
    'RR_MESH_RESTORED',
    `mesh ${mesh} was restored, and is told nothing before every cluster has shown that the record is not older than the mesh`,
  );
}
