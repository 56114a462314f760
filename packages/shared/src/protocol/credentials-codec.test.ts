import { describe, expect, it } from 'vitest';
import { decodeMessage } from './codec.ts';
import { reroot } from './generated/reroot.js';
import { refusalOf } from './testing/refusal.ts';

const { v1 } = reroot;
const key = new Uint8Array(44).fill(7);
const keyId = 'ab'.repeat(32);

/** Fields as a peer might send them, outside of what the compiler would let us. */
type Fields = Record<string, unknown>;

const requestBytes = (change: Fields): Uint8Array =>
  v1.CredentialsRequest.encode({ publicKey: key, tokenId: 'token-1', proof: new Uint8Array(32), ...change }).finish();
const responseBytes = (fields: Fields): Uint8Array => v1.CredentialsResponse.encode(fields).finish();
const grantedBytes = (change: Fields): Uint8Array => responseBytes({ granted: { keyId, mgmtPublicKeys: [key], ...change } });

describe('a request for credentials', () => {
  it.each<[string, Fields, string]>([
    ['no public key', { publicKey: new Uint8Array() }, 'public_key: credentials-request.public_key is empty'],
    [
      'a public key of a kilobyte',
      { publicKey: new Uint8Array(1_024) },
      'public_key: credentials-request.public_key has 1024 bytes',
    ],
    ['no proof', { proof: new Uint8Array() }, 'proof: credentials-request.proof is empty'],
    ['a proof of a kilobyte', { proof: new Uint8Array(1_024) }, 'proof: credentials-request.proof has 1024 bytes'],
    ['the nkey of an account', { natsUser: `A${'A'.repeat(55)}` }, 'nats_user: credentials-request.nats_user is "AAAA'],
    ['a nkey in lower case', { natsUser: `u${'a'.repeat(55)}` }, 'nats_user: '],
    ['a nkey that is too short', { natsUser: `U${'A'.repeat(54)}` }, 'nats_user: '],
    ['a nkey that is too long', { natsUser: `U${'A'.repeat(56)}` }, 'nats_user: '],
    ['a line feed after the nkey', { natsUser: `U${'A'.repeat(55)}\n` }, 'nats_user: '],
    ['a seed where the public nkey belongs', { natsUser: `SU${'A'.repeat(56)}` }, 'nats_user: '],
    ['an escape sequence in its token', { tokenId: '\u001b[2J' }, 'token_id: credentials-request.token_id is "\\u001b[2J"'],
    ['an escape sequence in its version', { agentVersion: '\u001b[2J' }, 'agent_version: '],
  ])('with %s is refused, naming the field', (_, change, expected) => {
    expect(refusalOf('credentials-request', requestBytes(change))).toContain(
      `RR_PROTOCOL_MALFORMED credentials-request.${expected}`,
    );
  });

  it('may come without a user of NATS, and without an invitation', () => {
    expect(decodeMessage('credentials-request', requestBytes({ tokenId: '' }))).toMatchObject({
      body: { natsUser: '', tokenId: '' },
    });
  });
});

describe('an answer to it', () => {
  it.each<[string, Uint8Array, string]>([
    ['nothing in it', responseBytes({}), 'granted: credentials-response.granted is missing'],
    ['no key that it is for', grantedBytes({ keyId: '' }), 'granted.key_id: '],
    [
      'no key of mgmt',
      grantedBytes({ mgmtPublicKeys: [] }),
      'granted.mgmt_public_keys: credentials-response.granted.mgmt_public_keys is empty',
    ],
    ['an empty key of mgmt', grantedBytes({ mgmtPublicKeys: [key, new Uint8Array()] }), 'granted.mgmt_public_keys[1]: '],
    ['an epoch that JavaScript cannot hold', grantedBytes({ epoch: 2 ** 60 }), 'granted.epoch: '],
    ['a JWT of two lines', grantedBytes({ natsJwt: 'a\nb' }), 'granted.nats_jwt: '],
    [
      'a refusal without a code',
      responseBytes({ refused: { message: 'no' } }),
      'refused.code: credentials-response.refused.code is ""',
    ],
    ['a code that is none of an error', responseBytes({ refused: { code: 'rr_no' } }), 'refused.code: '],
  ])('with %s is refused, naming the field', (_, bytes, expected) => {
    expect(refusalOf('credentials-response', bytes)).toContain(`RR_PROTOCOL_MALFORMED credentials-response.${expected}`);
  });

  it('may have a code and a text of a later version', () => {
    const bytes = responseBytes({ refused: { code: 'RR_OF_LATER', message: 'why\n\u001b[2J', remedy: 'what' } });
    expect(decodeMessage('credentials-response', bytes)).toMatchObject({
      body: { kind: 'refused', problem: { code: 'RR_OF_LATER', message: 'why [2J', remedy: 'what' } },
    });
  });
});
