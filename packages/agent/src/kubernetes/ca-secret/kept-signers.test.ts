import { RerootError } from '@reroot/shared/errors';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CaFiles, CaSecretContent } from '../../cluster/cluster.ts';
import { createMemoryKubeApi, type MemoryKubeApi } from '../testing/memory-kube-api.ts';
import { backupNames } from './back-up.ts';
import { type CaSecretStore, createCaSecretStore } from './ca-secret-store.ts';
import { caSecretName, type SecretObject, secretPath } from './secret-object.ts';

const { signal } = new AbortController();
const namespace = 'istio-system';
const annotations = {
  accepted: { term: 3, generation: 7, rowDigest: 'digest' },
  filesWrittenAtMs: 1_700_000_000_123,
  replicaRestart: 'never',
} as const;

let api: MemoryKubeApi;
let store: CaSecretStore;
beforeEach(() => {
  api = createMemoryKubeApi();
  store = createCaSecretStore(api, [namespace]);
});

const filesOf = (signer: string, rootCert = `root of ${signer}`): CaFiles => ({
  ...{ caCert: signer, caKey: `key of ${signer}`, certChain: signer, rootCert },
});
const write = async (files: CaFiles, signer?: 'kept'): Promise<void> => {
  const content: CaSecretContent = { ...files, annotations, ...(signer === undefined ? {} : { signer }) };
  await store.write(content, (await store.read(signal))?.version, signal);
};
/** Somebody else has put a Secret there, with nothing of reroot about it. */
const plugIn = (files: CaFiles): void => {
  const keys = { 'ca-cert.pem': files.caCert, 'ca-key.pem': files.caKey, 'cert-chain.pem': '', 'root-cert.pem': files.rootCert };
  const data = Object.fromEntries(Object.entries(keys).map(([key, text]) => [key, Buffer.from(text).toString('base64')]));
  api.put(secretPath(namespace, caSecretName), { apiVersion: 'v1', kind: 'Secret', metadata: { name: caSecretName }, data });
};
const edit = async (rootCert: string): Promise<void> => {
  const whole = await api.get<SecretObject>(secretPath(namespace, caSecretName), signal);
  const data = { ...whole.data, 'root-cert.pem': Buffer.from(rootCert).toString('base64') };
  api.put(secretPath(namespace, caSecretName), { ...whole, data });
};
const formerSigners = async (): Promise<readonly string[]> => (await store.readFormer(signal)).map(({ caCert }) => caCert);
const secretsMade = (): readonly string[] => {
  const created = api.requests.filter(({ verb }) => verb === 'create').map(({ body }) => body as SecretObject);
  return [...new Set(created.map(({ metadata }) => metadata.name))];
};
const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'resolved',
    (error: unknown) => (error instanceof RerootError ? error.code : String(error)),
  );
/** A merge: the Secret goes on with its signer under more roots, then another one takes its place. */
const merge = async (files: CaFiles, next: CaFiles): Promise<void> => {
  await write({ ...files, rootCert: `${files.rootCert} and all` }, 'kept');
  await write(next);
};

describe('a signer that is to be kept', () => {
  it('is found again though another reroot wrote it, with the bundle that it stood beside', async () => {
    await write(filesOf('x'));
    await merge(filesOf('x'), filesOf('b'));
    expect(await store.readFormer(signal)).toEqual([filesOf('x')]);
  });

  it('is found again beside earlier backups, each once, and none of them is touched', async () => {
    for (const signer of ['x', 'y', 'x', 'z', 'y']) {
      await write(filesOf(signer));
      await merge(filesOf(signer), filesOf('b'));
    }
    expect(await formerSigners()).toEqual(['x', 'y', 'z']);
    expect((await store.readFormer(signal)).map(({ rootCert }) => rootCert)).toEqual(['root of x', 'root of y', 'root of z']);
  });

  it('is not kept twice while it signs on, nor when it has come back', async () => {
    await write(filesOf('x'));
    await merge(filesOf('x'), filesOf('b'));
    await write(filesOf('x', 'root of x and all'), 'kept');
    await write(filesOf('x'), 'kept');
    expect(secretsMade()).toEqual(['cacerts', 'cacerts-reroot-backup']);
    expect(await formerSigners()).toEqual(['x']);
  });

  it('is no signer that reroot can issue anew', async () => {
    for (const signer of ['a', 'b', 'c']) await write(filesOf(signer));
    expect(secretsMade()).toEqual(['cacerts']);
  });

  it('keeps what somebody made of its Secret too, before that is written over', async () => {
    await write(filesOf('x'));
    await write(filesOf('x'), 'kept');
    await edit('edited');
    await write(filesOf('x'), 'kept');
    expect(secretsMade()[2]).toMatch(/^cacerts-reroot-backup-[0-9a-f]{16}$/);
  });

  it('holds back the write where all places are taken, until a person has made room', async () => {
    for (const name of backupNames) {
      await write(filesOf(name));
      await merge(filesOf(name), filesOf('b'));
    }
    await write(filesOf('x'));
    expect(await codeOf(write(filesOf('x', 'more'), 'kept'))).toBe('RR_SIGNER_BACKUPS_FULL');
    expect(await store.read(signal)).toMatchObject(filesOf('x'));
    api.remove(secretPath(namespace, 'cacerts-reroot-backup-3'));
    await merge(filesOf('x'), filesOf('b'));
    expect(await formerSigners()).toEqual(backupNames.map((name) => (name.endsWith('-3') ? 'x' : name)));
  });
});

describe('a signer that somebody else plugged in', () => {
  it('is found again, also where one was taken over before', async () => {
    for (const signer of ['theirs', 'ours now']) {
      plugIn(filesOf(signer));
      await write(filesOf('b'));
    }
    expect(await formerSigners()).toEqual(['theirs', 'ours now']);
  });

  it('stays when Secrets of reroot are edited ever so often, and those leave the other places free', async () => {
    plugIn(filesOf('theirs'));
    await write(filesOf('b'));
    for (const signer of backupNames) {
      await edit('edited');
      await write(filesOf(signer));
    }
    expect(await formerSigners()).toEqual(['theirs']);
  });

  it('is found by an agent whose Role knows the first backup alone', async () => {
    plugIn(filesOf('theirs'));
    await write(filesOf('b'));
    api.put(secretPath(namespace, 'cacerts-reroot-backup-2'), { metadata: { name: 'cacerts-reroot-backup-2' }, data: {} });
    api.answer = ({ path }) => {
      if (path.endsWith('-2')) throw new RerootError('RR_CLUSTER_FORBIDDEN', path);
      return undefined;
    };
    expect(await formerSigners()).toEqual(['theirs']);
  });
});
