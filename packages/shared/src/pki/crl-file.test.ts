import { beforeAll, describe, expect, it } from 'vitest';
import { RerootError } from '../errors/index.ts';
import type { Certificate } from './certificate.ts';
import { createCrl } from './create-crl.ts';
import { type Crl, parseCrls } from './crl.ts';
import { composeCrlFile, requireCrlOfEachCa } from './crl-file.ts';
import { type Authority, dayMs, makeIntermediate, makeLeaf, makeRoot, newSigner, nowMs, p256 } from './testing/authority.ts';
import { opensslVerifyWithCrls } from './testing/openssl.ts';

let root: Authority;
let other: Authority;
let signer: Authority;
let leaf: Certificate;

beforeAll(async () => {
  root = await makeRoot('root', await newSigner(p256));
  other = await makeRoot('other root', await newSigner(p256));
  signer = await makeIntermediate(root, await newSigner(p256), { commonName: 'signer' });
  leaf = await makeLeaf(signer, await newSigner(p256));
});

const listOf = async (
  { certificate, key }: Authority,
  revoked: readonly Certificate[] = [],
  endsMs = nowMs + dayMs,
): Promise<Crl> =>
  createCrl({
    issuer: certificate,
    issuerKey: key,
    revoked: revoked.map(({ serial }) => ({ serial, atMs: nowMs })),
    thisUpdateMs: nowMs - dayMs,
    nextUpdateMs: endsMs,
    number: 1,
  });

function verdict(crls: readonly Crl[]): string {
  try {
    requireCrlOfEachCa([signer.certificate, root.certificate], crls, nowMs);
    return 'complete';
  } catch (error) {
    return error instanceof RerootError ? `${error.code} ${error.message}` : String(error);
  }
}

describe('the lists of a chain', () => {
  it('are complete when openssl, which looks as Envoy does, finds a list of every CA', async () => {
    const [ofRoot, ofSigner, ofOther] = [await listOf(root), await listOf(signer), await listOf(other)];
    const expired = await listOf(signer, [], nowMs - 1000);
    const sets: readonly (readonly [string, readonly Crl[]])[] = [
      ['complete', [ofRoot, ofSigner]],
      ['complete', [ofOther, ofSigner, ofRoot]],
      ['complete', [expired, ofSigner, ofRoot]],
      [`RR_PKI_CRL_INCOMPLETE no CRL is good for O=acme, CN=signer (${signer.certificate.fingerprint})`, [ofRoot]],
      [`RR_PKI_CRL_INCOMPLETE no CRL is good for O=acme, CN=root (${root.certificate.fingerprint})`, [ofSigner, ofOther]],
      [
        `RR_PKI_CRL_INCOMPLETE no CRL is good for O=acme, CN=signer (${signer.certificate.fingerprint}): the CRL of O=acme, CN=signer was to be followed by another one at ${new Date(nowMs - 1000).toISOString()}`,
        [ofRoot, expired],
      ],
    ];
    for (const [expected, crls] of sets) {
      expect(verdict(crls)).toBe(expected);
      const { ok, output } = await opensslVerifyWithCrls([leaf, signer.certificate], root.certificate, crls, nowMs);
      expect(ok, output).toBe(expected === 'complete');
    }
  });

  it('make openssl refuse what they revoke, a leaf or its signer', async () => {
    const check = async (crls: readonly Crl[]): Promise<string> =>
      (await opensslVerifyWithCrls([leaf, signer.certificate], root.certificate, crls, nowMs)).output;
    const [ofRoot, ofSigner] = [await listOf(root), await listOf(signer)];
    expect(await check([await listOf(root, [signer.certificate]), ofSigner])).toContain('certificate revoked');
    expect(await check([ofRoot, await listOf(signer, [leaf])])).toContain('certificate revoked');
    expect(await check([ofRoot, ofSigner])).toContain('OK');
  });

  it('are put into one file, each once and in order', async () => {
    const crls = [await listOf(signer), await listOf(root), await listOf(other)];
    const cas = [signer.certificate, root.certificate];
    expect(parseCrls(composeCrlFile(cas, [...crls, crls[0]!], nowMs))).toEqual(crls);
    expect(() => composeCrlFile(cas, crls.slice(1), nowMs)).toThrow(RerootError);
  });
});
