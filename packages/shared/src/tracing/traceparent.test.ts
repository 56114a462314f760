import { describe, expect, it } from 'vitest';
import { readTraceparent, writeTraceparent } from './traceparent.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const spanId = '00f067aa0ba902b7';

describe('the header traceparent', () => {
  it('is read as it was written, and says that it came from elsewhere', () => {
    const text = writeTraceparent({ traceId, spanId, traceFlags: 1 });
    expect(text).toBe(`00-${traceId}-${spanId}-01`);
    expect(readTraceparent(text)).toEqual({ traceId, spanId, traceFlags: 1, isRemote: true });
  });

  it('takes of the flags nothing but whether it is sampled', () => {
    expect(readTraceparent(`00-${traceId}-${spanId}-fe`)?.traceFlags).toBe(0);
    expect(readTraceparent(`00-${traceId}-${spanId}-ff`)?.traceFlags).toBe(1);
  });

  it.each([
    ['nothing', undefined],
    ['an empty value', ''],
    ['two values', [`00-${traceId}-${spanId}-01`, `00-${traceId}-${spanId}-01`]],
    ['another version', `01-${traceId}-${spanId}-01`],
    ['upper case', `00-${traceId.toUpperCase()}-${spanId}-01`],
    ['no trace', `00-${'0'.repeat(32)}-${spanId}-01`],
    ['no span', `00-${traceId}-${'0'.repeat(16)}-01`],
    ['something after it', `00-${traceId}-${spanId}-01-more`],
    ['another line', `00-${traceId}-${spanId}-01\n`],
    ['a megabyte', `00-${'a'.repeat(1_048_576)}`],
  ])('that is %s is none', (_, value) => {
    expect(readTraceparent(value)).toBeUndefined();
  });
});
