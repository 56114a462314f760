import { describe, expect, it } from 'vitest';
import { type Claim, factsOf } from './claims.ts';
import { judgeClaims, type Moment } from './judge-claims.ts';

const momentOf = (atMs: number, signer: string): Moment => ({
  cluster: 'c',
  beganAtMs: atMs,
  endedAtMs: atMs + 10,
  facts: factsOf([{ place: 'replica r', roots: ['a'], signer }]),
});
const claimOf = (takenAtMs: number, signer: string): Claim => ({
  cluster: 'c',
  takenAtMs,
  receivedAtMs: takenAtMs + 5,
  facts: factsOf([{ place: 'replica r', roots: ['a'], signer }]),
});
const moments = [momentOf(0, 'a'), momentOf(100, 'a'), momentOf(200, 'b'), momentOf(300, 'b')];

describe('the judge', () => {
  it('finds a report that says what has not come to be', () => {
    const { ahead, compared } = judgeClaims(moments, [claimOf(50, 'b')]);
    expect(ahead).toEqual([expect.stringMatching(/^c replica r signer b at /)]);
    expect(compared).toBe(2);
  });

  it('believes one that is late, and one that comes between two looks', () => {
    expect(judgeClaims(moments, [claimOf(150, 'b'), claimOf(205, 'a'), claimOf(250, 'a')]).ahead).toEqual([]);
  });

  it('finds one that says what is so no longer, as if the place had not gone back', () => {
    const back = [momentOf(0, 'a'), momentOf(100, 'b'), momentOf(200, 'a'), momentOf(6_000, 'a'), momentOf(12_000, 'b')];
    expect(judgeClaims(back, [claimOf(5_000, 'b')])).toMatchObject({ stale: [], ahead: [] });
    expect(judgeClaims(back, [claimOf(5_900, 'b')])).toMatchObject({
      stale: [expect.stringMatching(/^c replica r signer b at /)],
      ahead: [],
    });
    expect(judgeClaims(back, [claimOf(11_900, 'b')]).stale).toEqual([]);
  });

  it('measures how long a change goes unreported', () => {
    expect(judgeClaims(moments, [claimOf(150, 'a'), claimOf(255, 'b')]).lagsMs).toEqual([260 - 155]);
    expect(judgeClaims(moments, [claimOf(150, 'a')])).toMatchObject({ lagsMs: [], overtaken: 1 });
  });
});
