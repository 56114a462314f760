import { describe, expect, it } from 'vitest';
import { isOnThisMachine, tlsNeedOf } from './tls-need.ts';

const near = { hostname: 'localhost', remoteAddress: '127.0.0.1' };
const far = { hostname: 'nats.example', remoteAddress: '192.0.2.1' };

describe('a server is on this machine', () => {
  it.each([
    ['localhost', '127.0.0.1'],
    ['localhost', '::1'],
    ['localhost', '::ffff:127.0.0.1'],
    ['127.0.0.1', '127.0.0.1'],
    ['127.8.9.1', '127.8.9.1'],
    ['::1', '::1'],
  ])('when it is called %s and reached at %s', (hostname, remoteAddress) => {
    expect(isOnThisMachine({ hostname, remoteAddress })).toBe(true);
  });

  it.each([
    ['localhost', '192.0.2.1'],
    ['localhost', undefined],
    ['localhost', '::ffff:192.0.2.1'],
    ['nats.example', '127.0.0.1'],
    ['127.0.0.1.example', '127.0.0.1'],
    ['0.0.0.0', '127.0.0.1'],
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8::1', '2001:db8::1'],
  ])('but not when it is called %s and reached at %s', (hostname, remoteAddress) => {
    expect(isOnThisMachine({ hostname, remoteAddress })).toBe(false);
  });
});

describe('TLS is needed', () => {
  it('for every other machine, unless plaintext is allowed', () => {
    expect(tlsNeedOf('as-offered')(far)).toBe('by-distance');
    expect(tlsNeedOf('as-offered', 'refused')(far)).toBe('by-distance');
    expect(tlsNeedOf('as-offered', 'allowed')(far)).toBe('as-offered');
    expect(tlsNeedOf('as-offered')(near)).toBe('as-offered');
  });

  it('wherever a URL demands it', () => {
    expect([near, far].map(tlsNeedOf('required', 'allowed'))).toEqual(['by-url', 'by-url']);
  });
});
