import { generateIdentity, identityFromPem } from '@reroot/shared/protocol';
import { describe, expect, it } from 'vitest';
import { createSigningKeys, type RefusalCounts } from '../fleet/index.ts';
import type { ClusterRecord, EnrolledAgent } from '../store/index.ts';
import { type AccountsMoment, describeAccounts } from './describe-accounts.ts';

const [current, next] = [generateIdentity(), generateIdentity()].map(({ privateKeyPem }) => identityFromPem(privateKeyPem));
const { publicKeyPem, identity } = (() => {
  const made = generateIdentity();
  return { publicKeyPem: made.publicKeyPem, identity: identityFromPem(made.privateKeyPem) };
})();
const agent: EnrolledAgent = {
  ...{ publicKeyPem, natsUser: 'UA', natsJwtExpiresAtMs: 9, tokenId: 't', joinUser: '', epoch: 1, askedSequence: 1, atMs: 2_000 },
};
const enrolled: ClusterRecord = {
  ...{ name: 'east', mesh: 'demo', formerName: undefined, addedBy: 'ann', addedAtMs: 1_000, invitation: undefined },
  ...{ agent, nextAgent: undefined, epoch: 1, revoked: undefined, revokedUsers: [] },
};
const invitation = { tokenId: 't', key: 'ab'.repeat(32), expiresAtMs: 5_000, natsUser: '', mgmtKeys: [] };
const invited: ClusterRecord = { ...enrolled, agent: undefined, invitation };

function describeOne(record: ClusterRecord, change: Partial<AccountsMoment> = {}) {
  return describeAll([record], change).clusters[0];
}

function describeAll(added: readonly ClusterRecord[], change: Partial<AccountsMoment> = {}) {
  return describeAccounts({
    ...{ added, configured: new Map(), linkOf: () => undefined, refusalsOf: (): RefusalCounts => ({}) },
    signingKeys: createSigningKeys({ current: current!, acceptedBy: () => [current!.keyId] }),
    ...{ natsRevocation: 'in-force', silentAfterMs: 10, nowMs: 4_000, ...change },
  });
}

describe('an account', () => {
  it('says who speaks for the cluster, and nothing of secrets', () => {
    expect(describeOne(enrolled)).toEqual({
      ...{ name: 'east', mesh: 'demo', origin: 'added', state: 'enrolled', changing: [], refusedByMgmt: {} },
      ...{ addedBy: 'ann', addedAt: '1970-01-01T00:00:01.000Z', enrolledAt: '1970-01-01T00:00:02.000Z', keyId: identity.keyId },
    });
    expect(JSON.stringify(describeOne(invited))).not.toContain(invitation.key);
  });

  it.each([
    ['invited', invited, 4_999],
    ['expired', invited, 5_000],
    ['enrolled', { ...enrolled, invitation }, 9_000],
    ['revoked', { ...invited, invitation: undefined, revoked: { by: 'bob', why: 'stolen', atMs: 3_000 } }, 4_000],
  ] as const)('is %s', (state, record, nowMs) => {
    expect(describeOne(record, { nowMs })?.state).toBe(state);
  });

  it.each([
    [[], enrolled],
    [['credentials'], { ...enrolled, epoch: 2 }],
    [['credentials'], { ...enrolled, epoch: 2, nextAgent: { ...agent, epoch: 2 } }],
    [['credentials', 'name'], { ...enrolled, epoch: 2, formerName: 'orient' }],
    [[], { ...invited, epoch: 2 }],
  ])('changes its %j', (changing, record) => {
    expect(describeOne(record)?.changing).toEqual(changing);
  });
});

describe('all accounts', () => {
  it('are listed by name, and a cluster of the configuration once, whatever it was before', () => {
    const gone = { ...invited, name: 'west', invitation: undefined, revoked: { by: 'bob', why: 'moved', atMs: 3_000 } };
    const configured = new Map([
      ['west', 'demo'],
      ['alone', undefined],
    ]);
    const { clusters } = describeAll([enrolled, gone], { configured });
    expect(clusters.map(({ name, origin, state }) => [name, origin, state])).toEqual([
      ['alone', 'configured', 'enrolled'],
      ['east', 'added', 'enrolled'],
      ['west', 'configured', 'enrolled'],
    ]);
  });

  it('say when the next key of mgmt is held by all that could hold it', () => {
    const held = (accepted: readonly string[], mgmtKeys = [current!.keyId, next!.keyId]) =>
      describeAll([enrolled, { ...invited, name: 'new', invitation: { ...invitation, mgmtKeys } }], {
        signingKeys: createSigningKeys({ current: current!, next, acceptedBy: () => accepted }),
      }).signingKeys;
    expect(held([current!.keyId])).toEqual({ current: current!.keyId, next: next!.keyId, heldByAll: false });
    expect(held([current!.keyId, next!.keyId]).heldByAll).toBe(true);
    // Its agent could be spoken to by nobody once the next key is the only one.
    expect(held([current!.keyId, next!.keyId], [current!.keyId]).heldByAll).toBe(false);
  });
});
