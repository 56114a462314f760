import { describe, expect, it } from 'vitest';
import type { ClusterRecord } from '../store/index.ts';
import { createLinkAccounts } from './link-accounts.ts';

const agent = {
  publicKeyPem: 'p',
  natsUser: '',
  natsJwtExpiresAtMs: 0,
  tokenId: 't',
  atMs: 0,
  joinUser: '',
  epoch: 0,
  askedSequence: 0,
};

function recordOf(name: string, change: Partial<ClusterRecord> = {}): ClusterRecord {
  return {
    name,
    mesh: 'demo',
    formerName: undefined,
    addedBy: 'ann',
    addedAtMs: 0,
    invitation: undefined,
    agent,
    nextAgent: undefined,
    epoch: 0,
    revoked: undefined,
    revokedUsers: [],
    ...change,
  };
}

const records = [
  recordOf('east', { formerName: 'ost' }),
  recordOf('new', { agent: undefined }),
  recordOf('gone', { agent: undefined, revoked: { by: 'ann', why: 'stolen', atMs: 0 } }),
];
const accounts = createLinkAccounts({
  configured: new Set(['old']),
  hasMesh: (mesh) => mesh === 'demo',
  added: {
    find: (name) => {
      const record = records.find((each) => each.name === name);
      return record === undefined ? undefined : { revision: 1, record };
    },
    speaking: () => ['east', 'ost'].map((cluster) => ({ mesh: 'demo', cluster })),
    termsFor: (mesh, cluster) =>
      mesh === 'demo' && ['east', 'ost'].includes(cluster) ? { cluster: 'east', credentialsEpoch: 3, natsJwt: 'j' } : undefined,
  },
});

describe('who may speak to mgmt', () => {
  it('is whoever is configured, in every mesh that there is, and whoever was added, in its own', () => {
    const known = (mesh: string) => ['old', 'east', 'new', 'gone', 'nobody'].filter((cluster) => accounts.isKnown(mesh, cluster));
    expect(known('demo')).toEqual(['old', 'east', 'new', 'gone']);
    expect(known('other')).toEqual([]);
  });

  it('is known by a former name too, from the moment that it is listed', () => {
    expect(accounts.isKnown('demo', 'ost')).toBe(false);
    expect(accounts.speaking()).toHaveLength(2);
    expect(accounts.isKnown('demo', 'ost')).toBe(true);
  });

  it('has enrolled, or is awaited, or was revoked', () => {
    expect(['old', 'east', 'new', 'gone', 'nobody'].map((cluster) => accounts.accessOf('demo', cluster))).toEqual([
      { kind: 'granted' },
      { kind: 'granted' },
      { kind: 'awaited' },
      { kind: 'revoked', by: 'ann', why: 'stolen' },
      { kind: 'awaited' },
    ]);
    expect(accounts.accessOf('other', 'east')).toEqual({ kind: 'awaited' });
  });

  it('is told its terms: nothing is ever changed for one that is configured', () => {
    expect(accounts.termsFor('demo', 'old')).toEqual({ cluster: 'old', credentialsEpoch: 0, natsJwt: '' });
    expect(accounts.termsFor('demo', 'ost')).toEqual({ cluster: 'east', credentialsEpoch: 3, natsJwt: 'j' });
    expect([accounts.termsFor('other', 'old'), accounts.termsFor('demo', 'gone')]).toEqual([undefined, undefined]);
  });
});
