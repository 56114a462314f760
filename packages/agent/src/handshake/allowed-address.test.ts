import { describe, expect, it } from 'vitest';
import { agentConfigSchema } from '../config.ts';
import { requireAllowed } from './allowed-address.ts';

const allowed = ['gateway.example:15443', '10.0.0.7:*', '[2001:db8::1]:443'];

describe('an address that mgmt names', () => {
  it.each([
    ['gateway.example:15443', 'gateway.example', 15_443],
    ['GATEWAY.example:15443', 'gateway.example', 15_443],
    ['10.0.0.7:1', '10.0.0.7', 1],
    ['10.0.0.7:65535', '10.0.0.7', 65_535],
    ['[2001:DB8::1]:443', '2001:db8::1', 443],
  ])('is dialled where the configuration names it: %s', (address, host, port) => {
    expect(requireAllowed(address, allowed)).toEqual({ host, port });
  });

  it.each([
    ...['gateway.example:443', 'gateway.example', 'other.example:15443', 'x.gateway.example:15443', 'gateway.example.:15443'],
    ...['10.0.0.7', '10.0.0.7:0', '10.0.0.7:65536', '10.0.0.7:99999', '10.0.0.70:80', '10.0.0.7:*', '10.0.0.7:80 '],
    ...['0x0a000007:80', '[2001:db8::1]:444', '2001:db8::1:443', '127.0.0.1:80', 'localhost:80', '', ':80', '*:15443'],
    ...['gateway.example:15443/x', 'user@gateway.example:15443', 'gateway.example:15443\n', '169.254.169.254:80'],
  ])('is not dialled otherwise: %j', (address) => {
    expect(() => requireAllowed(address, allowed)).toThrow(expect.objectContaining({ code: 'RR_PATH_PROBE_FORBIDDEN' }) as Error);
  });

  it('is never dialled unless something is configured', () => {
    expect(() => requireAllowed('gateway.example:15443', [])).toThrow(/is no address that this agent may dial/);
  });
});

describe('the configuration of path probes', () => {
  const parse = (allow: unknown) =>
    agentConfigSchema.safeParse({
      join: { file: 'join.json', state: { dir: 'state' } },
      handshakes: { pathProbes: { allow } },
    });

  it('takes hosts with a port or with all ports', () => {
    expect(parse(allowed).data?.handshakes.pathProbes.allow).toEqual(allowed);
  });

  it.each(['*', '*:*', '*:443', 'gateway', 'gateway:', 'gateway:0', 'https://gateway:443', '10.0.0.0/8:443', '-a:1'])(
    'takes no %s',
    (entry) => {
      expect(parse([entry]).success).toBe(false);
    },
  );
});
