import { z } from 'zod';
import { readStored } from './stored-form.ts';

/**
 * What a store of version 2 held, in the words of version 3. Nothing here follows the program as it is now: a default
 * that changes later must not change what an old store means.
 */

const oldSpec = z.looseObject({ rotation: z.looseObject({}) });

/**
 * Says in the spec of a mesh where its roots and intermediates come from: mgmt made them all. Specs that were stored
 * before workloads could be restarted ask for no restarts.
 * @param place names the row in errors
 * @returns JSON
 * @throws RR_STORE_CORRUPT when it is not what version 2 wrote
 */
export function nameSources(json: string, place: string): string {
  const spec = readStored(oldSpec, json, place);
  return JSON.stringify({
    ...spec,
    rootSource: { kind: 'generated' },
    intermediateSource: { kind: 'mgmt' },
    rotation: { workloadRestarts: 'never', ...spec.rotation },
  });
}

/** Says where the key of a root is: every key was in the key store. */
export function placeKey(keyRef: string): string {
  return JSON.stringify({ kind: 'key-store', keyRef, chain: [] });
}
