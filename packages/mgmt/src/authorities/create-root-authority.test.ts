import { systemClock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import { type Certificate, createRootCertificate, issueIntermediate } from '@reroot/shared/pki';
import { describe, expect, it } from 'vitest';
import { makeRoot, type TestRoot } from '../testing/certificates.ts';
import type { RootAuthorityOptions } from './create-root-authority.ts';
import type { Custody } from './custody.ts';
import type { IntermediateRequest, KeptRoot } from './root-authority.ts';
import { authorityWith } from './testing/authority-with.ts';
import { intermediateRequest, rootRequest } from './testing/root-authority-contract.ts';

const { signal } = new AbortController();
const auth = { kind: 'token-secret', secret: { namespace: 'reroot', name: 'vault-token' } } as const;
const place = { server: 'https://vault.example', caBundle: '', namespace: '', auth, mount: 'pki' };
const inVault: Custody = { kind: 'vault', vault: place, issuerId: 'id', keyId: 'key', madeBy: 'reroot' };
const source = { kind: 'vault', vault: { ...place, issuer: '' } } as const;
const dayMs = 86_400_000;

type VaultPart = RootAuthorityOptions['vault'];

/** A Vault that keeps one root, signs as it is told to, and remembers what it destroyed. */
function vaultWith(root: TestRoot, changes: Partial<VaultPart> = {}) {
  const destroyed: Custody[] = [];
  const signed: IntermediateRequest[] = [];
  const part: VaultPart = {
    obtain: async () => ({ certificate: root.certificate, custody: inVault }),
    findOffer: async () => root.certificate,
    issue: async (_, __, request) => {
      signed.push(request);
      return [await issueWith(root, request)];
    },
    probe: async () => undefined,
    destroy: async (custody) => void destroyed.push(custody),
    ...changes,
  };
  return { vault: part, destroyed, signed };
}

const issueWith = (by: TestRoot, request: IntermediateRequest): Promise<Certificate> =>
  issueIntermediate({ ...request, issuer: by.certificate, issuerKey: by.signer });

describe('the authority', () => {
  it('asks whoever keeps the key of a root, wherever the next one comes from', async () => {
    const root = await makeRoot('root');
    const { vault, signed, destroyed } = vaultWith(root);
    const authority = authorityWith({ vault });
    const request = await intermediateRequest();
    await authority.issue({ certificate: root.certificate, custody: inVault }, request, signal);
    expect(signed).toEqual([request]);
    await authority.destroy(inVault, signal);
    expect(destroyed).toEqual([inVault]);
    expect(await authority.findOffer(rootRequest({ kind: 'generated' }), signal)).toBeUndefined();
    expect(await authority.findOffer(rootRequest(source), signal)).toBe(root.certificate);
  });

  it('signs nothing under a root whose key it cannot reach, and has nothing of it to destroy', async () => {
    const { certificate } = await makeRoot('root');
    const root: KeptRoot = { certificate, custody: { kind: 'agents' } };
    const authority = authorityWith({});
    await expect(authority.issue(root, await intermediateRequest(), signal)).rejects.toMatchObject({
      code: 'RR_ISSUE_NOT_HERE',
      message: expect.stringContaining(certificate.fingerprint) as string,
    });
    await authority.destroy(root.custody, signal);
  });

  it('gives away no chain that no cluster could use, whoever made it', async () => {
    const [root, other] = [await makeRoot('root'), await makeRoot('root')];
    const request = await intermediateRequest();
    const beyond = { ...request, notAfterMs: Date.now() + 2 * dayMs };
    const short = { ...request, notAfterMs: Date.now() + 30_000 };
    const issued = await issueWith(root, request);
    const chains: readonly [string, readonly Certificate[]][] = [
      ['there is no certificate', []],
      ['not for the key of the request', [await issueWith(root, await intermediateRequest())]],
      ['no CA that issues leaves only', [(await makeRoot('root')).certificate]],
      ['valid for longer than was asked', [await issueWith(root, beyond)]],
      ['does not verify under the root', [await issueWith(other, request)]],
      ['it ends at', [await issueWith(root, short)]],
      ['it lacks a key identifier', [{ ...issued, authorityKeyId: undefined }]],
      ['it lacks a key identifier', [{ ...issued, subjectKeyId: undefined }]],
    ];
    for (const [problem, chain] of chains) {
      const { vault } = vaultWith(root, { issue: async () => chain });
      const asked = problem.startsWith('no CA')
        ? { ...request, csr: { ...request.csr, publicKey: chain[0]!.publicKey } }
        : request;
      const given = authorityWith({ vault }).issue({ certificate: root.certificate, custody: inVault }, asked, signal);
      await expect(given).rejects.toMatchObject({
        code: 'RR_ISSUE_UNUSABLE',
        message: expect.stringContaining(problem) as string,
      });
    }
  });

  it('gives away none that outlives its root, though Vault may let it', async () => {
    const root = await makeRoot('root');
    const validity = { notBeforeMs: Date.now() - dayMs, notAfterMs: Date.now() + dayMs / 2 };
    const subject = { commonName: 'root', organization: 'test' };
    // Of the same name and key, so that the signature is good.
    const certificate = await createRootCertificate({ key: root.signer, ...subject, ...validity });
    const given = authorityWith(vaultWith(root)).issue({ certificate, custody: inVault }, await intermediateRequest(), signal);
    await expect(given).rejects.toMatchObject({
      code: 'RR_ISSUE_UNUSABLE',
      message: expect.stringContaining(`it outlives ${certificate.fingerprint}`) as string,
    });
  });

  describe('when it obtains a root', () => {
    it('has tried to sign with it before a record names it', async () => {
      const { vault, signed } = vaultWith(await makeRoot('root'));
      await authorityWith({ vault }).obtain(rootRequest(source), signal);
      expect(signed.map(({ commonName }) => commonName)).toEqual(['demo trial']);
    });

    it('does not try where the agents sign', async () => {
      const { vault, signed } = vaultWith(await makeRoot('root'));
      await authorityWith({ vault }).obtain(rootRequest(source, { signing: 'agents' }), signal);
      expect(signed).toEqual([]);
    });

    it('lets one go that nothing can be signed with, and says why that is, whatever letting go comes to', async () => {
      const forbidden = new RerootError('RR_VAULT_FORBIDDEN', 'no');
      const destroyed: Custody[] = [];
      const destroy: VaultPart['destroy'] = async (custody) => {
        destroyed.push(custody);
        throw new RerootError('RR_VAULT_FORBIDDEN', 'nor that');
      };
      const { vault } = vaultWith(await makeRoot('root'), { issue: () => Promise.reject(forbidden), destroy });
      await expect(authorityWith({ vault, clock: systemClock }).obtain(rootRequest(source), signal)).rejects.toBe(forbidden);
      expect(destroyed).toEqual([inVault]);
    });
  });
});
