import {
  type Certificate,
  createCsr,
  generateKey,
  type KeyAlgorithm,
  parseCsr,
  signerFromKey,
  verifyChain,
} from '@reroot/shared/pki';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RootSource } from '../../mesh/index.ts';
import type { IntermediateRequest, KeptRoot, RootAuthority, RootRequest } from '../root-authority.ts';

/** An authority under test, which makes roots when it is asked to. */
export interface AuthorityUnderTest {
  readonly authority: RootAuthority;
  /** Where its roots come from. */
  readonly source: RootSource;
  /** The same one as the next process finds it. */
  readonly reopen: () => Promise<RootAuthority>;
  /** What issuing with a destroyed key fails with. */
  readonly goneCode: string;
  readonly dispose: () => Promise<void>;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;
const p256: KeyAlgorithm = { kind: 'ecdsa', curve: 'P-256' };
const algorithms: readonly KeyAlgorithm[] = [p256, { kind: 'ecdsa', curve: 'P-384' }, { kind: 'rsa', bits: 2048 }];
const named = algorithms.map((each) => [each.kind === 'rsa' ? `RSA-${each.bits}` : each.curve, each] as const);
const { signal } = new AbortController();

/** A root that is quick to make. */
export function rootRequest(source: RootSource, changes: Partial<RootRequest> = {}): RootRequest {
  const made = { keyAlgorithm: p256, organization: 'Acme, Inc.', ttlDays: 10, trustDomain: 'example.org' };
  return { mesh: 'demo', source, signing: 'mgmt', ...made, known: [], ...changes };
}

/** An intermediate of a day for a new key. */
export async function intermediateRequest(
  changes: Partial<IntermediateRequest> = {},
  algorithm: KeyAlgorithm = p256,
): Promise<IntermediateRequest> {
  const csr = parseCsr(
    await createCsr({ key: signerFromKey(await generateKey(algorithm)), commonName: 'as the request has it' }),
  );
  const subject = { commonName: 'east intermediate', organization: 'Acme, Inc.', trustDomain: 'example.org' };
  return { csr, ...subject, notBeforeMs: Date.now() - 5 * minuteMs, notAfterMs: Date.now() + dayMs, ...changes };
}

/** What every authority that makes roots must do, wherever its keys are. */
export function describeRootAuthorityContract(name: string, make: () => Promise<AuthorityUnderTest>): void {
  describe(name, () => {
    let tested: AuthorityUnderTest;
    let authority: RootAuthority;
    beforeEach(async () => {
      tested = await make();
      authority = tested.authority;
    });
    afterEach(() => tested.dispose());

    const obtain = (changes: Partial<RootRequest> = {}): Promise<KeptRoot> =>
      authority.obtain(rootRequest(tested.source, changes), signal);
    const makeTwo = async (): Promise<readonly [KeptRoot, KeptRoot]> => [await obtain(), await obtain()];
    const expectIssues = async (by: RootAuthority, root: KeptRoot, others: readonly KeptRoot[] = []): Promise<void> => {
      const chain = await by.issue(root, await intermediateRequest(), signal);
      expect(verifyChain(chain, [root.certificate], Date.now())).toMatchObject({ ok: true });
      expect(verifyChain(chain, certificatesOf(others), Date.now())).toMatchObject({ ok: false });
    };
    const expectGone = async (by: RootAuthority, root: KeptRoot): Promise<void> => {
      await expect(by.issue(root, await intermediateRequest(), signal)).rejects.toMatchObject({ code: tested.goneCode });
    };

    it('offers nothing, for it makes a root when it is asked to', async () => {
      expect(await authority.findOffer(rootRequest(tested.source), signal)).toBeUndefined();
    });

    it('gives two roots neither the same name, nor the same serial number, nor the same key', async () => {
      const [a, b] = certificatesOf(await makeTwo());
      expect(a!.subject).not.toBe(b!.subject);
      expect(a!.serial).not.toBe(b!.serial);
      expect(a!.publicKey.equals(b!.publicKey)).toBe(false);
    });

    it.each(named)('makes a root of %s that says whose it is, reaches back and lasts as asked', async (_, keyAlgorithm) => {
      const { certificate } = await obtain({ keyAlgorithm });
      const { publicKey, x509, notBeforeMs, notAfterMs, subject, issuer } = certificate;
      expect(subject).toMatch(/^O=Acme\\, Inc\.\nCN=demo root [0-9a-f]{16}$/);
      expect(issuer).toBe(subject);
      expect(x509.verify(publicKey)).toBe(true);
      expect(certificate).toMatchObject({ isCa: true, pathLength: undefined, uris: ['spiffe://example.org'] });
      expect(certificate.keyUsage).toEqual(['keyCertSign', 'cRLSign']);
      expect(certificate.authorityKeyId ?? certificate.subjectKeyId).toBe(certificate.subjectKeyId);
      expect(publicKey.asymmetricKeyDetails).toMatchObject(detailsOf(keyAlgorithm));
      expect(Math.abs(notAfterMs - Date.now() - 10 * dayMs)).toBeLessThan(minuteMs);
      expect(Math.abs(notBeforeMs - Date.now() + 5 * minuteMs)).toBeLessThan(minuteMs);
    });

    it('makes a root of a mesh whose name is as long as names may be', async () => {
      const root = await obtain({ mesh: 'm'.repeat(63) });
      const other = await obtain({ mesh: 'm'.repeat(63) });
      expect(root.certificate.subject.split('\nCN=')[1]).toHaveLength(64);
      expect(root.certificate.subject).not.toBe(other.certificate.subject);
      await expectIssues(authority, root, [other]);
    });

    it('issues under the root that is asked for and no other, after a restart too', async () => {
      const [a, b] = await makeTwo();
      for (const each of [authority, await tested.reopen()]) {
        await expectIssues(each, a, [b]);
        await expectIssues(each, b, [a]);
      }
    });

    it.each(named)(
      'issues for a key of %s a CA for leaves alone, with the subject and the time of the request',
      async (_, algorithm) => {
        const root = await obtain();
        const request = await intermediateRequest({}, algorithm);
        const [intermediate, ...above] = await authority.issue(root, request, signal);
        expect(above).toEqual([]);
        expect(intermediate!.publicKey.equals(request.csr.publicKey)).toBe(true);
        expect(intermediate).toMatchObject({
          ...{ isCa: true, pathLength: 0, subject: 'O=Acme\\, Inc.\nCN=east intermediate', uris: ['spiffe://example.org'] },
          ...{ keyUsage: ['keyCertSign', 'cRLSign'], authorityKeyId: root.certificate.subjectKeyId },
          notAfterMs: Math.floor(request.notAfterMs / 1_000) * 1_000,
        });
        expect(intermediate!.subjectKeyId).toMatch(/^[0-9a-f]{40}$/);
        expect(Math.abs(intermediate!.notBeforeMs - request.notBeforeMs)).toBeLessThan(minuteMs);
      },
    );

    it('gives no intermediate that outlives its root', async () => {
      const root = await obtain();
      const [intermediate] = await authority.issue(
        root,
        await intermediateRequest({ notAfterMs: Date.now() + 100 * dayMs }),
        signal,
      );
      expect(intermediate!.notAfterMs).toBe(root.certificate.notAfterMs);
    });

    it('says of a key whether it can be used, after a restart too', async () => {
      const root = await obtain();
      for (const each of [authority, await tested.reopen()]) await each.probe(root.custody, signal);
      await authority.destroy(root.custody, signal);
      for (const each of [authority, await tested.reopen()]) await expect(each.probe(root.custody, signal)).rejects.toThrow();
    });

    it('issues with a destroyed key no more, after a restart neither', async () => {
      const root = await obtain();
      await expectIssues(authority, root);
      await authority.destroy(root.custody, signal);
      for (const each of [authority, await tested.reopen()]) await expectGone(each, root);
    });

    it('destroys a key that another process has made, and no other key', async () => {
      const [a, b] = await makeTwo();
      const restarted = await tested.reopen();
      await restarted.destroy(a.custody, signal);
      await expectGone(restarted, a);
      for (const each of [restarted, authority]) await expectIssues(each, b);
    });

    it('has nothing to do for a key that is destroyed already', async () => {
      const { custody } = await obtain();
      await authority.destroy(custody, signal);
      await authority.destroy(custody, signal);
      await (await tested.reopen()).destroy(custody, signal);
    });
  });
}

function certificatesOf(roots: readonly KeptRoot[]): Certificate[] {
  return roots.map(({ certificate }) => certificate);
}

function detailsOf(algorithm: KeyAlgorithm): object {
  if (algorithm.kind === 'rsa') return { modulusLength: algorithm.bits };
  return { namedCurve: algorithm.curve === 'P-256' ? 'prime256v1' : 'secp384r1' };
}
