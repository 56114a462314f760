import { generateIdentity } from '@reroot/shared/protocol';
import { describe, expect, it } from 'vitest';
import { createSigningKeys } from './signing-keys.ts';

const [one, two] = [generateIdentity().identity, generateIdentity().identity];
const [east, west] = [
  { mesh: 'demo', cluster: 'east' },
  { mesh: 'demo', cluster: 'west' },
];

/** East has heard of the second key, west was away. */
function acceptedBy(_mesh: string, cluster: string): readonly string[] | undefined {
  if (cluster === 'east') return [one.keyId, two.keyId];
  return cluster === 'west' ? [one.keyId] : undefined;
}

describe('the keys that mgmt signs with', () => {
  it('are one at most times, which everybody is spoken to with', () => {
    const keys = createSigningKeys({ current: one, acceptedBy });
    expect(keys.publicKeys()).toEqual([one.publicKeyDer]);
    expect(['east', 'west', 'new'].map((cluster) => keys.identityFor('demo', cluster))).toEqual([one, one, one]);
    expect(keys.heldByAll([east, west])).toBe(true);
  });

  it('are two while the next one is handed out: it speaks to those that accept it, and to no others', () => {
    const keys = createSigningKeys({ current: one, next: two, acceptedBy });
    expect(keys.publicKeys()).toEqual([one.publicKeyDer, two.publicKeyDer]);
    expect(['east', 'west', 'new'].map((cluster) => keys.identityFor('demo', cluster))).toEqual([two, one, one]);
  });

  it('can be changed once all accept the next one', () => {
    const keys = createSigningKeys({ current: one, next: two, acceptedBy });
    expect(keys.heldByAll([east])).toBe(true);
    expect(keys.heldByAll([east, west])).toBe(false);
    expect(keys.heldByAll([east, { mesh: 'demo', cluster: 'new' }])).toBe(false);
  });

  it('are accepted where these are, and no other', () => {
    const both = createSigningKeys({ current: one, next: two, acceptedBy });
    expect(['east', 'west', 'new'].map((cluster) => both.areAccepted('demo', cluster))).toEqual([true, false, false]);
    const alone = createSigningKeys({ current: one, acceptedBy });
    expect(['east', 'west', 'new'].map((cluster) => alone.areAccepted('demo', cluster))).toEqual([false, true, false]);
  });
});
