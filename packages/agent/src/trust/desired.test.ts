import { generateKey, issueLeaf, parseCertificate, signerFromKey } from '@reroot/shared/pki';
import type { DesiredTrust } from '@reroot/shared/protocol';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Ca, createCa, makeIntermediate } from '../testing/ca.ts';
import { readDesired } from './desired.ts';

const nowMs = Date.UTC(2026, 0, 1);
let a: Ca;
let b: Ca;

beforeAll(async () => {
  a = await createCa('root A', nowMs);
  b = await createCa('root B', nowMs);
});

const trust = (changes: Partial<DesiredTrust> = {}): DesiredTrust => ({
  rotationId: 'r-1',
  step: 'ADDING_NEW_ROOT',
  roots: [a.certificate.der, b.certificate.der],
  signerRoot: a.certificate.fingerprint,
  intermediate: { keyAlgorithm: { kind: 'ecdsa', curve: 'P-256' }, organization: 'test', ttlDays: 365, graceRatio: 0 },
  nudge: 'laggards',
  replicaRestart: 'never',
  workloadRestart: 'never',
  trustDomain: 'cluster.local',
  passage: 'gradual',
  ...changes,
});
const pair = { term: 3, generation: 4 };

describe('desired trust', () => {
  it('is read with its pair, its roots in order and its signing root', () => {
    const desired = readDesired(pair, trust());
    expect(desired).toMatchObject({ ...pair, nudge: 'laggards', replicaRestart: 'never', passage: 'gradual' });
    expect(desired.roots.map(({ fingerprint }) => fingerprint)).toEqual([a.certificate.fingerprint, b.certificate.fingerprint]);
    expect(desired.signerRoot.fingerprint).toBe(a.certificate.fingerprint);
  });

  it('names each root once, however often it came', () => {
    expect(readDesired(pair, trust({ roots: [a.certificate.der, a.certificate.der] })).roots).toHaveLength(1);
  });

  it('is refused without roots, with a foreign signing root, with what is no certificate or no CA, and without lifetime', async () => {
    const key = signerFromKey(await generateKey({ kind: 'ecdsa', curve: 'P-256' }));
    const issuer = parseCertificate((await makeIntermediate(a)).caCert);
    const leaf = await issueLeaf({
      publicKeySpki: key.publicKeySpki,
      issuer,
      issuerKey: key,
      uris: ['spiffe://x/y'],
      notBeforeMs: nowMs,
      notAfterMs: nowMs + 1_000,
    });
    const senseless: Partial<DesiredTrust>[] = [
      { roots: [] },
      { roots: [b.certificate.der] },
      { roots: [a.certificate.der, Buffer.from('nothing')] },
      { roots: [a.certificate.der, leaf.der] },
      { intermediate: { ...trust().intermediate, ttlDays: 0 } },
    ];
    for (const changes of senseless) {
      expect(() => readDesired(pair, trust(changes))).toThrow(expect.objectContaining({ code: 'RR_TRUST_INVALID' }));
    }
  });
});
