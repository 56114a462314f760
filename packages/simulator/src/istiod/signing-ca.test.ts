import { systemClock } from '@reroot/shared/clock';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Authority, createAuthority } from '../testing/authority.ts';
import { type CaFiles, type ReadingMoment, readSigningCa } from './signing-ca.ts';

const nowMs = systemClock.now();
const moments: readonly ReadingMoment[] = ['start', 'reload'];
const brokenBlock = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
let a: Authority;
let b: Authority;

beforeAll(async () => {
  [a, b] = await Promise.all([createAuthority('A', nowMs), createAuthority('B', nowMs)]);
});

function kindsOf(files: CaFiles, atMs = nowMs): readonly string[] {
  return moments.map((moment) => readSigningCa(files, moment, atMs).kind);
}

describe('the files of istiod', () => {
  it('are usable when the key fits and the signer verifies under a root of the bundle', () => {
    expect(kindsOf(a.files(a.root.pem))).toEqual(['usable', 'usable']);
    expect(kindsOf(b.files(a.root.pem + b.root.pem))).toEqual(['usable', 'usable']);
  });

  it('are usable with the root at the end of the chain', () => {
    const files = a.files(a.root.pem);
    expect(kindsOf({ ...files, certChain: files.certChain + a.root.pem })).toEqual(['usable', 'usable']);
  });

  it('are refused when the key is that of another signer', () => {
    const files = { ...a.files(a.root.pem), caKey: b.files('').caKey };
    expect(readSigningCa(files, 'reload', nowMs)).toEqual({ kind: 'unusable', why: 'ca-key.pem is not the key of ca-cert.pem' });
  });

  it('are refused when the signer stands under none of the roots', () => {
    expect(kindsOf(b.files(a.root.pem))).toEqual(['unusable', 'unusable']);
  });

  it('are refused when the signer has expired', () => {
    expect(kindsOf(a.files(a.root.pem), nowMs + 400 * 86_400_000)).toEqual(['unusable', 'unusable']);
  });

  it('load with a broken block in the bundle when istiod reloads, and keep it from starting', () => {
    expect(kindsOf(a.files(brokenBlock + a.root.pem))).toEqual(['unusable', 'usable']);
  });

  it('are refused without a word about the key when it cannot be read', () => {
    const reading = readSigningCa({ ...a.files(a.root.pem), caKey: 'not a key at all' }, 'start', nowMs);
    expect(reading).toMatchObject({ kind: 'unusable' });
    expect(JSON.stringify(reading)).not.toContain('not a key at all');
  });
});
