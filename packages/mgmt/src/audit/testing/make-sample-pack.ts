import type { ArchivedFile } from '@reroot/shared/audit';
import { generateIdentity } from '@reroot/shared/protocol';
import type { Store } from '../../store/index.ts';
import { createMemoryStore } from '../../store/testing/memory-store.ts';
import { whoActs } from '../acting.ts';
import { makePack } from '../make-pack.ts';
import type { PackFacts } from '../pack-facts.ts';
import { readPackFacts } from '../read-pack-facts.ts';
import { type KeptRotationOptions, keepRotation } from './kept-rotation.ts';

/** Signs the packs of one run of tests. */
export const { identity: packIdentity } = generateIdentity();

/**
 * The evidence pack of a rotation that was kept in a store in memory.
 * @param change what is to be otherwise than it was kept
 */
export async function makeSamplePack(
  options: Omit<KeptRotationOptions, 'store'>,
  change: (facts: PackFacts) => PackFacts = (facts) => facts,
): Promise<readonly ArchivedFile[]> {
  let nowMs = Date.UTC(2027, 0, 4, 12);
  const now = (): number => {
    nowMs += 1_000;
    return nowMs;
  };
  const store: Store = createMemoryStore({ audit: { identity: packIdentity, whoActs, now } });
  const rotationId = await keepRotation({ store, ...options });
  const about = { mesh: 'demo', rotationId, madeAtMs: now(), mgmtVersion: '0.1.0' };
  return makePack(change(await readPackFacts(store, about)), packIdentity);
}

/** The text of a file of a pack; empty for one that is not there. */
export function textOfPack(files: readonly ArchivedFile[], path: string): string {
  return Buffer.from(files.find((file) => file.path === path)?.bytes ?? []).toString('utf8');
}
