import { describe, expect, it } from 'vitest';
import { parseZtunnelCertificates } from './ztunnel-certificates.ts';

const pem = (text: string): string => `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`;
const asWritten = (text: string): object => ({ pem: Buffer.from(pem(text)).toString('base64'), serialNumber: '1' });
const available = (account: string, chain: readonly string[], roots: readonly string[]): object => ({
  identity: `spiffe://cluster.local/ns/shop/sa/${account}`,
  state: 'Available',
  certChain: chain.map(asWritten),
  rootCerts: roots.map(asWritten),
});
const parse = (...certificates: object[]): object[] =>
  parseZtunnelCertificates(JSON.stringify({ certificates, workloads: [] }), 'ztunnel');

describe('the certificates of a ztunnel', () => {
  it('are one when all identities hold the same trust', () => {
    expect(parse(available('a', ['leaf-a', 'i'], ['r']), available('b', ['leaf-b', 'i'], ['r']))).toEqual([
      { identity: 'ns/shop/sa/a', certChain: `${pem('leaf-a')}${pem('i')}`, rootCert: pem('r') },
    ]);
  });

  it('are told apart when one identity lags behind, by its chain or by its roots', () => {
    const held = parse(
      available('a', ['leaf-a', 'i2'], ['r', 's']),
      available('b', ['leaf-b', 'i1'], ['r', 's']),
      available('c', ['leaf-c', 'i2'], ['r']),
    );
    expect(held.map((each) => (each as { identity: string }).identity)).toEqual(['ns/shop/sa/a', 'ns/shop/sa/b', 'ns/shop/sa/c']);
  });

  it('are no workload where nothing is served, nor could be', () => {
    const failed = { identity: 'y', state: 'Unavailable: the identity is no longer needed', certChain: [], rootCerts: [] };
    expect(parse()).toEqual([]);
    expect(parse(failed)).toEqual([]);
  });

  it('are none while they are being fetched', () => {
    const pending = { identity: 'x', state: 'Initializing', certChain: [], rootCerts: [] };
    const failed = { identity: 'y', state: 'Unavailable: the identity is no longer needed', certChain: [], rootCerts: [] };
    expect(parse(pending, failed)).toEqual([{ identity: undefined, certChain: '', rootCert: '' }]);
    expect(parse(pending, available('a', ['leaf'], ['r']))).toHaveLength(1);
  });

  it('are read from plain PEM too', () => {
    const plain = { identity: 'a', state: 'Available', certChain: [{ pem: pem('leaf') }], rootCerts: [{ pem: pem('r') }] };
    expect(parse(plain)).toEqual([{ identity: 'a', certChain: pem('leaf'), rootCert: pem('r') }]);
  });

  it.each<[string, object]>([
    ['has no roots of its own, as before 1.26', { identity: 'a', state: 'Available', certChain: [asWritten('leaf')] }],
    ['has no chain', { identity: 'a', state: 'Available', certChain: [], rootCerts: [asWritten('r')] }],
    ['has no PEM', { identity: 'a', state: 'Available', certChain: [{}], rootCerts: [asWritten('r')] }],
  ])('are refused when one %s', (_, certificate) => {
    expect(() => parse(certificate)).toThrow('the answer of ztunnel holds');
  });

  it('are refused when they are no list, or of too many kinds', () => {
    expect(() => parseZtunnelCertificates('{}', 'ztunnel')).toThrow('no list of certificates');
    const kinds = Array.from({ length: 17 }, (_, index) => available(`a${index}`, ['leaf'], [`r${index}`]));
    expect(() => parse(...kinds)).toThrow('17 kinds of trust');
  });
});
