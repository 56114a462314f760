import 'reflect-metadata';
import { X509Certificate as OtherCertificate, X509Crl } from '@peculiar/x509';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { RerootError } from '../errors/index.ts';
import { type CrlOptions, createCrl, type Revocation } from './create-crl.ts';
import { type Crl, parseCrl, parseCrls } from './crl.ts';
import type { CrlReason } from './crl-reason.ts';
import { bitString, booleanTrue, integer, objectIdentifier, octetString, sequence, tagged, time } from './der.ts';
import type { KeyAlgorithm } from './key.ts';
import { signatureAlgorithm } from './signature-algorithm.ts';
import {
  type Authority,
  dayMs,
  makeIntermediate,
  makeLeaf,
  makeRoot,
  newSigner,
  nowMs,
  p256,
  p384,
  rsa2048,
} from './testing/authority.ts';
import { opensslCrl } from './testing/openssl.ts';
import { isRevoked, verifyCrl } from './verify-crl.ts';

const algorithms: readonly [string, KeyAlgorithm][] = [
  ['RSA-2048', rsa2048],
  ['ECDSA P-256', p256],
  ['ECDSA P-384', p384],
];
const reasons = [
  ...(['unspecified', 'keyCompromise', 'cACompromise', 'affiliationChanged', 'superseded', 'cessationOfOperation'] as const),
  ...(['certificateHold', 'privilegeWithdrawn', 'aACompromise'] as const),
] satisfies readonly CrlReason[];

let root: Authority;
let other: Authority;

beforeAll(async () => {
  root = await makeRoot('root', await newSigner(p256));
  other = await makeRoot('other root', await newSigner(p256));
});

async function listOf(authority: Authority, changes: Partial<CrlOptions> = {}): Promise<Crl> {
  const span = { thisUpdateMs: nowMs - dayMs, nextUpdateMs: nowMs + dayMs };
  return createCrl({ issuer: authority.certificate, issuerKey: authority.key, revoked: [], number: 1, ...span, ...changes });
}

const codeOf = async (work: () => unknown): Promise<string> => {
  try {
    await work();
    return 'nothing';
  } catch (error) {
    return error instanceof RerootError ? error.code : String(error);
  }
};

describe.each(algorithms)('a CRL that an issuer with %s signs', (_, algorithm) => {
  it('is verified by us, by openssl and by a second library, and reads back as it was made', async () => {
    const authority = await makeRoot('an issuer', await newSigner(algorithm));
    const revoked = reasons.map((reason, index): Revocation => ({ serial: `8${index}ff`, atMs: nowMs - index * 1000, reason }));
    const crl = await listOf(authority, { revoked, number: 2n ** 140n });
    expect(verifyCrl(crl, authority.certificate, nowMs)).toEqual({ ok: true });
    expect(crl.revoked).toEqual(revoked.map((each) => ({ ...each, serial: each.serial.toUpperCase() })));
    expect(crl).toMatchObject({ number: 2n ** 140n, thisUpdateMs: nowMs - dayMs, nextUpdateMs: nowMs + dayMs });
    expect(crl.authorityKeyId).toBe(authority.certificate.subjectKeyId);

    const { ok, output } = await opensslCrl(crl, authority.certificate);
    expect(output).toContain('Version 2 (0x1)');
    expect(output).toContain('Superseded');
    expect(output.match(/Serial Number:/g)).toHaveLength(reasons.length);
    expect(ok).toBe(true);

    const theirs = new X509Crl(crl.pem);
    expect(await theirs.verify({ publicKey: new OtherCertificate(authority.certificate.pem) })).toBe(true);
    expect(theirs.entries.map(({ serialNumber }) => serialNumber.toUpperCase())).toEqual(crl.revoked.map(({ serial }) => serial));
    expect(theirs.nextUpdate?.getTime()).toBe(crl.nextUpdateMs);
  });
});

