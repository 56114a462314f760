import { describe, expect, it } from 'vitest';
import { decodeMessage } from './codec.ts';
import { reroot } from './generated/reroot.js';
import { refusalOf } from './testing/refusal.ts';

const { v1 } = reroot;
const key = new Uint8Array(44).fill(7);

/** Fields as a peer might send them, outside of what the compiler would let us. */
type Fields = Record<string, unknown>;

const termsBytes = (change: Fields): Uint8Array =>
  v1.LinkTerms.encode({ mgmtPublicKeys: [key], cluster: 'east', ...change }).finish();
const stateBytes = (state: Fields): Uint8Array => v1.LinkState.encode(state).finish();

describe('link terms', () => {
  it.each<[string, Fields, string]>([
    ['no key of mgmt', { mgmtPublicKeys: [] }, 'mgmt_public_keys: link-terms.mgmt_public_keys is empty'],
    ['an empty key of mgmt', { mgmtPublicKeys: [new Uint8Array()] }, 'mgmt_public_keys[0]: '],
    ['no name of the cluster', { cluster: '' }, 'cluster: link-terms.cluster is "", not a DNS-1123 label'],
    ['a name that no subject can have', { cluster: 'east.west' }, 'cluster: '],
    ['a name with a wildcard', { cluster: '*' }, 'cluster: '],
    ['a name of 64 characters', { cluster: 'x'.repeat(64) }, 'cluster: '],
    ['an epoch that JavaScript cannot hold', { credentialsEpoch: 2 ** 60 }, 'credentials_epoch: '],
    ['a sequence that JavaScript cannot hold', { heardSequence: 2 ** 60 }, 'heard_sequence: '],
    ['a JWT of two lines', { natsJwt: 'a\nb' }, 'nats_jwt: '],
    ['an escape sequence in its version', { mgmtVersion: '\u009b2J' }, 'mgmt_version: link-terms.mgmt_version is "\\u{9b}2J"'],
  ])('with %s are refused, naming the field', (_, change, expected) => {
    expect(refusalOf('link-terms', termsBytes(change))).toContain(`RR_PROTOCOL_MALFORMED link-terms.${expected}`);
  });

  it('need nothing but keys and a name', () => {
    expect(decodeMessage('link-terms', termsBytes({}))).toEqual({
      kind: 'link-terms',
      body: {
        ...{ mgmtPublicKeys: [key], credentialsEpoch: 0, cluster: 'east', natsJwt: '', mgmtVersion: '', protocol: 0 },
        heardSequence: 0,
      },
    });
  });
});

describe('the state of a link', () => {
  it.each<[string, Fields, string]>([
    ['a key id that is none', { mgmtKeys: ['ab'] }, 'mgmt_keys[0]: link-state.mgmt_keys[0] is "ab"'],
    ['a reason that is no code', { refusals: [{ reason: 'because', count: 1 }] }, 'refusals[0].reason: '],
    ['no reason', { refusals: [{ count: 1 }] }, 'refusals[0].reason: '],
    ['a count that JavaScript cannot hold', { refusals: [{ reason: 'RR_INTERNAL', count: 2 ** 60 }] }, 'refusals[0].count: '],
    ...['heardSequence', 'heardAtMs', 'credentialsEpoch', 'connectedSinceMs', 'reconnects', 'natsJwtExpiresAtMs'].map(
      (field): [string, Fields, string] => [
        `a ${field} that JavaScript cannot hold`,
        { [field]: 2 ** 60 },
        `${field.replaceAll(/[A-Z]/g, (upper) => `_${upper.toLowerCase()}`)}: `,
      ],
    ),
    ['an escape sequence in its version', { agentVersion: '\u001b' }, 'agent_version: '],
    ['an escape sequence in its cluster', { clusterUid: '\u001b' }, 'cluster_uid: '],
  ])('with %s is refused, naming the field', (_, state, expected) => {
    expect(refusalOf('link-state', stateBytes(state))).toContain(`RR_PROTOCOL_MALFORMED link-state.${expected}`);
  });

  it('says nothing when nothing was heard yet', () => {
    expect(decodeMessage('link-state', stateBytes({}))).toMatchObject({
      body: { heardSequence: 0, heardAtMs: 0, mgmtKeys: [], refusals: [], natsJwtExpiresAtMs: 0 },
    });
  });

  it('may count refusals for a reason of a later version', () => {
    const refusals = [{ reason: 'RR_OF_LATER', count: 3 }];
    expect(decodeMessage('link-state', stateBytes({ refusals }))).toMatchObject({ body: { refusals } });
  });
});
