import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@reroot/shared/clock';
import { verifyChain } from '@reroot/shared/pki';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type MadeCa, makeCa } from '../testing/openssl-authority.ts';
import { createFolderKeys } from './folder-keys.ts';
import { openKeyStore } from './key-store.ts';
import { createKeyStoreAuthority } from './key-store-authority.ts';
import type { RootAuthority, RootRequest } from './root-authority.ts';
import { createSecretAuthority } from './secret-authority.ts';
import type { SecretData, SecretSource } from './secret-source.ts';
import { authorityWith } from './testing/authority-with.ts';
import { intermediateRequest, rootRequest } from './testing/root-authority-contract.ts';

const source = { kind: 'secret', secret: { namespace: 'istio-system', name: 'next-root' } } as const;
const { signal } = new AbortController();

describe('roots from a Secret', () => {
  let first: MadeCa;
  let second: MadeCa;
  let issuing: MadeCa;
  beforeAll(async () => {
    [first, second] = await Promise.all([makeCa({ commonName: 'root 1' }), makeCa({ commonName: 'root 2' })]);
    issuing = await makeCa({ commonName: 'issuing CA', issuer: first, days: 50, pathLength: 1 });
  });

  let dir: string;
  let authority: RootAuthority;
  let held: SecretData;
  const secrets: SecretSource = { read: async () => held, close: async () => undefined };
  const hold = (signer: MadeCa, root: MadeCa = signer): void => {
    const texts = { 'tls.crt': signer.certificate.pem, 'tls.key': signer.keyPem, 'ca.crt': root.certificate.pem };
    held = new Map(Object.entries(texts).map(([key, text]) => [key, Buffer.from(text)]));
  };
  const open = async (): Promise<RootAuthority> => {
    const keyStore = await openKeyStore({
      keys: createFolderKeys(dir),
      passphrase: 'correct horse battery staple',
      scryptCost: 2 ** 10,
    });
    const parts = { keyStore, clock: systemClock };
    return authorityWith({
      keyStore: createKeyStoreAuthority(parts),
      secret: createSecretAuthority({ secrets, ...parts }),
    });
  };
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'reroot-keys-'));
    authority = await open();
  });
  afterEach(() => rm(dir, { recursive: true }));

  const request = (changes: Partial<RootRequest> = {}): RootRequest => rootRequest(source, changes);
  const keyFiles = async (): Promise<readonly string[]> =>
    (await readdir(dir)).filter((file) => file !== 'passphrase-check.json');

  it('are taken over with the key, which is kept encrypted and signs on when the Secret holds the next one', async () => {
    hold(first);
    const root = await authority.obtain(request(), signal);
    expect(root.certificate.fingerprint).toBe(first.certificate.fingerprint);
    hold(second);
    for (const each of [authority, await open()]) {
      const chain = await each.issue(root, await intermediateRequest(), signal);
      expect(verifyChain(chain, [first.certificate], Date.now())).toMatchObject({ ok: true });
    }
    const [file = '', ...others] = await keyFiles();
    expect(others).toEqual([]);
    expect(await readFile(join(dir, file), 'utf8')).not.toContain(first.keyPem.split('\n')[1]);
  });

  it('may stay elsewhere: the CA below signs, and is part of each chain', async () => {
    hold(issuing, first);
    const root = await authority.obtain(request(), signal);
    expect(root.certificate.fingerprint).toBe(first.certificate.fingerprint);
    const chain = await authority.issue(root, await intermediateRequest(), signal);
    expect(chain.map(({ subject }) => subject)).toEqual([expect.stringContaining('east intermediate'), 'CN=issuing CA']);
    expect(verifyChain(chain, [first.certificate], Date.now())).toMatchObject({ ok: true });
  });

  it('come without a key where the agents sign, though one stands there', async () => {
    hold(first);
    const root = await authority.obtain(request({ signing: 'agents' }), signal);
    expect(root).toMatchObject({ custody: { kind: 'agents' }, certificate: { fingerprint: first.certificate.fingerprint } });
    expect(await keyFiles()).toEqual([]);
    await expect(authority.issue(root, await intermediateRequest(), signal)).rejects.toMatchObject({ code: 'RR_ISSUE_NOT_HERE' });
  });

  it('are not new when the mesh has them already: nothing is taken over', async () => {
    hold(first);
    const known = [second.certificate, first.certificate];
    const unchanged = { code: 'RR_ROOT_UNCHANGED', place: 'Secret istio-system/next-root' };
    await expect(authority.obtain(request({ known }), signal)).rejects.toMatchObject(unchanged);
    expect(await keyFiles()).toEqual([]);
    hold(second);
    expect((await authority.obtain(request({ known: [first.certificate] }), signal)).certificate.fingerprint).toBe(
      second.certificate.fingerprint,
    );
  });

  it('are not taken over when they cannot be used', async () => {
    hold(issuing, second);
    await expect(authority.obtain(request(), signal)).rejects.toMatchObject({ code: 'RR_ROOT_SECRET_INVALID' });
    expect(await keyFiles()).toEqual([]);
  });

  it('are let go of again when no cluster could use what they sign', async () => {
    const constraint = 'nameConstraints=critical,permitted;URI:.elsewhere.org';
    const ca = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign'];
    hold(await makeCa({ commonName: 'of another trust domain', extensions: [...ca, constraint] }));
    await expect(authority.obtain(request(), signal)).rejects.toMatchObject({ code: 'RR_ISSUE_UNUSABLE' });
    expect(await keyFiles()).toEqual([]);
  });

  it('are offered as they stand there, whether the mesh has them or not', async () => {
    for (const ca of [first, second]) {
      hold(ca);
      const offer = await authority.findOffer(request({ known: [first.certificate] }), signal);
      expect(offer?.fingerprint).toBe(ca.certificate.fingerprint);
    }
    hold(issuing, second);
    await expect(authority.findOffer(request(), signal)).rejects.toMatchObject({ code: 'RR_ROOT_SECRET_INVALID' });
    expect(await keyFiles()).toEqual([]);
  });

  it('may be those of two meshes: the key that one destroys is the other’s still', async () => {
    hold(first);
    const [one, two] = [
      await authority.obtain(request({ mesh: 'one' }), signal),
      await authority.obtain(request({ mesh: 'two' }), signal),
    ];
    await authority.destroy(one.custody, signal);
    await expect(authority.issue(one, await intermediateRequest(), signal)).rejects.toMatchObject({
      code: 'RR_KEYSTORE_KEY_MISSING',
    });
    for (const each of [authority, await open()]) {
      const chain = await each.issue(two, await intermediateRequest(), signal);
      expect(verifyChain(chain, [first.certificate], Date.now())).toMatchObject({ ok: true });
    }
  });
});
