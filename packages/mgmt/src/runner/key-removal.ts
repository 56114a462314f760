import type { MeshView } from './mesh-view.ts';

/** Brings about what the record says of keys: one that is destroyed is gone. */
export interface KeyRemoval {
  /** @throws RR_KEYSTORE_*; what could not be removed is tried again the next time */
  remove(view: MeshView): Promise<void>;
}

/** @param destroy destroys a key; one that is gone already is no failure */
export function createKeyRemoval(destroy: (keyRef: string) => Promise<void>): KeyRemoval {
  const removed = new Set<string>();
  return {
    remove: async ({ stored, roots }) => {
      for (const { fingerprint, phase } of stored.record.roots) {
        const root = phase === 'destroyed' && !removed.has(fingerprint) ? roots.get(fingerprint) : undefined;
        if (root === undefined) continue;
        await destroy(root.keyRef);
        removed.add(fingerprint);
      }
    },
  };
}
