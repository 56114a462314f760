import { RerootError } from '@reroot/shared/errors';
import { createFakeClock, type FakeClock } from '@reroot/shared/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Custody } from '../authorities/index.ts';
import { createKeyRemoval, type KeyRemoval } from './key-removal.ts';
import type { MeshView } from './mesh-view.ts';

const token = (name: string) => ({ kind: 'token-secret', secret: { namespace: 'reroot', name } }) as const;
const vault = { server: 'https://vault.example', caBundle: '', namespace: '', auth: token('old'), mount: 'pki' };
const inVault: Custody = { kind: 'vault', vault, issuerId: 'i', keyId: 'k', madeBy: 'reroot' };
const inKeyStore = (keyRef: string): Custody => ({ kind: 'key-store', keyRef, chain: [] });

/** Roots in the order of their phases, and where the next one comes from. */
function viewOf(
  roots: readonly (readonly [custody: Custody, phase: string])[],
  rootSource: object = { kind: 'generated' },
): MeshView {
  const named = roots.map(([custody, phase], index) => ({ fingerprint: `root ${index}`, custody, phase }));
  const byName = new Map(named.map(({ fingerprint, custody }) => [fingerprint, { custody }]));
  return { stored: { record: { roots: named }, spec: { rootSource } }, roots: byName } as unknown as MeshView;
}

describe('the removal of keys', () => {
  let clock: FakeClock;
  let asked: Custody[];
  let refuse: (custody: Custody) => boolean;
  let keys: KeyRemoval;
  beforeEach(() => {
    clock = createFakeClock(0);
    asked = [];
    refuse = () => false;
    keys = createKeyRemoval(async (custody) => {
      asked.push(custody);
      if (refuse(custody)) throw new RerootError('RR_VAULT_FORBIDDEN', `no right to ${custody.kind}`);
    }, clock);
  });

  it('destroys what the record calls destroyed, once, and nothing else', async () => {
    const view = viewOf([
      [inKeyStore('a'), 'destroyed'],
      [inKeyStore('b'), 'retired'],
      [inKeyStore('c'), 'active'],
      [inKeyStore('d'), 'created'],
    ]);
    for (let looks = 0; looks < 3; looks += 1) await keys.remove(view);
    expect(asked).toEqual([inKeyStore('a')]);
  });

  it('is tried again a minute after it failed, not with each look, and then no more', async () => {
    const view = viewOf([[inVault, 'destroyed']]);
    refuse = () => true;
    await expect(keys.remove(view)).rejects.toMatchObject({ code: 'RR_VAULT_FORBIDDEN' });
    await keys.remove(view);
    clock.advance(59_999);
    await keys.remove(view);
    expect(asked).toHaveLength(1);
    clock.advance(1);
    await expect(keys.remove(view)).rejects.toMatchObject({ code: 'RR_VAULT_FORBIDDEN' });
    refuse = () => false;
    clock.advance(60_000);
    await keys.remove(view);
    clock.advance(60_000);
    await keys.remove(view);
    expect(asked).toHaveLength(3);
  });

  it('destroys the other keys, though one cannot be destroyed', async () => {
    refuse = ({ kind }) => kind === 'vault';
    await expect(
      keys.remove(
        viewOf([
          [inVault, 'destroyed'],
          [inKeyStore('b'), 'destroyed'],
        ]),
      ),
    ).rejects.toMatchObject({ message: 'no right to vault' });
    expect(asked).toEqual([inVault, inKeyStore('b')]);
  });

  it('does not let a key wait that is to go while another one is waited for', async () => {
    refuse = ({ kind }) => kind === 'vault';
    const first = [inVault, 'destroyed'] as const;
    await expect(keys.remove(viewOf([first, [inKeyStore('b'), 'retired']]))).rejects.toThrow();
    await keys.remove(viewOf([first, [inKeyStore('b'), 'destroyed']]));
    expect(asked).toEqual([inVault, inKeyStore('b')]);
  });

  it('goes to Vault as the mesh says today', async () => {
    const moved = { ...vault, auth: token('new'), issuer: '' };
    await keys.remove(viewOf([[inVault, 'destroyed']], { kind: 'vault', vault: moved }));
    expect(asked).toMatchObject([{ issuerId: 'i', vault: { auth: token('new') } }]);
  });
});
