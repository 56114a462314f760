import { describe, expect, it } from 'vitest';
import { isTimeZone } from './time-zone.ts';

describe('a time zone', () => {
  it('is one of the database, and no offset', () => {
    expect(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires'].filter((name) => !isTimeZone(name))).toEqual([]);
    expect(['', '+01:00', 'Europe/Atlantis', 'local', 'CET+1'].filter(isTimeZone)).toEqual([]);
  });
});
