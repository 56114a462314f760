import { type Certificate, verifyChain } from '@reroot/shared/pki';
import { deleteIssuer, generateRoot, listIssuers, readIssuer, type Vault } from '@reroot/vault';
import { type Operator, operate, startVaultStandIn, type VaultStandIn } from '@reroot/vault/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { VaultRoot } from '../mesh/index.ts';
import { makeCa } from '../testing/openssl-authority.ts';
import type { KeptRoot, RootAuthority, RootRequest } from './root-authority.ts';
import { vaultAuthority } from './testing/authority-with.ts';
import { describeRootAuthorityContract, intermediateRequest, rootRequest } from './testing/root-authority-contract.ts';

const { signal } = new AbortController();
const dayMs = 86_400_000;
const longLived = { max_lease_ttl: '87600h' };
const auth = { kind: 'token-secret', secret: { namespace: 'reroot', name: 'vault-token' } } as const;

let standIn: VaultStandIn;
let operator: Operator;
beforeAll(async () => {
  standIn = await startVaultStandIn();
  operator = operate({ ...standIn, unsealKey: 'any' }, signal);
});
afterAll(async () => {
  await operator.close();
  await standIn.stop();
});

const vaultRoot = (mount: string, issuer = ''): VaultRoot => ({
  ...{ server: standIn.server, caBundle: standIn.caBundlePem, namespace: '', auth },
  ...{ mount, issuer },
});

/** With the policies of docs/vault.md. */
async function openAsMgmt(mount: string, policies: Parameters<Operator['allow']>[0][]): Promise<Vault> {
  for (const policy of policies) await operator.allow(policy, { pki: mount });
  return operator.open(await operator.createToken({ policies }));
}

describeRootAuthorityContract('a Vault that makes the roots', async () => {
  const mount = await operator.mount('pki', longLived);
  const reopen = async () => vaultAuthority(await openAsMgmt(mount, ['reroot-mgmt', 'reroot-mgmt-cleanup']));
  const source = { kind: 'vault', vault: vaultRoot(mount) } as const;
  return { authority: await reopen(), source, reopen, goneCode: 'RR_VAULT_NOT_FOUND', dispose: async () => undefined };
});

