import { describe, expect, it } from 'vitest';
import { formerRootCertKey } from '../ca-secret/annotations.ts';
import { listedCache } from '../testing/listed-cache.ts';
import { listOrNothing, reduceSecretRoots, splitBlocks } from './known-roots.ts';

const block = (name: string): string => `-----BEGIN CERTIFICATE-----\n${name}\n-----END CERTIFICATE-----`;
const secret = (name: string, files: Record<string, string>, annotations: Record<string, string> = {}): object => ({
  metadata: { name, namespace: 'istio-system', resourceVersion: '7', annotations },
  data: Object.fromEntries(Object.entries(files).map(([key, text]) => [key, Buffer.from(text).toString('base64')])),
});

describe('the roots that a replica may serve under', () => {
  it('are those of cacerts, now and before its last change, block by block', () => {
    const files = {
      'root-cert.pem': `# a\n${block('A')}\n${block('B')}\n`,
      'ca-key.pem': 'the key',
      'ca-cert.pem': block('signer'),
    };
    const kept = reduceSecretRoots(secret('cacerts', files, { [formerRootCertKey]: block('former') }));
    expect(kept).toEqual({ namespace: 'istio-system', roots: [block('A'), block('B'), block('former')], version: '7' });
  });

  it('are those of the form of TLS, and of the CA that istiod made itself', () => {
    expect(reduceSecretRoots(secret('cacerts', { 'tls.crt': block('signer'), 'ca.crt': block('A') })).roots).toEqual([
      block('A'),
    ]);
    expect(reduceSecretRoots(secret('istio-ca-secret', { 'ca-cert.pem': block('own') })).roots).toEqual([block('own')]);
  });

  it('are cut at what is no certificate, so that one bad block hides none after it', () => {
    expect(splitBlocks(`junk\n${block('A')}junk${block('B')}\n-----BEGIN CERTIFICATE-----\nno end`)).toEqual([
      block('A'),
      block('B'),
    ]);
  });

  it('are none of a cache that cannot say', () => {
    expect(listOrNothing(listedCache(new Error('forbidden')))).toEqual([]);
  });
});
