import { describe, expect, it } from 'vitest';
import { decodeMessage } from './codec.ts';
import { reroot } from './generated/reroot.js';
import { refusalOf } from './testing/refusal.ts';

const { v1 } = reroot;
const fingerprint = 'ab'.repeat(32);

/** Fields as a peer might send them, outside of what the compiler would let us. */
type Fields = Record<string, unknown>;

const turn: Fields = { session: 's', group: 'g', role: 2, replica: 'istiod-0', trustDomain: 'cluster.local' };
const turnBytes = (change: Fields): Uint8Array => v1.Task.encode({ id: 't', handshake: { ...turn, ...change } }).finish();
const progressBytes = (change: Fields): Uint8Array =>
  v1.TaskResult.encode({
    id: 't',
    handshake: { state: v1.HandshakeState.HANDSHAKE_STATE_RUNNING, presented: { bundleSha256: fingerprint }, ...change },
  }).finish();

describe('a task', () => {
  it.each<[string, Fields, string]>([
    ['no session', { session: '' }, 'session: task.handshake.session is empty'],
    ['no group', { group: '' }, 'group: '],
    ['no role', { role: 0 }, 'role: task.handshake.role is 0; known are 1 (client), 2 (server)'],
    ['no replica', { replica: '' }, 'replica: '],
    ['no trust domain', { trustDomain: '' }, 'trust_domain: '],
    ['an escape sequence in its replica', { replica: '\u001b[2J' }, 'replica: '],
  ])('of a handshake with %s is refused, naming the field', (_, change, expected) => {
    expect(refusalOf('task', turnBytes(change))).toContain(`RR_PROTOCOL_MALFORMED task.handshake.${expected}`);
  });

  it('without an id is refused, for nobody could be answered', () => {
    expect(refusalOf('task', v1.Task.encode({ inspect: {} }).finish())).toBe('RR_PROTOCOL_MALFORMED task.id: task.id is empty');
  });

  it('of a kind that this version does not know is read, so that it can be answered', () => {
    const later = Buffer.concat([v1.Task.encode({ id: 't', deadlineMs: 1 }).finish(), Buffer.from([0xa2, 0x06, 0x01, 0x00])]);
    expect(decodeMessage('task', later)).toEqual({
      kind: 'task',
      body: { id: 't', deadlineMs: 1, ask: { kind: 'unknown' } },
    });
  });
});

describe('the result of a task', () => {
  it.each<[string, Fields, string]>([
    ['nothing presented', { presented: null }, 'presented: task-result.handshake.presented is missing'],
    ['a bundle that is no digest', { presented: { bundleSha256: 'ab' } }, 'presented.bundle_sha256: '],
    ['a chain of no fingerprints', { peerChain: ['x'] }, 'peer_chain[0]: '],
    ['a channel that is none', { channel: 'AB'.repeat(32) }, 'channel: '],
    ['an escape sequence in an identity', { peerIdentity: '\u009b' }, 'peer_identity: '],
    ['an escape sequence in a reason', { failure: { reason: '\u001b' } }, 'failure.reason: '],
    ['a count that JavaScript cannot hold', { heardBytes: 2 ** 60 }, 'heard_bytes: '],
  ])('of a handshake with %s is refused, naming the field', (_, change, expected) => {
    expect(refusalOf('task-result', progressBytes(change))).toContain(`RR_PROTOCOL_MALFORMED task-result.handshake.${expected}`);
  });

  it('may be a problem of a later version', () => {
    const bytes = v1.TaskResult.encode({ id: 't', refused: { code: 'RR_OF_LATER', message: 'm', remedy: 'r' } }).finish();
    expect(decodeMessage('task-result', bytes)).toMatchObject({ body: { answer: { kind: 'refused' } } });
  });
});
