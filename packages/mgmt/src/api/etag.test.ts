import { describe, expect, it } from 'vitest';
import { etagOf, isKnown, preconditionOf } from './etag.ts';

const etag = etagOf(7, '{}');

describe('an ETag', () => {
  it('is another one for another revision, and for another answer', () => {
    expect(new Set([etag, etagOf(8, '{}'), etagOf(7, '[]'), etagOf(7, '{}')]).size).toBe(3);
  });

  it.each([etag, `W/${etag}`, `"x", ${etag}`, '*'])('is known to whoever says %s', (known) => {
    expect(isKnown(etag, { 'if-none-match': known })).toBe(true);
  });

  it.each(['"7"', '"8-x"', 'nonsense', ''])('is not known to whoever says %s', (known) => {
    expect(isKnown(etag, { 'if-none-match': known })).toBe(false);
  });
});

describe('what a request asks of a mesh', () => {
  it.each([
    [{}, undefined],
    [{ 'if-match': '*' }, { kind: 'present' }],
    [{ 'if-match': etag }, { kind: 'revisions', revisions: [7] }],
    [{ 'if-match': '"7", "9-abc"' }, { kind: 'revisions', revisions: [7, 9] }],
    [{ 'if-match': 'W/"7"' }, { kind: 'revisions', revisions: [] }],
    [{ 'if-match': 'nonsense' }, { kind: 'revisions', revisions: [] }],
    [{ 'if-none-match': '*' }, { kind: 'absent' }],
    [{ 'if-none-match': etag }, undefined],
  ])('by %j', (headers, wanted) => {
    expect(preconditionOf(headers)).toEqual(wanted);
  });
});
