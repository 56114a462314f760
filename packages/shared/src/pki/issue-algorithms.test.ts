import { beforeAll, describe, expect, it } from 'vitest';
import { createCsr, parseCsr } from './csr.ts';
import { createRootCertificate, issueIntermediate } from './issue.ts';
import type { KeyAlgorithm } from './key.ts';
import type { Signer } from './signer.ts';
import { dayMs, makeRoot, newSigner, nowMs, p256, p384, rsa2048 } from './testing/authority.ts';
import { opensslVerify } from './testing/openssl.ts';

const algorithms: Readonly<Record<string, KeyAlgorithm>> = {
  'RSA-2048': rsa2048,
  'RSA-3072': { kind: 'rsa', bits: 3072 },
  'RSA-4096': { kind: 'rsa', bits: 4096 },
  'P-256': p256,
  'P-384': p384,
};
const names = Object.keys(algorithms);
const pairs = names.flatMap((issuer) => names.map((subject) => [issuer, subject] as const));
const validity = { notBeforeMs: nowMs - dayMs, notAfterMs: nowMs + dayMs };
const keys = new Map<string, Signer>();

beforeAll(async () => {
  for (const [name, algorithm] of Object.entries(algorithms)) keys.set(name, await newSigner(algorithm));
}, 60_000);

describe('a CA', () => {
  it.each(pairs)('of %s issues one of %s, and openssl finds nothing to say', async (issuerName, subjectName) => {
    const [rootKey, key] = [keys.get(issuerName)!, keys.get(subjectName)!];
    const root = await makeRoot(`root ${issuerName}`, rootKey, { trustDomain: 'mesh.example' });
    const csr = parseCsr(await createCsr({ key, commonName: 'asked for' }));
    const named = { commonName: `intermediate ${subjectName}`, organization: 'acme', trustDomain: 'mesh.example' };
    const issued = await issueIntermediate({ csr, issuer: root.certificate, issuerKey: rootKey, ...named, ...validity });
    expect(issued.keyFacts).toEqual(
      csr.algorithm.kind === 'rsa'
        ? { kind: 'rsa', bits: csr.algorithm.bits, exponent: 65_537 }
        : { kind: 'ec', curve: csr.algorithm.curve },
    );
    expect(await opensslVerify([issued], [root.certificate], nowMs)).toMatchObject({ ok: true });
  });

  it('gives each certificate a serial of its own, of full length', async () => {
    const key = keys.get('P-256')!;
    const made = await Promise.all(
      Array.from({ length: 200 }, () => createRootCertificate({ key, commonName: 'root', organization: 'acme', ...validity })),
    );
    expect(new Set(made.map(({ serial }) => serial)).size).toBe(200);
    for (const { serial } of made) expect(serial).toMatch(/^[4-7][0-9A-F]{31}$/);
  });
});
