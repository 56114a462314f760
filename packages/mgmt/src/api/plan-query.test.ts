import { toRerootError } from '@reroot/shared/errors';
import { describe, expect, it } from 'vitest';
import { readPlanQuery } from './plan-query.ts';

const nowMs = Date.UTC(2027, 0, 4, 12);

function refusal(query: unknown): { readonly code: string; readonly place: string | undefined; readonly message: string } {
  try {
    readPlanQuery(query, nowMs);
  } catch (thrown) {
    return toRerootError(thrown);
  }
  throw new Error('nothing was refused');
}

describe('the query of a plan', () => {
  it('may be empty', () => {
    expect(readPlanQuery({}, nowMs)).toEqual({ offline: [], exclude: [] });
  });

  it('names clusters with commas, or several times', () => {
    expect(readPlanQuery({ offline: 'east,west', exclude: ['north', 'south,far'] }, nowMs)).toMatchObject({
      offline: ['east', 'west'],
      exclude: ['north', 'south', 'far'],
    });
  });

  it('takes moments, and spans: the end of an outage is counted from the start of the plan', () => {
    expect(readPlanQuery({ at: '2027-01-04T13:00:00+00:00', offline: 'east', until: '90m' }, nowMs)).toMatchObject({
      atMs: nowMs + 3_600_000,
      untilMs: nowMs + 2.5 * 3_600_000,
    });
    expect(readPlanQuery({ at: '2h' }, nowMs).atMs).toBe(nowMs + 7_200_000);
  });

  it('takes the pace of a rotation', () => {
    expect(readPlanQuery({ pace: 'emergency' }, nowMs).pace).toBe('emergency');
  });

  it.each<[string, unknown, string]>([
    ['an unknown pace', { pace: 'true' }, 'query (pace)'],
    ['an unknown parameter', { stratgey: 'NONE' }, 'query (stratgey)'],
    ['an unknown strategy', { strategy: 'none' }, 'query (strategy)'],
    ['a parameter that is given twice', { strategy: ['NONE', 'NONE'] }, 'query (strategy)'],
    ['a fingerprint that is none', { targetRoot: 'abc' }, 'query (targetRoot)'],
    ['a name that is none', { offline: 'east,' }, 'query (offline)'],
    ['what is neither moment nor span', { at: 'tomorrow' }, 'query (at)'],
    ['a day without a time', { at: '2027-01-05' }, 'query (at)'],
    ['a day that is none', { at: '2027-13-41T00:00:00Z' }, 'query (at)'],
    ['a moment that has passed', { at: '2027-01-04T11:59:59Z' }, 'query (at)'],
    ['more than ten years', { at: '4000d' }, 'query (at)'],
    ['an end before the start', { offline: 'east', at: '2h', until: '2027-01-04T13:00:00Z' }, 'query (until)'],
    ['an end of no outage', { until: '2h' }, 'query (until)'],
  ])('refuses %s, and names its place', (_, query, place) => {
    expect(refusal(query)).toMatchObject({ code: 'RR_API_QUERY_INVALID', place });
  });

  it('repeats no value: some write their tokens into a query', () => {
    for (const query of [{ at: 's3cret' }, { offline: 'S3cret' }, { targetRoot: 's3cret' }, { nothing: 's3cret' }]) {
      const { message, place } = refusal(query);
      expect(`${message} ${place ?? ''}`).not.toMatch(/s3cret/i);
    }
  });
});
