import type { ArchivedFile } from '@reroot/shared/audit';
import type { Clock } from '@reroot/shared/clock';
import type { Identity } from '@reroot/shared/protocol';
import { makePack } from './make-pack.ts';
import { readPackFacts } from './read-pack-facts.ts';

/** What packs are made from. */
export interface PackMakerOptions {
  readonly store: Parameters<typeof readPackFacts>[0];
  readonly identity: Identity;
  readonly mgmtVersion: string;
  readonly clock: Clock;
}

/**
 * Makes the evidence pack of a rotation of a mesh from what is stored, as it is then.
 * @throws RR_EVIDENCE_NOT_FOUND, RR_STORE_*
 */
export function createPackMaker({
  store,
  identity,
  mgmtVersion,
  clock,
}: PackMakerOptions): (mesh: string, rotationId: string) => Promise<readonly ArchivedFile[]> {
  return async (mesh, rotationId) => {
    const about = { mesh, rotationId, madeAtMs: clock.now(), mgmtVersion };
    return makePack(await readPackFacts(store, about), identity);
  };
}
