import { RerootError } from '@reroot/shared/errors';
import {
  type Certificate,
  createCsr,
  createRootCertificate,
  generateKey,
  issueIntermediate,
  parseCsr,
  type Signer,
  signerFromKey,
} from '@reroot/shared/pki';
import type { DesiredTrust, VaultCa } from '@reroot/shared/protocol';
import type { Vault } from '@reroot/vault';
import { beforeAll, describe, expect, it } from 'vitest';
import { trustOf } from '../testing/agent-rig.ts';
import { type Ca, createCa, dayMs } from '../testing/ca.ts';
import { readDesired } from '../trust/desired.ts';
import { createVaultIssuer } from './vault-issuer.ts';

const nowMs = Date.UTC(2026, 0, 1);
const { signal } = new AbortController();
const span = { notBeforeMs: nowMs - dayMs, notAfterMs: nowMs + 1_000 * dayMs };
const ca: VaultCa = {
  ...{ server: 'https://vault:8200', caBundle: '', namespace: '', caPath: 'pki/issuer/one/sign-intermediate', csrPath: '' },
  auth: { kind: 'token-secret', secret: { namespace: 'reroot', name: 'token' } },
};

let rootKey: Signer;
let root: Certificate;
let other: Ca;

beforeAll(async () => {
  rootKey = signerFromKey(await generateKey({ kind: 'ecdsa', curve: 'P-256' }));
  root = await createRootCertificate({ key: rootKey, commonName: 'root', ...span });
  other = await createCa('other', nowMs);
});

type Write = (path: string, body: Record<string, unknown>) => Promise<unknown>;

/** An issuer over a Vault that answers writes like this, and how often credentials were dropped. */
function createIssuer(write: Write, changes: Partial<VaultCa> = {}) {
  const paths: string[] = [];
  let discarded = 0;
  const vault: Vault = {
    server: ca.server,
    read: async () => undefined,
    list: async () => ({ keys: [], keyInfo: {} }),
    write: async (path, body) => {
      paths.push(path);
      return write(path, body as Record<string, unknown>);
    },
    delete: async () => undefined,
    close: async () => undefined,
  };
  const connection = {
    to: async () => vault,
    follow: () => undefined,
    discardCredentials: () => {
      discarded += 1;
    },
    close: async () => undefined,
  };
  const issuer = createVaultIssuer({
    ...{ cluster: 'cluster-1', ca: { ...ca, ...changes }, connection, makeKey: generateKey },
    now: () => nowMs,
  });
  return { issuer, paths, discarded: () => discarded };
}

/** Signs as Vault does; `above` is what its mount knows of the issuer. */
function signing(above: readonly Certificate[]): Write {
  return async (_, { csr, not_after: notAfter }) => {
    const options = { issuer: root, issuerKey: rootKey, commonName: 'cluster-1 intermediate', notBeforeMs: nowMs };
    const signed = await issueIntermediate({
      ...options,
      csr: parseCsr(csr as string),
      notAfterMs: Date.parse(notAfter as string),
    });
    return { certificate: signed.pem, issuing_ca: root.pem, ca_chain: [signed, ...above].map(({ pem }) => pem) };
  };
}

const desired = (changes: Partial<DesiredTrust> = {}) =>
  readDesired({ term: 1, generation: 1 }, { ...trustOf([], other), roots: [root.der], signerRoot: root.fingerprint, ...changes });

const sign = async ({ issuer }: ReturnType<typeof createIssuer>, wanted = desired()) =>
  issuer.sign(await issuer.begin(wanted, signal), wanted, signal);

describe('an issuer of Vault', () => {
  it('gives the intermediate alone, though the mount knows what has cross-signed the root', async () => {
    const key = signerFromKey(await generateKey({ kind: 'ecdsa', curve: 'P-256' }));
    const above = await createRootCertificate({ key, commonName: 'older root', ...span });
    const csr = parseCsr(await createCsr({ key: rootKey, commonName: 'root' }));
    const twin = await issueIntermediate({ csr, issuer: above, issuerKey: key, commonName: 'root', ...span });
    const answer = await sign(createIssuer(signing([root, twin, above])));
    expect(answer).toHaveLength(1);
  });

  it('asks for no longer than the root lives', async () => {
    const bodies: Record<string, unknown>[] = [];
    const write = signing([root]);
    const subject = createIssuer((path, body) => {
      bodies.push(body);
      return write(path, body);
    });
    const { intermediate } = desired();
    await sign(subject, desired({ intermediate: { ...intermediate, ttlDays: 5_000 } }));
    await sign(subject, desired({ intermediate: { ...intermediate, ttlDays: 30 } }));
    expect(bodies.map((body) => Date.parse(body['not_after'] as string))).toEqual([root.notAfterMs, nowMs + 30 * dayMs]);
  });

  it('calls what Vault signed and nobody can use an answer that is invalid', async () => {
    const foreign = await other.issue(await createCsr({ key: rootKey, commonName: 'x' }));
    const subject = createIssuer(async () => ({ certificate: foreign.pem, issuing_ca: other.certificate.pem }));
    await expect(sign(subject)).rejects.toMatchObject({
      code: 'RR_ISSUE_ANSWER_INVALID',
      message: expect.stringContaining('is not for the key of the request') as string,
    });
  });

  it('drops the credentials that Vault did not accept, and no others', async () => {
    for (const [code, times] of [
      ['RR_VAULT_UNAUTHENTICATED', 1],
      ['RR_VAULT_FORBIDDEN', 0],
      ['RR_VAULT_SEALED', 0],
    ] as const) {
      const subject = createIssuer(() => Promise.reject(new RerootError(code, 'no')));
      await expect(sign(subject)).rejects.toMatchObject({ code });
      expect(subject.discarded()).toBe(times);
    }
  });

  it('makes the key itself without a csrPath, and asks Vault for nothing then', async () => {
    const { issuer, paths } = createIssuer(() => Promise.reject(new Error('nobody asks')));
    const { caKey } = await issuer.begin(desired(), signal);
    expect(caKey).toContain('PRIVATE KEY');
    expect(paths).toEqual([]);
  });
});
