import { describe, expect, it } from 'vitest';
import { readServers } from './server-address.ts';

describe('the URL of a server', () => {
  it.each([
    ['nats://example.com', ['example.com:4222'], {}, 'as-offered'],
    ['127.0.0.1:5000', ['127.0.0.1:5000'], {}, 'as-offered'],
    ['nats://[::1]:5000', ['[::1]:5000'], {}, 'as-offered'],
    ['tls://example.com:4443', ['example.com:4443'], {}, 'required'],
    ['nats://ann:4223pass@example.com:5000', ['example.com:5000'], { user: 'ann', pass: '4223pass' }, 'as-offered'],
    ['nats://ann:p%40ss@example.com', ['example.com:4222'], { user: 'ann', pass: 'p@ss' }, 'as-offered'],
    ['nats://s3cret@example.com', ['example.com:4222'], { token: 's3cret' }, 'as-offered'],
  ])('%s is taken apart', (server, hosts, credentials, tls) => {
    expect(readServers([server])).toEqual({ hosts, credentials, tls });
  });

  it.each(['http://ann:s3cret@example.com', 'nats://ann:s3cret@', 'nats://ann:s3/cr@et@ex ample', 'ann:s3cret@:x'])(
    'is refused when it is %s, without its credentials',
    (server) => {
      const refused = { code: 'RR_CONFIG_INVALID', message: expect.not.stringMatching(/ann|s3|cr@et/) as string };
      expect(() => readServers([server])).toThrow(expect.objectContaining(refused) as Error);
    },
  );

  it('lends its credentials to the others', () => {
    const { hosts, credentials } = readServers(['nats://one:1', 'nats://ann:s3cret@two:2']);
    expect({ hosts, credentials }).toEqual({ hosts: ['one:1', 'two:2'], credentials: { user: 'ann', pass: 's3cret' } });
  });
});
