import { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { requireHosts } from './host-name.ts';
import { issueHostLeaf } from './issue.ts';
import type { Signer } from './signer.ts';
import { type Authority, dayMs, makeRoot, newSigner, nowMs, p256, rsa2048 } from './testing/authority.ts';
import { opensslPrint, opensslVerify } from './testing/openssl.ts';

let root: Authority;
let key: Signer;

beforeAll(async () => {
  root = await makeRoot('root', await newSigner(p256));
  key = await newSigner(p256);
});

const issue = (hosts: readonly string[], purpose: 'server' | 'server-and-client' = 'server-and-client', of = key) =>
  issueHostLeaf({
    issuer: root.certificate,
    issuerKey: root.key,
    publicKeySpki: of.publicKeySpki,
    hosts,
    purpose,
    notBeforeMs: nowMs - dayMs,
    notAfterMs: nowMs + dayMs,
  });

describe('the certificate of a host', () => {
  it('is verified by OpenSSL as a server, for its names and addresses', async () => {
    const certificate = await issue(['Nats-1.example.com', '192.0.2.255', '2001:db8::ff', '::1', '::ffff:192.0.2.1']);
    expect(await opensslVerify([certificate], [root.certificate], nowMs)).toMatchObject({ ok: true });
    const { output } = await opensslPrint('x509', certificate.pem);
    expect(output).toMatch(
      /Subject Alternative Name: critical\s+DNS:nats-1\.example\.com, IP Address:192\.0\.2\.255, IP Address:2001:DB8:0:0:0:0:0:FF, IP Address:0:0:0:0:0:0:0:1, IP Address:0:0:0:0:0:FFFF:C000:201\n/,
    );
    expect(output).toMatch(/Key Usage: critical\s+Digital Signature\n/);
    const node = new X509Certificate(certificate.pem);
    expect(node.checkHost('nats-1.example.com')).toBeDefined();
    expect(node.checkHost('other.example.com')).toBeUndefined();
    expect(node.checkIP('2001:db8::ff')).toBeDefined();
    expect(node.checkIP('192.0.2.1')).toBeUndefined();
  });

  it('passes for a client only where it is to', async () => {
    const ofRsa = await newSigner(rsa2048);
    for (const signer of [key, ofRsa]) {
      const both = await opensslPrint('x509', (await issue(['a'], 'server-and-client', signer)).pem);
      expect(both.output).toMatch(/TLS Web Server Authentication, TLS Web Client Authentication/);
      const { output } = await opensslPrint('x509', (await issue(['a'], 'server', signer)).pem);
      expect(output).toMatch(/Extended Key Usage:\s+TLS Web Server Authentication\n/);
    }
  });

  it.each([
    '',
    'a..b',
    '-a',
    'a_b',
    '*.example.com',
    'a:4222',
    '[::1]',
    'fe80::1%eth0',
    '1.2.3',
    '1.2.3.4.5',
    '300.1.1.1',
    'ä',
    'a b',
    'x'.repeat(64),
    `${'a.'.repeat(127)}b`,
  ])('is not made for %j', async (host) => {
    await expect(issue(['ok', host])).rejects.toMatchObject({ code: 'RR_PKI_CANNOT_ISSUE' });
  });

  it('is not made for nobody, nor by a certificate that is no CA', async () => {
    await expect(issue([])).rejects.toMatchObject({ code: 'RR_PKI_CANNOT_ISSUE' });
    const leaf = await issue(['a']);
    const options = { issuer: leaf, issuerKey: key, publicKeySpki: key.publicKeySpki, hosts: ['a'], purpose: 'server' } as const;
    const made = issueHostLeaf({ ...options, notBeforeMs: nowMs, notAfterMs: nowMs + dayMs });
    await expect(made).rejects.toMatchObject({ code: 'RR_PKI_CANNOT_ISSUE' });
  });

  it('has the bytes of its addresses', () => {
    const hex = (host: string) => requireHosts([host]).map(({ kind, bytes }) => `${kind} ${Buffer.from(bytes).toString('hex')}`);
    expect(hex('1.2.3.4')).toEqual(['ip 01020304']);
    expect(hex('::')).toEqual([`ip ${'0'.repeat(32)}`]);
    expect(hex('1::')).toEqual([`ip 0001${'0'.repeat(28)}`]);
    expect(hex('1:2:3:4:5:6:7:8')).toEqual(['ip 00010002000300040005000600070008']);
  });
});
