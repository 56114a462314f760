import { describe, expect, it } from 'vitest';
import type { RootSource, VaultRoot } from '../mesh/index.ts';
import { type Custody, withPresentAccess } from './custody.ts';

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
