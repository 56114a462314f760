import { describe, expect, it } from 'vitest';
import { errorCatalogue } from '../../errors/index.ts';
import { errorsOf, operations } from './index.ts';

/** What says to whoever asks that the credentials or the number of the requests are wrong. */
const aboutWhoAsks = [401, 403, 429];

describe('what an operation is refused with', () => {
  it.each(Object.entries(operations))('of %s blames whoever asks for nothing that mgmt was refused elsewhere', (_, operation) => {
    const blaming = errorsOf(operation).filter((code) => aboutWhoAsks.includes(errorCatalogue[code].status));
    expect(blaming.filter((code) => !/^RR_(API|APPROVAL)_/.test(code))).toEqual([]);
  });

  it('asks for other credentials in one case alone', () => {
    const asking = Object.entries(errorCatalogue).filter(([, { status }]) => status === 401);
    expect(asking.map(([code]) => code)).toEqual(['RR_API_UNAUTHORIZED']);
  });
});
