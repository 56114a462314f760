import { describeRootAuthorityContract, intermediateRequest, makeCa, rootRequest, vaultAuthority } from '@reroot/mgmt/testing';
import { type Certificate, verifyChain } from '@reroot/shared/pki';
import { findIssuerByFingerprint, generateRoot, listIssuers, readIssuer, type Vault } from '@reroot/vault';
import { type ContractVault, type Operator, operate } from '@reroot/vault/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startAlone } from './lab/vault/start-alone.ts';
import { startOpenbao } from './lab/vault/start-openbao.ts';
import { startVault } from './lab/vault/start-vault.ts';

const signal = AbortSignal.timeout(280_000);
const longLived = { max_lease_ttl: '87600h' };
const auth = { kind: 'token-secret', secret: { namespace: 'reroot', name: 'vault-token' } } as const;
const dayMs = 86_400_000;

describeVaultAsAuthority('Vault', () => startAlone(startVault));
describeVaultAsAuthority('OpenBao', () => startAlone(startOpenbao));

/** Roots that are in a real Vault, with no rights but those of docs/vault.md. */
function describeVaultAsAuthority(name: string, start: () => Promise<ContractVault>): void {
  describe(`${name} as the authority`, () => {
    let running: ContractVault;
    let operator: Operator;
    beforeAll(async () => {
      running = await start();
      operator = operate(running, signal);
    });
    afterAll(async () => {
      await operator.close();
      await running.stop();
    });

    const sourceAt = (mount: string, issuer = '') => {
      const { server, caBundlePem: caBundle } = running;
      return { kind: 'vault', vault: { server, caBundle, namespace: '', auth, mount, issuer } } as const;
    };
    const openAsMgmt = async (mount: string, policies: Parameters<Operator['allow']>[0][]): Promise<Vault> => {
      for (const policy of policies) await operator.allow(policy, { pki: mount });
      return operator.open(await operator.createToken({ policies }));
    };

    describeRootAuthorityContract('that makes the roots', async () => {
      const mount = await operator.mount('pki', longLived);
      const reopen = async () => vaultAuthority(await openAsMgmt(mount, ['reroot-mgmt', 'reroot-mgmt-cleanup']));
      const source = sourceAt(mount);
      return { authority: await reopen(), source, reopen, goneCode: 'RR_VAULT_NOT_FOUND', dispose: async () => undefined };
    });

    describe('with the roots of somebody else', () => {
      let mount: string;
      let vault: Vault;
      beforeEach(async () => {
        mount = await operator.mount('pki', longLived);
        vault = await openAsMgmt(mount, ['reroot-mgmt']);
      });

      const makeIssuer = (issuerName: string) => {
        const subject = { commonName: `root ${issuerName}`, ttlDays: 100, notBeforeDurationMs: 60_000 };
        return generateRoot(
          operator.root,
          mount,
          { ...subject, issuerName, keyAlgorithm: { kind: 'ecdsa', curve: 'P-256' } },
          signal,
        );
      };
      const call = (issuerId: string, issuer_name: string, settings: object = {}): Promise<unknown> =>
        operator.root.write(`${mount}/issuer/${issuerId}`, { issuer_name, ...settings }, signal);
      const importBundle = async (...pems: readonly string[]): Promise<void> => {
        await operator.root.write(`${mount}/issuers/import/bundle`, { pem_bundle: pems.join('') }, signal);
      };
      const obtain = (issuer: string, known: readonly Certificate[] = []) =>
        vaultAuthority(vault).obtain(rootRequest(sourceAt(mount, issuer), { known }), signal);

      it('takes over the issuer that a name means, signs with it when the name means the next one, and takes that over', async () => {
        const [one, two] = [await makeIssuer('one'), await makeIssuer('two')];
        await call(one.issuerId, 'mesh');
        const first = await obtain('mesh');
        expect(first.certificate.fingerprint).toBe(one.certificate.fingerprint);
        await call(one.issuerId, 'one');
        await call(two.issuerId, 'mesh');
        const second = await obtain('mesh', [first.certificate]);
        expect(second.certificate.fingerprint).toBe(two.certificate.fingerprint);
        for (const root of [first, second]) {
          const chain = await vaultAuthority(vault).issue(root, await intermediateRequest(), signal);
          expect(verifyChain(chain, [root.certificate], Date.now())).toMatchObject({ ok: true });
        }
      });

      it('signs by a CA below an offline root, gives all those in between, and outlives none of them', async () => {
        const root = await makeCa({ commonName: 'offline root', days: 300 });
        const policy = await makeCa({ commonName: 'policy CA', issuer: root, pathLength: 2, days: 20 });
        const issuing = await makeCa({ commonName: 'issuing CA', issuer: policy, pathLength: 1, days: 200 });
        const chain = [issuing, policy, root].map(({ certificate }) => certificate);
        await importBundle(issuing.keyPem, ...chain.map(({ pem }) => pem));
        const issuer = await findIssuerByFingerprint(operator.root, mount, issuing.certificate.fingerprint, signal);
        const obtained = await obtain(issuer?.issuerId ?? '');
        expect(obtained.certificate.fingerprint).toBe(root.certificate.fingerprint);
        const request = await intermediateRequest({ notAfterMs: Date.now() + 100 * dayMs });
        const [intermediate, ...above] = await vaultAuthority(vault).issue(obtained, request, signal);
        const between = [issuing, policy].map(({ certificate }) => certificate);
        expect(above.map(({ fingerprint }) => fingerprint)).toEqual(between.map(({ fingerprint }) => fingerprint));
        expect(verifyChain([intermediate!, ...above], [root.certificate], Date.now())).toMatchObject({ ok: true });
        expect(intermediate?.notAfterMs).toBe(policy.certificate.notAfterMs);
      });

      it('refuses one whose path length is 0, and one whose key is elsewhere', async () => {
        const last = await makeCa({ commonName: 'last CA', pathLength: 0 });
        const keyless = await makeCa({ commonName: 'keyless root' });
        await importBundle(last.keyPem, last.certificate.pem);
        await importBundle(keyless.certificate.pem);
        const ids = new Map<string, string>();
        for (const { issuerId } of await listIssuers(operator.root, mount, signal)) {
          ids.set((await readIssuer(operator.root, mount, issuerId, signal)).certificate.fingerprint, issuerId);
        }
        const refusal = (why: string) => ({
          code: 'RR_ROOT_ISSUER_INVALID',
          message: expect.stringContaining(why) as string,
        });
        await expect(obtain(ids.get(last.certificate.fingerprint) ?? '')).rejects.toMatchObject(refusal('path length'));
        await expect(obtain(ids.get(keyless.certificate.fingerprint) ?? '')).rejects.toMatchObject(refusal('not its key'));
      });

      it('finds out that an issuer may not sign before a mesh depends on it', async () => {
        const { issuerId } = await makeIssuer('mesh');
        await call(issuerId, 'mesh', { usage: 'read-only' });
        await expect(obtain('mesh')).rejects.toMatchObject({
          code: 'RR_VAULT_FAILED',
          message: expect.stringContaining('usage') as string,
        });
      });

      it('has nothing to destroy where nothing is mounted any more', async () => {
        const authority = vaultAuthority(await openAsMgmt(mount, ['reroot-mgmt', 'reroot-mgmt-cleanup']));
        const { custody } = await authority.obtain(rootRequest(sourceAt(mount)), signal);
        await operator.root.delete(`sys/mounts/${mount}`, signal);
        await authority.destroy(custody, signal);
      });
    });
  });
}
