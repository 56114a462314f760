import { createPublicKey } from 'node:crypto';
import {
  type Certificate,
  createCsr,
  csrToPem,
  generateKey,
  importPrivateKey,
  type KeyAlgorithm,
  parseCsr,
  signerFromKey,
  verifyChain,
} from '@reroot/shared/pki';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deleteIssuer, deleteKey } from '../pki/delete-issuer.ts';
import { generateExported } from '../pki/generate-exported.ts';
import { type GeneratedRoot, generateRoot, type RootRequest } from '../pki/generate-root.ts';
import { findIssuerByFingerprint, listIssuers, readIssuer } from '../pki/issuers.ts';
import { signIntermediate } from '../pki/sign-intermediate.ts';
import { signingPath } from '../pki/signing-path.ts';
import { decrypt, encrypt } from '../transit.ts';
import type { Vault } from '../vault.ts';
import { defaultSigningPath } from './default-signing-path.ts';
import { startTokenReviewer, type TokenReviewer } from './token-reviewer.ts';
import { type Operator, operate, type RunningVault } from './vault-under-test.ts';

/** A Vault for one run of the contract. */
export interface ContractVault extends RunningVault {
  /** Lets time pass for its tokens and for its clients. */
  pass(ms: number): Promise<void>;
  stop(): Promise<void>;
}

const dayMs = 86_400_000;
const minuteMs = 60_000;
const p256: KeyAlgorithm = { kind: 'ecdsa', curve: 'P-256' };
const algorithms: readonly KeyAlgorithm[] = [p256, { kind: 'ecdsa', curve: 'P-384' }, { kind: 'rsa', bits: 2048 }];
const longLived = { max_lease_ttl: '87600h' };

const nameOf = (algorithm: KeyAlgorithm): string => (algorithm.kind === 'rsa' ? `RSA-${algorithm.bits}` : algorithm.curve);

function rootRequest(issuerName: string, differing: Partial<RootRequest> = {}): RootRequest {
  const subject = { commonName: `mesh ${issuerName}`, organization: 'Acme, Inc.' };
  return { ...subject, ttlDays: 100, keyAlgorithm: p256, issuerName, notBeforeDurationMs: 5 * minuteMs, ...differing };
}

async function newRequest(): Promise<string> {
  return csrToPem(await createCsr({ key: signerFromKey(await generateKey(p256)), commonName: 'as the request has it' }));
}

/** The code and the words of what a promise rejects with. */
async function failureOf(work: Promise<unknown>): Promise<{ code: string; message: string }> {
  const thrown: unknown = await work.catch((error: unknown) => error);
  const { code, message } = thrown as { code: string; message: string };
  return { code, message };
}

/**
 * What reroot relies on of a Vault, and its own client with it. The policies are those of docs/vault.md.
 * @param start one that is initialized and unsealed, and has nothing mounted
 */