describe('a CRL', () => {
  it('that revokes nothing has no list of certificates', async () => {
    const crl = await listOf(root);
    expect(crl.revoked).toEqual([]);
    const { ok, output } = await opensslCrl(crl, root.certificate);
    expect(output).toContain('No Revoked Certificates');
    expect(ok).toBe(true);
  });

  it('has times of 2050 and later as GeneralizedTime', async () => {
    const nextUpdateMs = Date.UTC(2050, 0, 1);
    const crl = await listOf(root, { nextUpdateMs, revoked: [{ serial: '1', atMs: Date.UTC(2051, 1, 2, 3, 4, 5) }] });
    expect(Buffer.from(crl.der).toString('latin1')).toContain('20500101000000Z');
    expect(crl).toMatchObject({ nextUpdateMs, revoked: [{ atMs: Date.UTC(2051, 1, 2, 3, 4, 5), reason: 'unspecified' }] });
    expect((await opensslCrl(crl, root.certificate)).ok).toBe(true);
  });

  it('revokes exactly the certificates of its issuer that it lists', async () => {
    const [leaf, fine] = [await makeLeaf(root, await newSigner(p256)), await makeLeaf(root, await newSigner(p256))];
    const crl = await listOf(root, { revoked: [{ serial: leaf.serial.toLowerCase(), atMs: nowMs }] });
    expect([isRevoked(crl, leaf), isRevoked(crl, fine)]).toEqual([true, false]);
    const foreign = await listOf(other, { revoked: [{ serial: leaf.serial, atMs: nowMs }] });
    expect(isRevoked(foreign, leaf)).toBe(false);
  });

  it('reads back whatever it was made of', { timeout: 30_000 }, async () => {
    const revocation = fc.record({
      serial: fc.bigInt({ min: 1n, max: 2n ** 159n - 1n }).map((number) => number.toString(16)),
      atMs: fc.integer({ min: Date.UTC(1950) / 1000, max: Date.UTC(9998) / 1000 }).map((seconds) => seconds * 1000),
      reason: fc.constantFrom(...reasons),
    });
    const lists = fc.uniqueArray(revocation, { selector: ({ serial }) => serial, maxLength: 5 });
    const numbers = fc.bigInt({ min: 0n, max: 2n ** 159n - 1n });
    await fc.assert(
      fc.asyncProperty(lists, numbers, async (revoked, number) => {
        const crl = await listOf(root, { revoked, number });
        const read = parseCrl(crl.pem);
        expect(read).toEqual(crl);
        expect(read.number).toBe(number);
        expect(read.revoked.map(({ serial, atMs, reason }) => [BigInt(`0x${serial}`), atMs, reason])).toEqual(
          revoked.map(({ serial, atMs, reason }) => [BigInt(`0x${serial}`), atMs, reason]),
        );
        expect(verifyCrl(read, root.certificate, nowMs).ok).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('is no longer read, or no longer verified, after a change of any one bit', async () => {
    const crl = await listOf(root, { revoked: [{ serial: '5', atMs: nowMs, reason: 'keyCompromise' }] });
    fc.assert(
      fc.property(fc.nat(crl.der.length * 8 - 1), (bit) => {
        const changed = Uint8Array.from(crl.der);
        changed[bit >> 3]! ^= 1 << (bit & 7);
        const verdict = tryVerify(changed);
        expect(['RR_PKI_BAD_CRL', false]).toContain(verdict);
      }),
      { numRuns: 500 },
    );
  });
});

function tryVerify(der: Uint8Array): boolean | string {
  try {
    return verifyCrl(parseCrl(der), root.certificate, nowMs).ok;
  } catch (error) {
    return error instanceof RerootError ? error.code : String(error);
  }
}

describe('making a CRL', () => {
  const span = { thisUpdateMs: nowMs, nextUpdateMs: nowMs + dayMs };
  it.each<[string, Partial<CrlOptions>]>([
    ['a serial that is not hex', { revoked: [{ serial: '0x5', atMs: nowMs }] }],
    ['an empty serial', { revoked: [{ serial: '', atMs: nowMs }] }],
    ['the serial zero', { revoked: [{ serial: '00', atMs: nowMs }] }],
    ['a serial of 21 bytes', { revoked: [{ serial: '7f'.repeat(21), atMs: nowMs }] }],
    ['a serial of 20 bytes with the sign', { revoked: [{ serial: 'ff'.repeat(20), atMs: nowMs }] }],
    ['a serial twice', { revoked: ['0a', 'A'].map((serial) => ({ serial, atMs: nowMs })) }],
    ['a revocation at no time', { revoked: [{ serial: '1', atMs: Number.NaN }] }],
    ['a list that ends before it begins', { nextUpdateMs: span.thisUpdateMs }],
    ['a number below zero', { number: -1 }],
    ['a number of 21 bytes', { number: 2n ** 159n }],
    ['a number that is not whole', { number: 1.5 }],
  ])('refuses %s', async (_, changes) => {
    expect(await codeOf(async () => listOf(root, { ...span, ...changes }))).toBe('RR_PKI_CANNOT_ISSUE');
  });

  it('refuses an issuer that is no CA, and a key that is not its own', async () => {
    const key = await newSigner(p256);
    const leaf = await makeLeaf(root, key);
    expect(await codeOf(async () => listOf({ certificate: leaf, key }))).toBe('RR_PKI_CANNOT_ISSUE');
    expect(await codeOf(async () => listOf({ ...root, key }))).toBe('RR_PKI_CANNOT_ISSUE');
  });
});

describe('verifying a CRL', () => {
  it('says why a list does not count', async () => {
    const crl = await listOf(root);
    const reasonAt = (list: Crl, { certificate }: Authority, atMs = nowMs): string => {
      const result = verifyCrl(list, certificate, atMs);
      return result.ok ? 'ok' : result.reason;
    };
    const sameName = await makeRoot('root', await newSigner(p256));
    const signer = await makeIntermediate(root, await newSigner(p256));
    expect(reasonAt(crl, other)).toBe('OtherIssuer');
    expect(reasonAt(crl, signer)).toBe('OtherIssuer');
    expect(reasonAt(crl, sameName)).toBe('KeyIdMismatch');
    expect(reasonAt(crl, root, crl.thisUpdateMs - 1)).toBe('NotYetValid');
    expect(reasonAt(crl, root, crl.thisUpdateMs)).toBe('ok');
    expect(reasonAt(crl, root, crl.nextUpdateMs)).toBe('ok');
    expect(reasonAt(crl, root, crl.nextUpdateMs! + 1)).toBe('Expired');
    const withoutKeyId = { ...crl, authorityKeyId: undefined };
    expect(reasonAt(withoutKeyId, sameName)).toBe('BadSignature');
    expect(reasonAt({ ...crl, signatureAlgorithm: 'RSA-SHA1' }, root)).toBe('SignatureAlgorithm');
    expect(reasonAt({ ...crl, signatureAlgorithm: 'RSA-SHA256' }, root)).toBe('BadSignature');
    const mayNot = { certificate: { ...root.certificate, keyUsage: ['keyCertSign'] as const }, key: root.key };
    expect(reasonAt(crl, mayNot)).toBe('MayNotSign');
    expect(await codeOf(async () => listOf(mayNot))).toBe('RR_PKI_CANNOT_ISSUE');
  });
});

describe('reading a CRL', () => {
  const name = 'ca-crl.pem';
  it('takes all of a file, in order, and names the block that is none', async () => {
    const [first, second] = [await listOf(root), await listOf(other)];
    expect(parseCrls(`# lists\n${first.pem}\n${second.pem}`, name)).toEqual([first, second]);
    expect(parseCrls('# none\n')).toEqual([]);
    expect(() => parseCrls(first.pem + root.certificate.pem, name)).toThrow('block 2 is a CERTIFICATE, not an X509 CRL');
    expect(() => parseCrls(first.pem.trimEnd() + second.pem, name)).toThrow('block 1 is damaged');
    expect(await codeOf(() => parseCrl(first.pem + second.pem))).toBe('RR_PKI_BAD_CRL');
    expect(await codeOf(() => parseCrl(''))).toBe('RR_PKI_BAD_CRL');
    expect(await codeOf(() => parseCrl(new Uint8Array(2 ** 20 + 1)))).toBe('RR_PKI_BAD_CRL');
    expect(await codeOf(() => parseCrls(' '.repeat(2 ** 20 + 1)))).toBe('RR_PKI_BAD_CRL');
  });

  const algorithm = signatureAlgorithm(p256);
  const version = integer(Uint8Array.of(1));
  const utc = (text: string): Uint8Array => Uint8Array.of(0x17, text.length, ...Buffer.from(text));
  const critical = sequence(objectIdentifier('2.5.29.27'), booleanTrue(), octetString(integer(Uint8Array.of(1))));
  const entry = sequence(integer(Uint8Array.of(7)), time(nowMs));
  const build = (...tbs: readonly Uint8Array[]): Uint8Array =>
    sequence(sequence(...tbs), algorithm, bitString(Uint8Array.of(1, 2, 3)));
  const head = [version, algorithm, sequence(), time(nowMs)];

  it('takes what has neither nextUpdate nor extensions', () => {
    expect(parseCrl(build(...head))).toMatchObject({ nextUpdateMs: undefined, number: undefined, revoked: [] });
  });

  it.each<[string, Uint8Array]>([
    ['version 1', build(algorithm, sequence(), time(nowMs))],
    ['version 3', build(integer(Uint8Array.of(2)), ...head.slice(1))],
    ['another algorithm inside', build(version, signatureAlgorithm(p384), sequence(), time(nowMs))],
    ['no thisUpdate', build(...head.slice(0, 3))],
    ['an empty list', build(...head, time(nowMs), sequence())],
    ['a serial twice', build(...head, sequence(entry, entry))],
    ['a negative serial', build(...head, sequence(sequence(Uint8Array.of(2, 1, 0x85), time(nowMs))))],
    ['a serial with a zero too many', build(...head, sequence(sequence(Uint8Array.of(2, 2, 0, 5), time(nowMs))))],
    ['an entry without a time', build(...head, sequence(sequence(integer(Uint8Array.of(7)))))],
    ['a delta list', build(...head, tagged(0, sequence(critical)))],
    ['an extension twice', build(...head, tagged(0, sequence(critical, critical)))],
    ['parts in the wrong order', build(...head, tagged(0, sequence()), sequence(entry))],
    ['a day that does not exist', build(version, algorithm, sequence(), utc('300230000000Z'))],
    ['a time without seconds', build(version, algorithm, sequence(), utc('3002030000Z'))],
    ['a time with an offset', build(version, algorithm, sequence(), utc('300203000000+0100'))],
    ['bytes behind its end', Buffer.concat([build(...head), Buffer.of(0)])],
    ['nothing', new Uint8Array()],
  ])('refuses %s', async (_, der) => {
    expect(await codeOf(() => parseCrl(der))).toBe('RR_PKI_BAD_CRL');
  });
});
