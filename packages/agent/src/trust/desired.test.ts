import { generateKey, issueLeaf, parseCertificate, signerFromKey } from '@reroot/shared/pki';
import type { DesiredTrust, VaultCa } from '@reroot/shared/protocol';
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
  intermediateSource: { kind: 'mgmt' },
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

describe('a Vault that the intermediate shall come from', () => {
  const vault: VaultCa = {
    server: 'https://vault.example:8200/base',
    caBundle: '',
    namespace: 'team/mesh',
    caPath: 'pki/root/sign-intermediate',
    csrPath: 'pki/intermediate/generate/exported',
    auth: { kind: 'token-secret', secret: { namespace: 'reroot', name: 'vault-token' } },
  };
  const read = (changes: Partial<VaultCa>) =>
    readDesired(pair, trust({ intermediateSource: { kind: 'vault', vault: { ...vault, ...changes } } }));
  const kubernetes = { kind: 'kubernetes', mountPath: 'kubernetes', role: 'agent' } as const;
  const account = { namespace: 'reroot', name: 'reroot-agent' };

  it('is taken over https, and over http from this machine only', () => {
    const { pem } = a.certificate;
    const sensible: Partial<VaultCa>[] = [
      { caBundle: pem, namespace: '', csrPath: '' },
      { server: 'http://127.0.0.1:8200' },
      { server: 'http://[::1]:8200' },
      { csrPath: 'pki/issuers/generate/intermediate/exported' },
      { auth: { ...kubernetes, account: { kind: 'mounted', path: '' } } },
      { auth: { ...kubernetes, account: { kind: 'reference', account, tokenKey: 'token' } } },
    ];
    for (const changes of sensible) {
      const { intermediateSource } = read(changes);
      expect(intermediateSource).toEqual({ kind: 'vault', vault: { ...vault, ...changes } });
    }
  });

  it('is refused by the name of the field where it cannot be meant', () => {
    const senseless: readonly (readonly [string, Partial<VaultCa>])[] = [
      ['server', { server: 'vault.example' }],
      ['server', { server: 'http://vault.example:8200' }],
      ['server', { server: 'https://vault.example?x=1' }],
      ['ca_bundle', { caBundle: 'nothing' }],
      ['ca_bundle', { caBundle: a.certificate.pem.replaceAll('M', '?') }],
      ['namespace', { namespace: 'a//b' }],
      ['ca_path', { caPath: 'pki/sign/role' }],
      ['ca_path', { caPath: 'pki/../sys/root/sign-intermediate' }],
      ['csr_path', { csrPath: 'pki/intermediate/generate/internal' }],
      ['csr_path', { csrPath: '/pki/intermediate/generate/exported' }],
      ['token_secret_ref.namespace', { auth: { kind: 'token-secret', secret: { namespace: '..', name: 'x' } } }],
      ['token_secret_ref.name', { auth: { kind: 'token-secret', secret: { namespace: 'reroot', name: 'x/../y' } } }],
      ['kubernetes_auth.mount_path', { auth: { ...kubernetes, mountPath: '', account: { kind: 'mounted', path: '' } } }],
      ['kubernetes_auth.mounted_sa_path', { auth: { ...kubernetes, account: { kind: 'mounted', path: 'token' } } }],
      [
        'kubernetes_auth.service_account_ref.name',
        { auth: { ...kubernetes, account: { kind: 'reference', account: { ...account, name: 'a?b' }, tokenKey: 'token' } } },
      ],
    ];
    for (const [field, changes] of senseless) {
      const place = `intermediate_source.vault.${field}`;
      expect(() => read(changes), field).toThrow(expect.objectContaining({ code: 'RR_TRUST_INVALID', place }));
    }
  });

  it('does not quote an address that holds a password', () => {
    expect(() => read({ server: 'https://user:canary@vault.example' })).not.toThrow(/canary/);
    expect(() => read({ server: 'https://user:canary@vault.example' })).toThrow('server of the desired Vault holds a user');
  });
});
