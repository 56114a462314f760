import { mkdir, mkdtemp, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MeshStatus, RootOffer } from '@reroot/shared/api';
import { createRootCertificate, exportPrivateKey, generateKey, signerFromKey } from '@reroot/shared/pki';
import { describe, expect, it } from 'vitest';
import { expectUnharmed } from './expect-unharmed.ts';
import type { MeshFleet } from './mesh-fleet.ts';
import { untilAsked } from './step-by-step.ts';

/** A mesh whose mgmt reads Secrets from a folder, and a Vault that both it and the agents may ask. */
export interface SourcesUnderTest {
  readonly fleet: MeshFleet;
  /** `secrets.dir` of mgmt. */
  readonly secretsDir: string;
  /** How a VirtualMesh names the Vault and says how to log in to it, for mgmt and for the agents. */
  readonly vaultForMgmt: Readonly<Record<string, unknown>>;
  readonly vaultForAgents: Readonly<Record<string, unknown>>;
  /** A mount of several issuers. */
  readonly mountPath: string;
  /** The fingerprints of the CAs that the mount can sign with. */
  readonly listIssuers: () => Promise<readonly string[]>;
}

const dayMs = 86_400_000;
const secret = { name: 'mesh-root', namespace: 'reroot' };
const options = { keyAlgorithm: 'KEY_ALGORITHM_ECDSA_P256', ttlDays: 3650, orgName: 'reroot' };

/** Roots from every source, each rotated to from the one before, while traffic flows. */
export function describeCaSources(underTest: () => SourcesUnderTest): void {
  describe('the root of a live fleet', () => {
    it('moves into Vault, which signs for mgmt from then on', async () => {
      const { fleet, vaultForMgmt, mountPath } = underTest();
      await fleet.setAuthorities({ rootCertificateAuthority: { vault: { ...vaultForMgmt, mountPath, options } } });
      expect(await rotateUnharmed(fleet)).toBe('vault');
    });

    it('is followed by another issuer of the same mount, and destroyed there once nothing can need it', async () => {
      const { fleet, vaultForMgmt, mountPath, listIssuers } = underTest();
      const former = await listIssuers();
      expect(former).toHaveLength(1);
      const policy = { rootKeyRetention: '0s' };
      await fleet.setAuthorities({ rootCertificateAuthority: { vault: { ...vaultForMgmt, mountPath, options } } }, policy);
      const { before, root = '' } = await rotate(fleet);
      await expectUnharmed(fleet, before, root);
      const left = await fleet.look('one issuer to be left', async () => {
        const issuers = await listIssuers();
        return issuers.length === 1 ? issuers : undefined;
      });
      expect(left).toEqual([root]);
    });

    it('stays in Vault, and the agents ask it by themselves', async () => {
      const { fleet, vaultForMgmt, vaultForAgents, mountPath } = underTest();
      await fleet.setAuthorities({
        rootCertificateAuthority: { vault: { ...vaultForMgmt, mountPath, options } },
        intermediateCertificateAuthority: { vault: { ...vaultForAgents, caPath: `${mountPath}/root/sign-intermediate` } },
      });
      expect(await rotateUnharmed(fleet)).toBe('vault');
    });

    it('is found again by the agents when a rotation to another source is rolled back', async () => {
      const { fleet } = underTest();
      const before = await fleet.traffic();
      await fleet.setAuthorities({ rootCertificateAuthority: { generated: options } });
      const { rotation } = await fleet.rotate({ verification: 'manual' });
      await fleet.answer(await untilAsked(fleet, 'ADDING_NEW_ROOT'), 'CONTINUE');
      await fleet.answer(await untilAsked(fleet, 'PROPAGATING_NEW_INTERMEDIATE'), 'ROLLBACK');
      await fleet.answer(await untilAsked(fleet, 'ADDING_NEW_ROOT'), 'ROLLBACK');
      await fleet.answer(await untilAsked(fleet, 'PREVIOUS_CA'), 'CONTINUE');
      await fleet.until('PREVIOUS_CA', ({ state }) => state === 'PREVIOUS_CA');
      await expectUnharmed(fleet, before, rotation?.oldRoot);
    });

    it('is taken from a Secret, and offered when the Secret changes', async () => {
      const { fleet, secretsDir } = underTest();
      await putRoot(secretsDir, 'provided root 1');
      await fleet.setAuthorities({ rootCertificateAuthority: { secret } });
      expect(await rotateUnharmed(fleet)).toBe('key-store');
      await expect(fleet.rotate()).rejects.toMatchObject({ code: 'RR_ROOT_UNCHANGED' });

      await putRoot(secretsDir, 'provided root 2');
      const offer = await offerOf(fleet, 'provided root 2');
      const { before, root } = await rotate(fleet);
      expect(root).toBe(offer.fingerprint);
      await expectUnharmed(fleet, before, root);
      await fleet.until('no offer', ({ rootOffer }) => rootOffer === undefined);
    });

    it('is not taken from a Secret that makes no sense, which is said before anybody asks', async () => {
      const { fleet, secretsDir } = underTest();
      await putRoot(secretsDir, 'provided root 3', 'the key of another root');
      const { rootOffer } = await fleet.until('the problem', (status) => status.rootOffer?.kind === 'problem');
      expect(rootOffer).toMatchObject({ code: 'RR_ROOT_SECRET_INVALID' });
      const { generation } = await fleet.status();
      await expect(fleet.rotate()).rejects.toMatchObject({ code: 'RR_ROOT_SECRET_INVALID' });
      expect((await fleet.status()).generation).toBe(generation);
    });
  });
}

