import type { Clock } from '@reroot/shared/clock';
import { type RerootError, toRerootError } from '@reroot/shared/errors';
import { type Custody, withPresentAccess } from '../authorities/index.ts';
import type { MeshView } from './mesh-view.ts';

/** Brings about what the record says of keys: one that is destroyed is gone. */
export interface KeyRemoval {
  /**
   * Tries each key for itself: one in a Vault that refuses keeps no other alive.
   * @throws RR_KEYSTORE_*, RR_VAULT_* of the first that failed; what could not be removed is tried again a minute later
   */
  remove(view: MeshView): Promise<void>;
  /** Why keys that the record calls destroyed are there still, by the fingerprint of their root. */
  left(): ReadonlyMap<string, RerootError>;
}

/** A Vault that refuses is not asked with each look. */
const againAfterMs = 60_000;

/** @param destroy destroys a key; one that is gone already is no failure */
export function createKeyRemoval(destroy: (custody: Custody) => Promise<void>, clock: Clock): KeyRemoval {
  const removed = new Set<string>();
  const againAtMs = new Map<string, number>();
  const left = new Map<string, RerootError>();
  return {
    left: () => left,
    remove: async ({ stored, roots }) => {
      const failures: unknown[] = [];
      for (const { fingerprint, phase } of stored.record.roots) {
        const root = phase === 'destroyed' && !removed.has(fingerprint) ? roots.get(fingerprint) : undefined;
        if (root === undefined || clock.now() < (againAtMs.get(fingerprint) ?? 0)) continue;
        try {
          await destroy(withPresentAccess(root.custody, stored.spec.rootSource));
          removed.add(fingerprint);
          left.delete(fingerprint);
        } catch (error) {
          againAtMs.set(fingerprint, clock.now() + againAfterMs);
          failures.push(error);
          left.set(fingerprint, toRerootError(error));
        }
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}
