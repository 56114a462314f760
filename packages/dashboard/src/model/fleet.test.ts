import { clusterStatus, waitingVerdict } from '@reroot/shared/testing';
import { describe, expect, it } from 'vitest';
import { countMarks, type FleetQuery, readFleetQuery, selectFleet, surveyFleet, writeFleetQuery } from './fleet.ts';

const clusters = [
  clusterStatus({ name: 'cluster-10' }),
  clusterStatus({ name: 'cluster-9', verdict: waitingVerdict('NotWritten', 'cluster-9: disk full') }),
  clusterStatus({ name: 'cluster-2', presence: 'silent', problems: [{ code: 'RR_X', message: 'm', remedy: 'r' }] }),
];
const entries = surveyFleet(clusters, 'not-proven');
const all: FleetQuery = { text: '', marks: [], problems: 'all', sort: 'name', look: 'grid' };
const namesOf = (query: Partial<FleetQuery>): string[] =>
  selectFleet(entries, { ...all, ...query }).map(({ cluster }) => cluster.name);

describe('the fleet', () => {
  it('is sorted by name as people count', () => {
    expect(namesOf({})).toEqual(['cluster-2', 'cluster-9', 'cluster-10']);
  });

  it('has those that need an eye first, when asked', () => {
    expect(namesOf({ sort: 'standing' })).toEqual(['cluster-2', 'cluster-9', 'cluster-10']);
    expect(namesOf({ sort: 'problems' })[0]).toBe('cluster-2');
  });

  it('is found by a part of the name, or of what is waited for', () => {
    expect(namesOf({ text: 'ER-1' })).toEqual(['cluster-10']);
    expect(namesOf({ text: 'disk' })).toEqual(['cluster-9']);
  });

  it('is filtered by mark and by problem', () => {
    expect(namesOf({ marks: ['0', '4'] })).toEqual(['cluster-9', 'cluster-10']);
    expect(namesOf({ problems: 'only' })).toEqual(['cluster-2']);
  });

  it('is counted by mark', () => {
    expect(countMarks(entries)).toEqual([
      { mark: 'silent', count: 1 },
      { mark: '0', count: 1 },
      { mark: '4', count: 1 },
    ]);
  });
});

describe('what is asked of the fleet', () => {
  it('comes back from the URL as it was', () => {
    const query: FleetQuery = { text: 'a&b', marks: ['silent', '3'], problems: 'only', sort: 'round-trip', look: 'table' };
    expect(readFleetQuery(new URLSearchParams(writeFleetQuery(query).toString()))).toEqual(query);
  });

  it('is everything where the URL says nothing, or nonsense', () => {
    const usual = { ...all, sort: 'standing' };
    expect(readFleetQuery(new URLSearchParams())).toEqual(usual);
    expect(readFleetQuery(new URLSearchParams('level=9,x&sort=colour&look=wide'))).toEqual(usual);
    expect(writeFleetQuery({ ...all, sort: 'standing' }).toString()).toBe('');
  });
});
