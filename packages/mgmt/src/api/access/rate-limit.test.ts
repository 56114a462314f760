import { createFakeClock } from '@reroot/shared/testing';
import { describe, expect, it } from 'vitest';
import { createRateLimit } from './rate-limit.ts';
import { networkOf } from './remote-network.ts';

describe('a rate limit', () => {
  const open = (options: { perSecond?: number; burst?: number; maxKeys?: number } = {}) => {
    const clock = createFakeClock(1_000);
    return { clock, limit: createRateLimit({ perSecond: 2, burst: 3, maxKeys: 10, ...options, clock }) };
  };

  it('grants a burst, then what comes with time, and says how long to wait', () => {
    const { clock, limit } = open();
    expect([1, 2, 3, 4].map(() => limit.take('a'))).toEqual([0, 0, 0, 500]);
    clock.advance(300);
    expect(limit.take('a')).toBe(200);
    clock.advance(200);
    expect([limit.take('a'), limit.take('a')]).toEqual([0, 500]);
  });

  it('never holds more than the burst', () => {
    const { clock, limit } = open();
    limit.take('a');
    clock.advance(3_600_000);
    limit.giveBack('a');
    expect([1, 2, 3, 4].map(() => limit.take('a'))).toEqual([0, 0, 0, 500]);
  });

  it('keeps keys apart, and no more of them than it may', () => {
    const { limit } = open({ burst: 1, maxKeys: 2 });
    expect([limit.take('a'), limit.take('b'), limit.take('a')]).toEqual([0, 0, 500]);
    limit.take('c');
    expect(limit.take('a')).toBe(500);
    expect(limit.take('b')).toBe(0);
  });

  it('takes nothing away when the clock is set back', () => {
    const { clock, limit } = open();
    limit.take('a');
    clock.advance(-60_000);
    expect([limit.take('a'), limit.take('a'), limit.take('a')]).toEqual([0, 0, 500]);
  });
});

describe('the network of an address', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:DB8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['64:ff9b::192.0.2.7', '64:ff9b:0:0::/64'],
    ['', ''],
  ])('of %j is %j', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
