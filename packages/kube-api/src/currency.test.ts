import { RerootError } from '@reroot/shared/errors';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Currency, createCurrency } from './currency.ts';

const unreachable = new RerootError('RR_CLUSTER_UNREACHABLE', 'gone');
const forbidden = new RerootError('RR_CLUSTER_FORBIDDEN', 'cannot watch');

let nowMs: number;
let currency: Currency;

beforeEach(() => {
  nowMs = 0;
  currency = createCurrency(() => nowMs, 15_000, '/api/v1/pods');
});

describe('a copy of a collection', () => {
  it('is none before the first list, and says what keeps it', () => {
    expect(currency.problem()?.message).toBe('/api/v1/pods has not been listed yet');
    currency.fail(unreachable);
    expect(currency.problem()).toBe(unreachable);
  });

  it('is current for a while after it was confirmed, and then as old as its last error', () => {
    currency.confirm();
    currency.fail(unreachable);
    nowMs = 15_000;
    expect(currency.problem()).toBeUndefined();
    nowMs = 15_001;
    expect(currency.problem()).toBe(unreachable);
  });

  it('is current for as long as a watch stands', () => {
    currency.confirm();
    currency.open();
    nowMs = 3_600_000;
    expect(currency.problem()).toBeUndefined();
    currency.close('ended');
    nowMs += 15_000;
    expect(currency.problem()).toBeUndefined();
    nowMs += 1;
    expect(currency.problem()).toBeDefined();
  });

  it('is as old as the last event when its watch went silent', () => {
    currency.confirm();
    currency.open();
    nowMs = 240_000;
    currency.close('silent');
    expect(currency.problem()?.message).toContain('went silent');
  });

  it('is not made current by watches that end as soon as they begin', () => {
    currency.confirm();
    for (nowMs = 0; nowMs <= 20_000; nowMs += 500) {
      currency.open();
      nowMs += 500;
      currency.close('ended');
    }
    expect(currency.problem()?.message).toContain('ends as soon as it begins');
  });

  it('is none from the moment that the cluster forbids to watch it, until a watch is open', () => {
    currency.confirm();
    currency.fail(forbidden);
    expect(currency.problem()).toBe(forbidden);
    currency.confirm();
    expect(currency.problem()).toBe(forbidden);
    currency.open();
    expect(currency.problem()).toBeUndefined();
  });
});
