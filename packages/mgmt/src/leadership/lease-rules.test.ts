import { describe, expect, it } from 'vitest';
import { type HeldRecord, type LeaseRecord, readLease, writeLease } from './lease-record.ts';
import { claim, decideLease, giveBack, leaderOf, observe } from './lease-rules.ts';

const record = (change: Partial<LeaseRecord> = {}): LeaseRecord => ({
  ...{ holder: 'a', durationMs: 10_000, acquiredAt: '1', renewedAt: '1', transitions: 3, address: 'https://a' },
  ...change,
});
const held = (change: Partial<LeaseRecord> = {}, version = '1'): HeldRecord => ({ record: record(change), version });
const me = { identity: 'b', address: 'https://b' };

describe('a lease', () => {
  it('that is held by another is left alone until it was seen unchanged for its whole duration, by our own clock', () => {
    const seen = observe(undefined, held(), 500);
    expect(decideLease(seen, 'b', 10_499)).toEqual({ kind: 'wait', untilMs: 10_500 });
    expect(decideLease(seen, 'b', 10_500)).toEqual({ kind: 'take' });
  });

  it('that was renewed begins anew, and one that something else has touched does not', () => {
    const seen = observe(undefined, held(), 0);
    expect(observe(seen, held({}, '2'), 9_000).atMs).toBe(0);
    expect(observe(seen, held({ renewedAt: '2' }, '3'), 9_000).atMs).toBe(9_000);
  });

  it('goes by the duration of its holder, whatever ours is: a holder of another configuration keeps its word', () => {
    expect(decideLease(observe(undefined, held({ durationMs: 60_000 }), 0), 'b', 59_999).kind).toBe('wait');
  });

  it('is renewed by its holder however old it is, and taken at once where nobody holds it', () => {
    expect(decideLease(observe(undefined, held(), 0), 'a', 99_000)).toEqual({ kind: 'renew' });
    expect(decideLease(observe(undefined, held({ holder: '' }), 0), 'b', 1)).toEqual({ kind: 'take' });
    expect(decideLease(undefined, 'b', 0)).toEqual({ kind: 'create' });
  });

  it('counts the holders that it went to', () => {
    expect(claim(undefined, me, 10_000, 't')).toMatchObject({
      transitions: 0,
      acquiredAt: 't',
      holder: 'b',
      address: 'https://b',
    });
    expect(claim(record(), me, 10_000, 't')).toMatchObject({ transitions: 4, acquiredAt: 't' });
    expect(claim(record({ holder: 'b' }), me, 10_000, 't')).toMatchObject({ transitions: 3, acquiredAt: '1', renewedAt: 't' });
    expect(claim(giveBack(record({ holder: 'b' }), 't'), me, 10_000, 'u')).toMatchObject({ transitions: 4, acquiredAt: 'u' });
  });

  it('names nobody once it has ended, or was given back', () => {
    const seen = observe(undefined, held(), 0);
    expect(leaderOf(seen, 9_999)?.holder).toBe('a');
    expect(leaderOf(seen, 10_000)).toBeUndefined();
    expect(leaderOf(observe(seen, { record: giveBack(record(), 't'), version: '2' }, 1), 2)).toBeUndefined();
  });
});

describe('the object of Kubernetes', () => {
  it('says what the record says', () => {
    const { metadata, spec } = writeLease(record());
    expect(readLease({ metadata: { ...metadata, resourceVersion: '7' }, spec })).toEqual(held({}, '7'));
  });

  it('may be one that nobody has ever written to', () => {
    const { record: read } = readLease({ metadata: { resourceVersion: '7' } });
    expect(read).toMatchObject({ holder: '', transitions: 0 });
    expect(decideLease(observe(undefined, { record: read, version: '7' }, 0), 'b', 0)).toEqual({ kind: 'take' });
  });

  it('is given back with a duration of one second, as client-go does it', () => {
    expect(writeLease(giveBack(record(), 't')).spec).toMatchObject({ holderIdentity: '', leaseDurationSeconds: 1 });
  });
});