export function describeVaultContract(name: string, start: () => Promise<ContractVault>): void {
  describe(name, () => {
    const signal = AbortSignal.timeout(280_000);
    let running: ContractVault;
    let operator: Operator;
    let reviewer: TokenReviewer;
    beforeAll(async () => {
      [running, reviewer] = await Promise.all([start(), startTokenReviewer()]);
      operator = operate(running, signal);
    });
    afterAll(async () => {
      await operator.close();
      await Promise.all([running.stop(), reviewer.stop()]);
    });

    describe('as a place for roots', () => {
      it.each(algorithms.map((algorithm) => [nameOf(algorithm), algorithm] as const))(
        'makes one of %s',
        async (_, keyAlgorithm) => {
          const mount = await operator.mount('pki', longLived);
          const { certificate, issuerId, keyId } = await generateRoot(
            operator.root,
            mount,
            rootRequest('one', { keyAlgorithm }),
            signal,
          );
          expect(certificate).toMatchObject({ isCa: true, subject: 'O=Acme\\, Inc.\nCN=mesh one', issuer: certificate.subject });
          expect(certificate.x509.verify(certificate.publicKey)).toBe(true);
          expect(certificate.publicKey.equals((await newKey(keyAlgorithm)).publicKey)).toBe(false);
          expect(certificate.publicKey.asymmetricKeyDetails).toEqual((await newKey(keyAlgorithm)).publicKey.asymmetricKeyDetails);
          expect(Math.abs(certificate.notAfterMs - 100 * dayMs - Date.now())).toBeLessThan(minuteMs);
          expect(Math.abs(certificate.notBeforeMs + 5 * minuteMs - Date.now())).toBeLessThan(minuteMs);
          expect(await readIssuer(operator.root, mount, 'one', signal)).toEqual({
            issuerId,
            issuerName: 'one',
            keyId,
            certificate,
            chain: [certificate],
          });
        },
      );

      it('holds several in one mount, the first of which stays the default', async () => {
        const mount = await operator.mount('pki', longLived);
        expect(await listIssuers(operator.root, mount, signal)).toEqual([]);
        const [one, two] = await makeTwo(operator.root, mount, signal);
        const listed = await listIssuers(operator.root, mount, signal);
        expect(new Set(listed.map(({ issuerName }) => issuerName))).toEqual(new Set(['one', 'two']));
        expect(await readIssuer(operator.root, mount, 'default', signal)).toMatchObject({ issuerId: one.issuerId });
        const found = await findIssuerByFingerprint(operator.root, mount, two.certificate.fingerprint, signal);
        expect(found?.issuerId).toBe(two.issuerId);
        expect(await findIssuerByFingerprint(operator.root, mount, 'f'.repeat(64), signal)).toBeUndefined();
      });

      it('refuses a second one of the same name', async () => {
        const mount = await operator.mount('pki', longLived);
        await generateRoot(operator.root, mount, rootRequest('one'), signal);
        const failure = await failureOf(generateRoot(operator.root, mount, rootRequest('one'), signal));
        expect(failure.code).toBe('RR_VAULT_REFUSED');
        expect(failure.message).toContain('issuer name already in use');
      });

      it('keeps none that would end sooner than it was asked to', async () => {
        const mount = await operator.mount('pki', { max_lease_ttl: '240h' });
        const failure = await failureOf(generateRoot(operator.root, mount, rootRequest('one'), signal));
        expect(failure.code).toBe('RR_VAULT_TTL_CAPPED');
        expect(await listIssuers(operator.root, mount, signal)).toEqual([]);
        await generateRoot(operator.root, mount, rootRequest('one', { ttlDays: 10 }), signal);
      });

      it('lets go of one, and of its key only after that', async () => {
        const mount = await operator.mount('pki', longLived);
        const { issuerId, keyId } = await generateRoot(operator.root, mount, rootRequest('one'), signal);
        expect((await failureOf(deleteKey(operator.root, mount, keyId, signal))).code).toBe('RR_VAULT_REFUSED');
        await deleteIssuer(operator.root, mount, issuerId, signal);
        await deleteIssuer(operator.root, mount, issuerId, signal);
        await deleteKey(operator.root, mount, keyId, signal);
        await deleteKey(operator.root, mount, keyId, signal);
        expect(await listIssuers(operator.root, mount, signal)).toEqual([]);
      });

      it.each(['one', 'default'])('says that there is no issuer %s', async (reference) => {
        const mount = await operator.mount('pki');
        expect((await failureOf(readIssuer(operator.root, mount, reference, signal))).code).toBe('RR_VAULT_NOT_FOUND');
      });

      it('says that nothing is mounted at a path', async () => {
        expect((await failureOf(listIssuers(operator.root, 'nowhere', signal))).code).toBe('RR_VAULT_NOT_FOUND');
        expect((await failureOf(generateRoot(operator.root, 'nowhere', rootRequest('one'), signal))).code).toBe(
          'RR_VAULT_NOT_FOUND',
        );
      });
    });

    describe('as an issuer of intermediates', () => {
      let mount: string;
      let roots: readonly [GeneratedRoot, GeneratedRoot];
      beforeAll(async () => {
        mount = await operator.mount('pki', longLived);
        roots = await makeTwo(operator.root, mount, signal);
      });

      const sign = async (path: string, notAfterMs: number, csrPem: string): Promise<readonly Certificate[]> => {
        const request = {
          csrPem,
          commonName: 'cluster-1',
          organization: 'Acme, Inc.',
          notAfterMs,
          notBeforeDurationMs: minuteMs,
        };
        return signIntermediate(operator.root, path, request, signal);
      };

      it('signs under the root that is meant, and with the default issuer otherwise', async () => {
        const caPath = defaultSigningPath(mount);
        for (const { certificate, issuerId } of roots) {
          const path = await signingPath(operator.root, caPath, certificate.fingerprint, signal);
          expect(path).toBe(`${mount}/issuer/${issuerId}/sign-intermediate`);
          const chain = await sign(path, Date.now() + dayMs, await newRequest());
          expect(verifyChain(chain, [certificate], Date.now())).toMatchObject({ ok: true });
        }
        const byDefault = await sign(caPath, Date.now() + dayMs, await newRequest());
        expect(verifyChain(byDefault, [roots[0].certificate], Date.now())).toMatchObject({ ok: true });
        expect(verifyChain(byDefault, [roots[1].certificate], Date.now())).toMatchObject({ ok: false });
      });

      it('does not sign with another root when that which is meant is not there', async () => {
        const missing = signingPath(operator.root, defaultSigningPath(mount), 'f'.repeat(64), signal);
        expect((await failureOf(missing)).code).toBe('RR_VAULT_NOT_FOUND');
      });

      it('does not sign with an issuer whose key is elsewhere', async () => {
        const other = await operator.mount('pki', longLived);
        const [{ certificate }] = roots;
        await operator.root.write(`${other}/issuers/import/cert`, { pem_bundle: certificate.pem }, signal);
        const [listed] = await listIssuers(operator.root, other, signal);
        expect(await readIssuer(operator.root, other, listed?.issuerId ?? '', signal)).toMatchObject({
          keyId: '',
          issuerName: '',
        });
        const missing = signingPath(operator.root, defaultSigningPath(other), certificate.fingerprint, signal);
        expect((await failureOf(missing)).code).toBe('RR_VAULT_NOT_FOUND');
      });

      it('takes the key from the request, and all else from what was asked', async () => {
        const csrPem = await newRequest();
        const notAfterMs = Math.floor(Date.now() / 1_000) * 1_000 + 40 * dayMs;
        const [intermediate, ...above] = await sign(`${mount}/issuer/two/sign-intermediate`, notAfterMs, csrPem);
        expect(above).toEqual([]);
        expect(intermediate).toMatchObject({ isCa: true, pathLength: 0, subject: 'O=Acme\\, Inc.\nCN=cluster-1', notAfterMs });
        expect(intermediate?.publicKey.equals(parseCsr(csrPem).publicKey)).toBe(true);
        expect(Math.abs((intermediate?.notBeforeMs ?? 0) + minuteMs - Date.now())).toBeLessThan(minuteMs);
      });

      it('gives no intermediate that outlives its issuer', async () => {
        const [{ certificate }] = roots;
        const [intermediate] = await sign(`${mount}/issuer/one/sign-intermediate`, Date.now() + 365 * dayMs, await newRequest());
        expect(intermediate?.notAfterMs).toBe(certificate.notAfterMs);
      });

      it.each(algorithms.map((algorithm) => [nameOf(algorithm), algorithm] as const))(
        'makes the key of %s too',
        async (_, keyAlgorithm) => {
          const own = await operator.mount('pki');
          const path = `${own}/intermediate/generate/exported`;
          const subject = { commonName: 'cluster-1', organization: 'Acme, Inc.' };
          const made = await generateExported(operator.root, path, { ...subject, keyAlgorithm }, signal);
          const key = importPrivateKey(made.privateKeyPem);
          expect(createPublicKey(key).asymmetricKeyDetails).toEqual((await newKey(keyAlgorithm)).publicKey.asymmetricKeyDetails);
          const chain = await sign(`${mount}/issuer/two/sign-intermediate`, Date.now() + dayMs, made.csrPem);
          expect(chain[0]?.publicKey.equals(createPublicKey(key))).toBe(true);
          await deleteKey(operator.root, own, made.keyId ?? '', signal);
        },
      );
    });

    describe('as a keeper of data', () => {
      it('gives back what it encrypted, after its key was rotated too, and nothing else', async () => {
        const mount = await operator.mount('transit');
        expect((await failureOf(decrypt(operator.root, mount, 'reroot', 'vault:v1:AAAA', signal))).code).toBe('RR_VAULT_REFUSED');
        await operator.root.write(`${mount}/keys/reroot`, {}, signal);
        const plaintext = Buffer.from('a passphrase \u0000 of any bytes');
        const first = await encrypt(operator.root, mount, 'reroot', plaintext, signal);
        await operator.root.write(`${mount}/keys/reroot/rotate`, {}, signal);
        const second = await encrypt(operator.root, mount, 'reroot', plaintext, signal);
        expect([first, second].map((text) => text.split(':', 2).join(':'))).toEqual(['vault:v1', 'vault:v2']);
        for (const text of [first, second]) {
          expect(Buffer.from(await decrypt(operator.root, mount, 'reroot', text, signal))).toEqual(plaintext);
        }
        const changed = `${first.slice(0, -8)}AAAAAAA=`;
        expect((await failureOf(decrypt(operator.root, mount, 'reroot', changed, signal))).code).toBe('RR_VAULT_REFUSED');
      });
    });

    describe('as a judge of who may what', () => {
      it('lets mgmt make roots and sign, and nothing beyond', async () => {
        const mount = await operator.mount('pki', longLived);
        await operator.allow('reroot-mgmt', { pki: mount });
        const vault = operator.open(await operator.createToken({ policies: ['reroot-mgmt'] }));
        const [, { certificate, issuerId, keyId }] = await makeTwo(vault, mount, signal);
        const path = await signingPath(vault, defaultSigningPath(mount), certificate.fingerprint, signal);
        const times = { notAfterMs: Date.now() + dayMs, notBeforeDurationMs: minuteMs };
        const chain = await signIntermediate(
          vault,
          path,
          { csrPem: await newRequest(), commonName: 'cluster-1', ...times },
          signal,
        );
        expect(verifyChain(chain, [certificate], Date.now())).toMatchObject({ ok: true });
        const exported = `${mount}/intermediate/generate/exported`;
        const beyond = [
          () => deleteIssuer(vault, mount, issuerId, signal),
          () => deleteKey(vault, mount, keyId, signal),
          () => vault.write(`${mount}/issue/any`, {}, signal),
          () => generateExported(vault, exported, { commonName: 'x', keyAlgorithm: p256 }, signal),
        ];
        for (const attempt of beyond) expect((await failureOf(attempt())).code).toBe('RR_VAULT_FORBIDDEN');
        await operator.allow('reroot-mgmt-cleanup', { pki: mount });
        const tidy = operator.open(await operator.createToken({ policies: ['reroot-mgmt-cleanup'] }));
        await deleteIssuer(tidy, mount, issuerId, signal);
        await deleteKey(tidy, mount, keyId, signal);
      });

      it('lets an agent make its intermediate, and no root', async () => {
        const [mount, own] = [await operator.mount('pki', longLived), await operator.mount('pki')];
        const [{ certificate }] = await makeTwo(operator.root, mount, signal);
        await operator.allow('reroot-agent', { pki: mount, 'pki-agent': own });
        const vault = operator.open(await operator.createToken({ policies: ['reroot-agent'] }));
        const subject = { commonName: 'cluster-1', keyAlgorithm: p256 };
        const made = await generateExported(vault, `${own}/intermediate/generate/exported`, subject, signal);
        const path = await signingPath(vault, defaultSigningPath(mount), certificate.fingerprint, signal);
        const times = { notAfterMs: Date.now() + dayMs, notBeforeDurationMs: minuteMs };
        const chain = await signIntermediate(vault, path, { ...made, commonName: 'cluster-1', ...times }, signal);
        expect(verifyChain(chain, [certificate], Date.now())).toMatchObject({ ok: true });
        await deleteKey(vault, own, made.keyId ?? '', signal);
        expect((await failureOf(generateRoot(vault, mount, rootRequest('three'), signal))).code).toBe('RR_VAULT_FORBIDDEN');
      });

      it('lets a key store encrypt and decrypt, and not touch the key', async () => {
        const mount = await operator.mount('transit');
        await operator.root.write(`${mount}/keys/reroot`, {}, signal);
        await operator.allow('reroot-transit', { transit: mount });
        const vault = operator.open(await operator.createToken({ policies: ['reroot-transit'] }));
        const text = await encrypt(vault, mount, 'reroot', Buffer.from('secret'), signal);
        expect(Buffer.from(await decrypt(vault, mount, 'reroot', text, signal)).toString()).toBe('secret');
        expect((await failureOf(vault.write(`${mount}/keys/reroot/rotate`, {}, signal))).code).toBe('RR_VAULT_FORBIDDEN');
        expect((await failureOf(encrypt(vault, mount, 'other', Buffer.from('secret'), signal))).code).toBe('RR_VAULT_FORBIDDEN');
      });

      it('leaves the signing path alone where the issuers may not be seen', async () => {
        const mount = await operator.mount('pki', longLived);
        const { certificate } = await generateRoot(operator.root, mount, rootRequest('one'), signal);
        const vault = operator.open(await operator.createToken());
        const caPath = defaultSigningPath(mount);
        expect(await signingPath(vault, caPath, certificate.fingerprint, signal)).toBe(caPath);
        expect(await signingPath(vault, 'nowhere/root/sign-intermediate', certificate.fingerprint, signal)).toBe(
          'nowhere/root/sign-intermediate',
        );
        expect(await signingPath(vault, `${mount}/issuer/one/sign-intermediate`, certificate.fingerprint, signal)).toBe(
          `${mount}/issuer/one/sign-intermediate`,
        );
      });
    });

    describe('as a giver of tokens', () => {
      let mount: string;
      beforeAll(async () => {
        mount = await operator.mount('pki', longLived);
        await makeTwo(operator.root, mount, signal);
        await operator.allow('reroot-mgmt', { pki: mount });
      });

      it('does not know one that was revoked, until another one is put in its place', async () => {
        let token = await operator.createToken({ policies: ['reroot-mgmt'] });
        const vault = operator.open({ kind: 'token', readToken: async () => `${token}\n` });
        await readIssuer(vault, mount, 'one', signal);
        await operator.revokeToken(token);
        expect((await failureOf(readIssuer(vault, mount, 'one', signal))).code).toBe('RR_VAULT_UNAUTHENTICATED');
        token = await operator.createToken({ policies: ['reroot-mgmt'] });
        await readIssuer(vault, mount, 'one', signal);
      });

      it('lets a token live on that is renewed in time', async () => {
        const token = await operator.createToken({ policies: ['reroot-mgmt'], ttl: '6s' });
        const vault = operator.open(token);
        await readIssuer(vault, mount, 'one', signal);
        await running.pass(8_000);
        await readIssuer(vault, mount, 'one', signal);
        await vault.close();
        await running.pass(7_000);
        expect((await failureOf(readIssuer(operator.open(token), mount, 'one', signal))).code).toBe('RR_VAULT_UNAUTHENTICATED');
      });

      it('gives one to a service account that its role names, and another when that has grown old', async () => {
        await operator.root.write('sys/auth/kubernetes', { type: 'kubernetes' }, signal);
        const config = { kubernetes_host: reviewer.host, kubernetes_ca_cert: running.caBundlePem, disable_local_ca_jwt: true };
        await operator.root.write('auth/kubernetes/config', config, signal);
        const bound = { bound_service_account_names: ['reroot-agent'], bound_service_account_namespaces: ['reroot'] };
        await operator.root.write(
          'auth/kubernetes/role/agent',
          { ...bound, token_policies: ['reroot-mgmt'], token_ttl: '4s' },
          signal,
        );
        let jwts = 0;
        const readJwt = async (): Promise<string> => {
          jwts += 1;
          return reviewer.issue('reroot', 'reroot-agent');
        };
        const vault = operator.open({ kind: 'kubernetes', role: 'agent', readJwt });
        await Promise.all(['one', 'two', 'default'].map((each) => readIssuer(vault, mount, each, signal)));
        expect(jwts).toBe(1);
        await running.pass(5_000);
        await readIssuer(vault, mount, 'one', signal);
        expect(jwts).toBe(2);
      });

      it.each([
        ['of another account', 'agent', () => reviewer.issue('reroot', 'default')],
        ['that the API server does not know', 'agent', () => reviewer.issue('reroot', 'reroot-agent').slice(0, -2)],
        ['for a role that is not there', 'nobody', () => reviewer.issue('reroot', 'reroot-agent')],
        ['that is no JWT', 'agent', () => 'not-a-jwt'],
      ])('refuses a token %s', async (_, role, issue) => {
        const vault = operator.open({ kind: 'kubernetes', role, readJwt: async () => issue() });
        const failure = await failureOf(readIssuer(vault, mount, 'one', signal));
        expect(failure.code).toBe('RR_VAULT_UNAUTHENTICATED');
      });

      it('says when it is sealed, and is waited for while somebody unseals it', async () => {
        const vault = operator.open(await operator.createToken({ policies: ['reroot-mgmt'] }));
        const hasty = operator.open(await operator.createToken({ policies: ['reroot-mgmt'] }), { timeoutMs: 400 });
        await readIssuer(vault, mount, 'one', signal);
        await operator.root.write('sys/seal', {}, signal);
        expect((await failureOf(readIssuer(hasty, mount, 'one', signal))).code).toBe('RR_VAULT_SEALED');
        const waiting = readIssuer(vault, mount, 'one', signal);
        await operator.root.write('sys/unseal', { key: running.unsealKey }, signal);
        expect((await waiting).issuerName).toBe('one');
      });
    });
  });
}

async function makeTwo(vault: Vault, mount: string, signal: AbortSignal): Promise<readonly [GeneratedRoot, GeneratedRoot]> {
  const one = await generateRoot(vault, mount, rootRequest('one'), signal);
  return [one, await generateRoot(vault, mount, rootRequest('two'), signal)];
}

async function newKey(algorithm: KeyAlgorithm): Promise<{ publicKey: ReturnType<typeof createPublicKey> }> {
  return { publicKey: createPublicKey(await generateKey(algorithm)) };
}
