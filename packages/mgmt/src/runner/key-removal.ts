import type { Clock } from '@reroot/shared/clock';
import { type Custody, withPresentAccess } from '../authorities/index.ts';
import type { MeshView } from './mesh-view.ts';

/** Brings about what the record says of keys: one that is destroyed is gone. */
export interface KeyRemoval {
  /** @throws RR_KEYSTORE_*, RR_VAULT_*; what could not be removed is tried again a minute later */
  remove(view: MeshView): Promise<void>;
}

/** A Vault that refuses is not asked with each look. */
const againAfterMs = 60_000;

/** @param destroy destroys a key; one that is gone already is no failure */
export function createKeyRemoval(destroy: (custody: Custody) => Promise<void>, clock: Clock): KeyRemoval {
  const removed = new Set<string>();
  let againAtMs = 0;
  return {
    remove: async ({ stored, roots }) => {
      if (clock.now() < againAtMs) return;
      for (const { fingerprint, phase } of stored.record.roots) {
        const root = phase === 'destroyed' && !removed.has(fingerprint) ? roots.get(fingerprint) : undefined;
        if (root === undefined) continue;
        againAtMs = clock.now() + againAfterMs;
        await destroy(withPresentAccess(root.custody, stored.spec.rootSource));
        againAtMs = 0;
        removed.add(fingerprint);
      }
    },
  };
}