/** @returns who has the key of the root that the mesh is on now */
async function rotateUnharmed(fleet: MeshFleet): Promise<MeshStatus['roots'][number]['custody'] | undefined> {
  const { before, root } = await rotate(fleet);
  await expectUnharmed(fleet, before, root);
  return (await fleet.status()).roots.find(({ fingerprint }) => fingerprint === root)?.custody;
}

async function rotate(fleet: MeshFleet) {
  const before = await fleet.traffic();
  const { rotation } = await fleet.rotate();
  await fleet.until('FINISHED', ({ state }) => state === 'FINISHED');
  return { before, root: rotation?.newRoot };
}

async function offerOf(fleet: MeshFleet, commonName: string): Promise<Extract<RootOffer, { kind: 'root' }>> {
  return fleet.look(`the offer of ${commonName}`, async () => {
    const { rootOffer } = await fleet.status();
    return rootOffer?.kind === 'root' && rootOffer.subject.includes(commonName) ? rootOffer : undefined;
  });
}

/** Puts a root into the folder of the Secret as the kubelet does: all files at once, by one rename. */
export async function putRoot(secretsDir: string, commonName: string, flaw?: 'the key of another root'): Promise<void> {
  const key = await generateKey({ kind: 'ecdsa', curve: 'P-384' });
  const nowMs = Date.now();
  const validity = { notBeforeMs: nowMs - dayMs, notAfterMs: nowMs + 3650 * dayMs };
  const root = await createRootCertificate({ key: signerFromKey(key), commonName, organization: 'acme', ...validity });
  const kept = flaw === undefined ? key : await generateKey({ kind: 'ecdsa', curve: 'P-384' });
  const folder = join(secretsDir, secret.namespace, secret.name);
  await mkdir(folder, { recursive: true });
  const version = await mkdtemp(join(folder, '..'));
  const files = { 'tls.crt': root.pem, 'tls.key': exportPrivateKey(kept), 'ca.crt': root.pem };
  for (const [name, text] of Object.entries(files)) await writeFile(join(version, name), text, { mode: 0o600 });
  await symlink(version, join(folder, '..data_tmp'));
  await rename(join(folder, '..data_tmp'), join(folder, '..data'));
  for (const name of Object.keys(files)) await symlink(join('..data', name), join(folder, name)).catch(ignoreExisting);
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
