import type { Certificate } from '../certificate.ts';
import { createCsr, parseCsr } from '../csr.ts';
import { createRootCertificate, issueIntermediate, issueLeaf } from '../issue.ts';
import { generateKey, type KeyAlgorithm } from '../key.ts';
import { type Signer, signerFromKey } from '../signer.ts';

export const dayMs = 86_400_000;
/** The moment that the certificates of these tests are made for; whole seconds. */
export const nowMs = Date.UTC(2030, 5, 15, 12);

export const p256: KeyAlgorithm = { kind: 'ecdsa', curve: 'P-256' };
export const p384: KeyAlgorithm = { kind: 'ecdsa', curve: 'P-384' };
export const rsa2048: KeyAlgorithm = { kind: 'rsa', bits: 2048 };

/** A CA with its key. */
export interface Authority {
  readonly certificate: Certificate;
  readonly key: Signer;
}

/** When a certificate of a test is valid; ten days around `nowMs` where it is left out. */
export interface Lifetime {
  readonly commonName?: string;
  readonly trustDomain?: string;
  readonly notBeforeMs?: number;
  readonly notAfterMs?: number;
}

const aroundNow = { notBeforeMs: nowMs - dayMs, notAfterMs: nowMs + 9 * dayMs };

export async function newSigner(algorithm: KeyAlgorithm): Promise<Signer> {
  return signerFromKey(await generateKey(algorithm));
}

export async function makeRoot(commonName: string, key: Signer, lifetime: Lifetime = {}): Promise<Authority> {
  return { key, certificate: await createRootCertificate({ key, commonName, organization: 'acme', ...aroundNow, ...lifetime }) };
}

export async function makeIntermediate(above: Authority, key: Signer, lifetime: Lifetime = {}): Promise<Authority> {
  const csr = parseCsr(await createCsr({ key, commonName: 'asked for' }));
  const issuer = { issuer: above.certificate, issuerKey: above.key };
  const names = { commonName: 'intermediate', organization: 'acme' };
  return { key, certificate: await issueIntermediate({ csr, ...issuer, ...names, ...aroundNow, ...lifetime }) };
}

export async function makeLeaf(above: Authority, key: Signer, lifetime: Lifetime = {}): Promise<Certificate> {
  const issuer = { issuer: above.certificate, issuerKey: above.key };
  const uris = ['spiffe://cluster.local/ns/default/sa/web'];
  return issueLeaf({ publicKeySpki: key.publicKeySpki, ...issuer, uris, ...aroundNow, ...lifetime });
}
