import type { IntermediateSource, VaultCa } from '@reroot/shared/protocol';
import { describe, expect, it } from 'vitest';
import type { RootSource, VaultRoot } from '../mesh/index.ts';
import { type Custody, intermediateSourceUnder, withAgents, withPresentAccess } from './custody.ts';

const secret = (name: string) => ({ kind: 'token-secret', secret: { name, namespace: 'reroot' } }) as const;
const place = { server: 'https://vault', namespace: '', mount: 'pki' };
const source = (changes: Partial<VaultRoot> = {}): RootSource => ({
  kind: 'vault',
  vault: { ...place, caBundle: 'new CA', auth: secret('new'), issuer: 'default', ...changes },
});
const custody: Custody = {
  kind: 'vault',
  vault: { ...place, caBundle: 'old CA', auth: secret('old') },
  issuerId: 'i',
  keyId: 'k',
  madeBy: 'reroot',
};

describe('the custody of a root in Vault', () => {
  it('follows the CA bundle and the login that the mesh names for the same mount', () => {
    const vault = { ...place, caBundle: 'new CA', auth: secret('new') };
    expect(withPresentAccess(custody, source())).toEqual({ ...custody, vault });
  });

  it.each([
    ['server', { server: 'https://other' }],
    ['namespace', { namespace: 'team' }],
    ['mount', { mount: 'pki-2' }],
  ])('stays what it is where the mesh names another %s', (_, changes) => {
    expect(withPresentAccess(custody, source(changes))).toBe(custody);
  });

  it('stays what it is where roots come from elsewhere', () => {
    expect(withPresentAccess(custody, { kind: 'generated' })).toBe(custody);
    const kept: Custody = { kind: 'key-store', keyRef: 'k', chain: [] };
    expect(withPresentAccess(kept, source())).toBe(kept);
  });
});

describe('where intermediates under a root come from', () => {
  const auth = secret('agents');
  const ca = (caPath: string, changes: Partial<VaultCa> = {}): VaultCa => ({
    ...{ server: 'https://vault', namespace: '', caBundle: 'CA', auth },
    ...{ caPath, csrPath: '', ...changes },
  });
  const fromVault = (caPath: string, changes: Partial<VaultCa> = {}): IntermediateSource => ({
    kind: 'vault',
    vault: ca(caPath, changes),
  });
  const mgmt: IntermediateSource = { kind: 'mgmt' };
  const old = 'pki/root/sign-intermediate';
  const other = 'pki-2/root/sign-intermediate';

  it('is mgmt where the key is in its own store, whatever the mesh says', () => {
    expect(intermediateSourceUnder({ kind: 'key-store', keyRef: 'k', chain: [] }, fromVault(old))).toEqual(mgmt);
  });

  it('stays where it was when the root was obtained, so that a rotation to another place can be rolled back', () => {
    for (const kept of [custody, { kind: 'agents' } as const]) {
      const told = withAgents(kept, fromVault(old));
      for (const present of [mgmt, fromVault(other, { server: 'https://other' })]) {
        expect(intermediateSourceUnder(told, present)).toEqual(fromVault(old));
      }
      const reached = { caBundle: 'new CA', auth: secret('new') };
      expect(intermediateSourceUnder(told, fromVault(other, reached))).toEqual(fromVault(old, reached));
    }
  });

  it('may be told to the agents later, for the mount in which mgmt has Vault sign, and for no other', () => {
    expect(withAgents(custody, mgmt)).toBe(custody);
    expect(intermediateSourceUnder(custody, mgmt)).toEqual(mgmt);
    expect(intermediateSourceUnder(custody, fromVault(old))).toEqual(fromVault(old));
    expect(intermediateSourceUnder(custody, fromVault(other))).toEqual(mgmt);
    expect(intermediateSourceUnder(custody, fromVault(old, { server: 'https://other' }))).toEqual(mgmt);
  });
});
