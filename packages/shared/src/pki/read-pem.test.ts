import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createCsr, csrToPem } from './csr.ts';
import { bitString, integer, objectIdentifier, sequence, tagged } from './der.ts';
import { exportPrivateKey } from './key.ts';
import { distinguishedName } from './name.ts';
import { pemBlocks } from './pem-blocks.ts';
import { readPem } from './read-pem.ts';
import { type Authority, makeRoot, newSigner, p256 } from './testing/authority.ts';

let root: Authority;
let request: string;
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

beforeAll(async () => {
  const key = await newSigner(p256);
  root = await makeRoot('root', key);
  request = csrToPem(await createCsr({ key, commonName: 'asked for', uris: ['spiffe://cluster.local/ns/a/sa/b'] }));
});

const kindsOf = (text: string): readonly string[] => readPem(text).map(({ kind }) => kind);

describe('readPem', () => {
  it('reads blocks of several kinds, with position and line', () => {
    const text = `# a comment\n${root.certificate.pem}\n${request}`;
    expect(readPem(text)).toMatchObject([
      {
        kind: 'certificate',
        label: 'CERTIFICATE',
        position: 1,
        line: 2,
        certificate: { fingerprint: root.certificate.fingerprint },
      },
      { kind: 'request', label: 'CERTIFICATE REQUEST', position: 2, request: { uris: ['spiffe://cluster.local/ns/a/sa/b'] } },
    ]);
    expect(readPem(text)[1]?.line).toBe(text.slice(0, text.indexOf('-----BEGIN CERTIFICATE REQUEST')).split('\n').length);
  });

  it.each([
    ['PKCS#8', exportPrivateKey(privateKey)],
    ['SEC 1', privateKey.export({ type: 'sec1', format: 'pem' }).toString()],
    [
      'PKCS#1',
      generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
    ],
  ])('keeps of a private key in %s only the public half', (_, pem) => {
    const [item] = readPem(pem);
    expect(item).toMatchObject({ kind: 'private-key', publicKey: { type: 'public' } });
    expect(Object.keys(item ?? {}).toSorted()).toEqual(['kind', 'label', 'line', 'position', 'publicKey']);
  });

  it('knows encrypted keys, and does not try to open them', () => {
    const encryption = { format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open sesame' } as const;
    const pkcs8 = privateKey.export({ type: 'pkcs8', ...encryption });
    const traditional = privateKey.export({ type: 'sec1', ...encryption });
    expect(traditional).toContain('Proc-Type: 4,ENCRYPTED');
    expect(kindsOf(`${pkcs8.toString()}${traditional.toString()}`)).toEqual(['encrypted-key', 'encrypted-key']);
  });

  it('says what it cannot read, without a word of what was there', () => {
    const garbage = (label: string): string => `-----BEGIN ${label}-----\nc2VjcmV0\n-----END ${label}-----\n`;
    const items = readPem(['CERTIFICATE', 'CERTIFICATE REQUEST', 'PRIVATE KEY', 'PUBLIC KEY'].map(garbage).join(''));
    expect(items.map(({ kind }) => kind)).toEqual(['unreadable', 'unreadable', 'unreadable', 'unreadable']);
    expect(JSON.stringify(items)).not.toMatch(/c2VjcmV0|secret|error:/);
  });

  it('refuses a request that was signed with another key', async () => {
    const other = await createCsr({ key: await newSigner(p256), commonName: 'another' });
    const spoilt = Buffer.from(other);
    const last = spoilt.length - 1;
    spoilt[last] = (spoilt[last] ?? 0) ^ 1;
    expect(readPem(csrToPem(spoilt))).toMatchObject([
      { kind: 'refused-request', problem: expect.stringContaining('signature') as string },
    ]);
  });

  it('reads what a request says whose key it does not take', () => {
    const { publicKey } = generateKeyPairSync('ed25519');
    const spki = publicKey.export({ type: 'spki', format: 'der' });
    const info = sequence(integer(Uint8Array.of(0)), distinguishedName({ commonName: 'asked for' }), spki, tagged(0));
    const der = sequence(info, sequence(objectIdentifier('1.3.101.112')), bitString(new Uint8Array(64)));
    expect(readPem(csrToPem(der))).toMatchObject([
      {
        kind: 'refused-request',
        facts: { key: { kind: 'other', name: 'Ed25519' }, signatureAlgorithm: 'Ed25519', claimsCa: false },
        problem: expect.stringContaining('the key is of the kind Ed25519') as string,
      },
    ]);
  });
});

describe('a damaged block is one that Go passes over', () => {
  const joined = (): string => root.certificate.pem.trimEnd() + root.certificate.pem;
  const cases: readonly (readonly [string, () => string, readonly string[]])[] = [
    ['two certificates joined in one line', joined, ['damaged', 'damaged']],
    ['no END', () => root.certificate.pem.replace(/-----END.*/, ''), ['damaged']],
    ['another END', () => root.certificate.pem.replace('END CERTIFICATE', 'END X509 CRL'), ['damaged']],
    ['headers without an empty line behind them', () => '-----BEGIN X-----\na: b\n-----END X-----\n', ['damaged']],
    ['a header behind the first line', () => root.certificate.pem.replace(/(\n.*\n)/, '$1a: b\n'), ['damaged']],
    ['a letter that is not base64', () => root.certificate.pem.replace(/\n(.)/, '\n*$1'), ['damaged']],
    ['a BEGIN that is indented', () => ` ${root.certificate.pem}`, ['damaged']],
    [
      'a good block behind one without END',
      () => `-----BEGIN CERTIFICATE-----\nAAAA\n${root.certificate.pem}`,
      ['damaged', 'certificate'],
    ],
  ];
  it.each(cases)('%s', (_, text, kinds) => {
    expect(kindsOf(text())).toEqual(kinds);
  });

  it.each([
    ['CRLF', () => root.certificate.pem.replaceAll('\n', '\r\n')],
    ['no newline at the end', () => root.certificate.pem.trimEnd()],
    ['blanks behind the lines', () => root.certificate.pem.replaceAll('\n', ' \t\n')],
    [
      'one long line',
      () => root.certificate.pem.replace(/(?<=-)\n([^-]+)\n(?=-)/, (_, body: string) => `\n${body.replaceAll('\n', '')}\n`),
    ],
  ])('but not one with %s', (_, text) => {
    expect(kindsOf(text())).toEqual(['certificate']);
  });

  it('whatever the text, each BEGIN is one block, and those that are whole are read again from their text', () => {
    const line = fc.constantFrom(
      '-----BEGIN CERTIFICATE-----',
      '-----END CERTIFICATE-----',
      'AAAA',
      'key: value',
      '-----',
      '',
      'a\rb',
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = lines.join('\n');
        const blocks = pemBlocks(text);
        expect(blocks).toHaveLength(lines.filter((each) => each.startsWith('-----BEGIN')).length);
        for (const block of blocks) {
          if (block.kind !== 'whole') continue;
          expect(pemBlocks(block.text)).toEqual([{ ...block, line: 1 }]);
          expect(text.split('\n')[block.line - 1]).toBe('-----BEGIN CERTIFICATE-----');
        }
      }),
    );
  });
});