describe('the authority of Vault', () => {
  let mount: string;
  let authority: RootAuthority;
  const request = (issuer = '', changes: Partial<RootRequest> = {}): RootRequest =>
    rootRequest({ kind: 'vault', vault: vaultRoot(mount, issuer) }, changes);
  const makeIssuer = (name: string) =>
    generateRoot(
      operator.root,
      mount,
      {
        ...{ commonName: `somebody's ${name}`, ttlDays: 100, issuerName: name, notBeforeDurationMs: 60_000 },
        keyAlgorithm: { kind: 'ecdsa', curve: 'P-256' },
      },
      signal,
    );
  /** The stand-in, with what it says changed on its way. */
  const tampering = (changes: Partial<Pick<Vault, 'read' | 'write'>>): RootAuthority =>
    vaultAuthority({ ...operator.root, ...changes });

  beforeEach(async () => {
    mount = await operator.mount('pki', longLived);
    authority = vaultAuthority(await openAsMgmt(mount, ['reroot-mgmt']));
  });

  describe('when it has a root made', () => {
    it('calls the issuer by mesh and root, so that one which no mesh has come to name is found', async () => {
      const { certificate, custody } = await authority.obtain(request(), signal);
      const [issuer] = await listIssuers(operator.root, mount, signal);
      const [, id] = /CN=demo root ([0-9a-f]{16})$/.exec(certificate.subject) ?? [];
      expect(issuer?.issuerName).toBe(`reroot-demo-${id ?? ''}`);
      const { server, caBundlePem: caBundle } = standIn;
      const vault = { server, caBundle, namespace: '', auth, mount };
      expect(custody).toMatchObject({ kind: 'vault', vault, issuerId: issuer?.issuerId, madeBy: 'reroot' });
    });

    it('says by which command a mount lets roots live long enough', async () => {
      mount = await operator.mount('pki', { max_lease_ttl: '24h' });
      authority = vaultAuthority(await openAsMgmt(mount, ['reroot-mgmt']));
      await expect(authority.obtain(request(), signal)).rejects.toMatchObject({
        code: 'RR_VAULT_TTL_CAPPED',
        remedy: expect.stringContaining(`vault secrets tune -max-lease-ttl=240h ${mount}`) as string,
      });
    });

    it('takes none that is not as asked, and leaves none behind', async () => {
      const changed: Readonly<Record<string, object>> = {
        'its key is of {"kind":"ecdsa","curve":"P-384"}': { key_bits: 384 },
        'its name is CN=another': { common_name: 'another', organization: [] },
      };
      for (const [problem, change] of Object.entries(changed)) {
        const write: Vault['write'] = (path, body, ...rest) => operator.root.write(path, { ...body, ...change }, ...rest);
        await expect(tampering({ write }).obtain(request(), signal)).rejects.toMatchObject({
          code: 'RR_VAULT_ANSWER_INVALID',
          message: expect.stringContaining(problem) as string,
        });
      }
      expect(await listIssuers(operator.root, mount, signal)).toEqual([]);
    });

    it('takes none that it may not sign with, and leaves none behind where it may delete', async () => {
      const vault = await openAsMgmt(mount, ['reroot-mgmt', 'reroot-mgmt-cleanup']);
      // No policy gives the path that stands in here for one of another issuer.
      const write: Vault['write'] = (path, ...rest) =>
        vault.write(path.endsWith('/sign-intermediate') ? `${mount}/sign-verbatim` : path, ...rest);
      await expect(vaultAuthority({ ...vault, write }).obtain(request(), signal)).rejects.toMatchObject({
        code: 'RR_VAULT_FORBIDDEN',
      });
      expect(await listIssuers(operator.root, mount, signal)).toEqual([]);
    });
  });

  describe('when somebody else makes the root', () => {
    it.each(['default', 'name', 'ID'])('takes over the issuer of that %s, and destroys nothing of it', async (by) => {
      const made = await makeIssuer('theirs');
      const reference = { default: 'default', name: 'theirs', ID: made.issuerId }[by] ?? '';
      expect((await authority.findOffer(request(reference), signal))?.fingerprint).toBe(made.certificate.fingerprint);
      const root = await authority.obtain(request(reference), signal);
      expect(root.certificate.fingerprint).toBe(made.certificate.fingerprint);
      expect(root.custody).toMatchObject({ issuerId: made.issuerId, keyId: made.keyId, madeBy: 'somebody' });
      await authority.destroy(root.custody, signal);
      await expectIssued(authority, root);
      expect((await readIssuer(operator.root, mount, 'theirs', signal)).keyId).toBe(made.keyId);
    });

    it('signs with the issuer that it took over, whatever its name means later', async () => {
      const { issuerId } = await makeIssuer('theirs');
      const paths: string[] = [];
      const write: Vault['write'] = async (path, ...rest) => {
        paths.push(path);
        return operator.root.write(path, ...rest);
      };
      await tampering({ write }).obtain(request('theirs'), signal);
      expect(paths).toEqual([`${mount}/issuer/${issuerId}/sign-intermediate`]);
    });

    it('offers the next one as soon as it is there, and takes none that the mesh has', async () => {
      const [first, second] = [await makeIssuer('first'), await makeIssuer('second')];
      const known = [first.certificate];
      await expect(authority.obtain(request('first', { known }), signal)).rejects.toMatchObject({
        code: 'RR_ROOT_UNCHANGED',
        place: `${mount}/issuer/first`,
      });
      expect((await authority.findOffer(request('second', { known }), signal))?.fingerprint).toBe(second.certificate.fingerprint);
    });

    it('says that there is no such issuer', async () => {
      await expect(authority.obtain(request('nobody'), signal)).rejects.toMatchObject({ code: 'RR_VAULT_NOT_FOUND' });
    });

    it('takes over a CA below an offline root, whose root is the root of the mesh', async () => {
      const root = await makeCa({ commonName: 'offline root' });
      const policy = await makeCa({ commonName: 'policy CA', issuer: root, pathLength: 2 });
      const issuing = await makeCa({ commonName: 'issuing CA', issuer: policy, pathLength: 1 });
      const read = showing([issuing, policy, root].map(({ certificate }) => certificate));
      const offered = await tampering({ read }).findOffer(request('default'), signal);
      expect(offered?.fingerprint).toBe(root.certificate.fingerprint);
    });

    it('refuses an issuer that cannot be the root of a mesh, and says why', async () => {
      const root = await makeCa({ commonName: 'their root' });
      const short = await makeCa({ commonName: 'their short root', days: 1 });
      const leafCa = await makeCa({ commonName: 'their last CA', issuer: root, pathLength: 0 });
      const stranger = await makeCa({ commonName: 'their root' });
      const refusals: readonly [string, readonly Certificate[], Partial<RootRequest>, string?][] = [
        ['and not its key', [root.certificate], {}, ''],
        ['does not know the self-signed root', [leafCa.certificate], {}],
        ['leaves no room for an intermediate', [leafCa.certificate, root.certificate], {}],
        ['asks for the key', [leafCa.certificate, stranger.certificate], {}],
        ['ends at', [short.certificate], {}],
        ['is not signed by its own key', [(await makeCa({ commonName: 'their root', issuer: root })).certificate], {}],
        ['has the same name', [root.certificate], { known: [stranger.certificate] }],
      ];
      for (const [why, chain, changes, keyId] of refusals) {
        const obtained = tampering({ read: showing(chain, keyId) }).obtain(request('theirs', changes), signal);
        await expect(obtained).rejects.toMatchObject({
          code: 'RR_ROOT_ISSUER_INVALID',
          message: expect.stringContaining(why) as string,
          place: `${mount}/issuer/theirs`,
        });
      }
    });

    it('leaves a root whose key is not in Vault to the agents, where they sign', async () => {
      const { certificate } = await makeCa({ commonName: 'their root' });
      const root = await tampering({ read: showing([certificate], '') }).obtain(request('theirs', { signing: 'agents' }), signal);
      expect(root).toMatchObject({ certificate: { fingerprint: certificate.fingerprint }, custody: { kind: 'agents' } });
    });
  });

  describe('when it signs', () => {
    it('gives nothing away that another issuer signed', async () => {
      const root = await authority.obtain(request(), signal);
      const other = await makeIssuer('other');
      const write: Vault['write'] = (path, ...rest) =>
        operator.root.write(path.replace(/issuer\/[^/]+/, `issuer/${other.issuerId}`), ...rest);
      await expect(tampering({ write }).issue(root, await intermediateRequest(), signal)).rejects.toMatchObject({
        code: 'RR_ISSUE_UNUSABLE',
        message: expect.stringContaining(root.certificate.fingerprint) as string,
      });
    });

    it('takes a shorter life than was asked for, and none that is of no use', async () => {
      const root = await authority.obtain(request(), signal);
      const clipping = (lifeMs: number) => {
        const not_after = new Date(Date.now() + lifeMs).toISOString();
        return tampering({ write: (path, body, ...rest) => operator.root.write(path, { ...body, not_after }, ...rest) });
      };
      const asked = await intermediateRequest({ notAfterMs: Date.now() + 9 * dayMs });
      const [short] = await clipping(dayMs).issue(root, asked, signal);
      expect(Math.abs(short!.notAfterMs - Date.now() - dayMs)).toBeLessThan(60_000);
      await expect(clipping(30_000).issue(root, asked, signal)).rejects.toMatchObject({
        code: 'RR_ISSUE_UNUSABLE',
        message: expect.stringContaining('it ends at') as string,
      });
    });

    it('asks once, though more was asked for than the root can give', async () => {
      const root = await authority.obtain(request(), signal);
      const ends: unknown[] = [];
      const write: Vault['write'] = async (path, body, ...rest) => {
        ends.push((body as { not_after?: unknown }).not_after);
        return operator.root.write(path, body, ...rest);
      };
      const asked = await intermediateRequest({ notAfterMs: Date.now() + 99 * dayMs });
      await tampering({ write }).issue(root, asked, signal);
      expect(ends).toEqual([new Date(root.certificate.notAfterMs).toISOString().replace('.000', '')]);
    });

    it('gives up when its signal aborts, though Vault does not answer', async () => {
      const root = await authority.obtain(request(), signal);
      const stopping = new AbortController();
      standIn.break({ kind: 'silent' });
      try {
        const issued = authority.issue(root, await intermediateRequest(), stopping.signal);
        stopping.abort(new Error('mgmt stops'));
        await expect(issued).rejects.toThrow('mgmt stops');
      } finally {
        standIn.heal();
      }
    });
  });

  describe('when it destroys', () => {
    it('says what to do when no policy lets it, and does it once one does', async () => {
      const { custody } = await authority.obtain(request(), signal);
      const { issuerId, keyId } = custody as Extract<KeptRoot['custody'], { kind: 'vault' }>;
      await expect(authority.destroy(custody, signal)).rejects.toMatchObject({
        code: 'RR_VAULT_FORBIDDEN',
        remedy: expect.stringContaining(
          `vault delete ${mount}/issuer/${issuerId} && vault delete ${mount}/key/${keyId}`,
        ) as string,
      });
      await operator.allow('reroot-mgmt', { pki: mount });
      await vaultAuthority(await openAsMgmt(mount, ['reroot-mgmt-cleanup'])).destroy(custody, signal);
      expect(await listIssuers(operator.root, mount, signal)).toEqual([]);
    });

    it('destroys the key of an issuer that is gone already', async () => {
      const root = await authority.obtain(request(), signal);
      const { issuerId, keyId } = root.custody as Extract<KeptRoot['custody'], { kind: 'vault' }>;
      await deleteIssuer(operator.root, mount, issuerId, signal);
      const deleted: string[] = [];
      const remove: Vault['delete'] = async (path, ...rest) => {
        deleted.push(path);
        await operator.root.delete(path, ...rest);
      };
      await vaultAuthority({ ...operator.root, delete: remove }).destroy(root.custody, signal);
      expect(deleted).toContain(`${mount}/key/${keyId}`);
    });

    it('has nothing to do where nothing is mounted any more', async () => {
      const root = await authority.obtain(request(), signal);
      const custody = root.custody as Extract<KeptRoot['custody'], { kind: 'vault' }>;
      const moved = { ...custody, vault: { ...custody.vault, mount: 'unmounted' } };
      await vaultAuthority(operator.root).destroy(moved, signal);
      await expectIssued(authority, root);
    });
  });
});

/** Answers as if the mount had an issuer with this chain. */
function showing(chain: readonly Certificate[], keyId = 'a-key'): Vault['read'] {
  const [certificate] = chain;
  const ca_chain = chain.map(({ pem }) => pem);
  return async () => ({ issuer_id: 'an-id', issuer_name: 'theirs', key_id: keyId, certificate: certificate?.pem, ca_chain });
}

async function expectIssued(authority: RootAuthority, root: KeptRoot, others: readonly Certificate[] = []): Promise<void> {
  const chain = await authority.issue(root, await intermediateRequest(), signal);
  expect(verifyChain(chain, [root.certificate], Date.now())).toMatchObject({ ok: true });
  expect(verifyChain(chain, others, Date.now())).toMatchObject({ ok: false });
}
