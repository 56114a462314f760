import { RerootError } from '@reroot/shared/errors';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CaAnnotations, CaSecretContent } from '../../cluster/cluster.ts';
import { createMemoryKubeApi, type MemoryKubeApi } from '../testing/memory-kube-api.ts';
import { type CaSecretStore, createCaSecretStore } from './ca-secret-store.ts';
import type { SecretObject } from './secret-object.ts';

const { signal } = new AbortController();
const annotations: CaAnnotations = {
  accepted: { term: 3, generation: 7, rowDigest: 'digest' },
  filesWrittenAtMs: 1_700_000_000_123,
  replicaRestart: 'when-refused',
};
const content: CaSecretContent = {
  caCert: 'signer\n',
  caKey: 'key\n',
  certChain: 'chain\n',
  rootCert: '# ü\r\nroots',
  annotations,
};

const pathOf = (name: string, namespace = 'istio-system'): string => `/api/v1/namespaces/${namespace}/secrets/${name}`;
const secretOf = (name: string, files: Record<string, string>, more: object = {}): object => {
  const data = Object.fromEntries(Object.entries(files).map(([key, text]) => [key, Buffer.from(text).toString('base64')]));
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name }, type: 'Opaque', data, ...more };
};
const foreignFiles = { 'ca-cert.pem': 'theirs', 'ca-key.pem': 'their key', 'cert-chain.pem': '', 'root-cert.pem': 'their roots' };

let api: MemoryKubeApi;
let store: CaSecretStore;
beforeEach(() => {
  api = createMemoryKubeApi();
  store = createCaSecretStore(api, ['istio-system']);
});

const dataOf = async (name: string, namespace?: string): Promise<Record<string, string>> => {
  const { data = {} } = await api.get<SecretObject>(pathOf(name, namespace), signal);
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]));
};
const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'resolved',
    (error: unknown) => (error instanceof RerootError ? error.code : String(error)),
  );

describe('the cacerts Secret', () => {
  it('is undefined while there is none, and comes back byte for byte after a write, as ours', async () => {
    expect(await store.read(signal)).toBeUndefined();
    const written = await store.write(content, undefined, signal);
    const { version } = written;
    expect(written).toEqual({ ...content, version, source: 'cacerts', owner: 'reroot', editedBy: [], staleCopies: [] });
    expect(await store.read(signal)).toEqual(written);
  });

  it('is written in one request each time', async () => {
    const { version } = await store.write(content, undefined, signal);
    await store.write({ ...content, rootCert: 'more roots' }, version, signal);
    const writes = api.requests.filter(({ verb }) => verb !== 'get').map(({ verb, path }) => [verb, path]);
    expect(writes).toEqual([
      ['create', '/api/v1/namespaces/istio-system/secrets'],
      ['mergePatch', pathOf('cacerts')],
    ]);
  });

  it('keeps and lets go of the annotations that may be absent', async () => {
    const remembering = { ...content, annotations: { ...annotations, formerRootCert: 'ü\r\n', provenAtMs: 1_700_000_000_999 } };
    const first = await store.write(remembering, undefined, signal);
    expect(first.annotations).toEqual(remembering.annotations);
    const second = await store.write(content, first.version, signal);
    expect(second.annotations).toStrictEqual(annotations);
  });

  it('is written over no state but the one that was read', async () => {
    const first = await store.write(content, undefined, signal);
    const second = await store.write({ ...content, certChain: 'other' }, first.version, signal);
    for (const expected of [undefined, first.version])
      expect(await codeOf(store.write(content, expected, signal))).toBe('RR_CLUSTER_CONFLICT');
    expect(await store.read(signal)).toEqual(second);
  });

  it('leaves a change alone that comes between its own reading and writing', async () => {
    const { version } = await store.write(content, undefined, signal);
    api.answer = ({ verb }) => {
      if (verb === 'mergePatch') {
        api.answer = () => undefined;
        api.put(pathOf('cacerts'), secretOf('cacerts', foreignFiles));
      }
      return undefined;
    };
    expect(await codeOf(store.write({ ...content, certChain: 'other' }, version, signal))).toBe('RR_CLUSTER_CONFLICT');
    expect(await dataOf('cacerts')).toEqual(foreignFiles);
  });

  it('is not taken for written when something alters it on its way', async () => {
    const { version } = await store.write(content, undefined, signal);
    api.answer = ({ verb, body }) => {
      if (verb !== 'mergePatch') return undefined;
      api.put(pathOf('cacerts'), { ...secretOf('cacerts', foreignFiles) });
      return body;
    };
    expect(await codeOf(store.write(content, version, signal))).toBe('RR_CLUSTER_CONFLICT');
  });

  it('is of somebody else when its label or one of its annotations is missing or garbled', async () => {
    await store.write(content, undefined, signal);
    const whole = await api.get<SecretObject>(pathOf('cacerts'), signal);
    const { metadata } = whole;
    const spoilt = [
      { ...metadata, labels: {} },
      ...['term', 'generation', 'row-digest', 'files-written-at', 'replica-restart', 'files-digest'].flatMap((name) => {
        const others = Object.entries(metadata.annotations ?? {}).filter(([key]) => key !== `reroot.dev/${name}`);
        return [{ ...metadata, annotations: Object.fromEntries(others) }];
      }),
      { ...metadata, annotations: { ...metadata.annotations, 'reroot.dev/term': '1.5' } },
      { ...metadata, annotations: { ...metadata.annotations, 'reroot.dev/files-written-at': 'yesterday' } },
      { ...metadata, annotations: { ...metadata.annotations, 'reroot.dev/replica-restart': 'perhaps' } },
      { ...metadata, annotations: { ...metadata.annotations, 'reroot.dev/proven-at': 'soon' } },
    ];
    for (const each of spoilt) {
      api.put(pathOf('cacerts'), { ...whole, metadata: each });
      expect(await store.read(signal)).toMatchObject({ owner: 'other', annotations: undefined, editedBy: [] });
    }
    api.put(pathOf('cacerts'), whole);
    expect(await store.read(signal)).toMatchObject({ owner: 'reroot' });
  });
});

describe('a Secret of somebody else', () => {
  const adopt = async (): Promise<void> => {
    const found = await store.read(signal);
    await store.write(content, found?.version, signal);
  };

  it('is kept in a backup before it is taken over, and only its own files are left then', async () => {
    const files = { ...foreignFiles, 'tls.crt': 'stray', 'ca-crl.pem': 'crl' };
    api.put(pathOf('cacerts'), secretOf('cacerts', files));
    expect(await store.read(signal)).toMatchObject({ owner: 'other', source: 'cacerts', annotations: undefined });
    await adopt();
    expect(await dataOf('cacerts-reroot-backup')).toEqual(files);
    expect(Object.keys(await dataOf('cacerts'))).toEqual(['ca-cert.pem', 'ca-key.pem', 'cert-chain.pem', 'root-cert.pem']);
    expect(await store.read(signal)).toMatchObject({ ...content, owner: 'reroot', editedBy: [] });
  });

  it('keeps its revocation lists when they are written on, and without a further backup', async () => {
    api.put(pathOf('cacerts'), secretOf('cacerts', { ...foreignFiles, 'ca-crl.pem': '# ü\r\nlists' }));
    const found = await store.read(signal);
    expect(found?.crl).toBe('# ü\r\nlists');
    const written = await store.write({ ...content, crl: found!.crl }, found!.version, signal);
    expect(written).toMatchObject({ crl: '# ü\r\nlists', editedBy: [] });
    await store.write({ ...content, crl: found!.crl, rootCert: 'more roots' }, written.version, signal);
    expect(await dataOf('cacerts')).toMatchObject({ 'ca-crl.pem': '# ü\r\nlists', 'root-cert.pem': 'more roots' });
    expect(api.requests.filter(({ verb }) => verb === 'create')).toHaveLength(1);
  });

  it.each([
    ['an empty file', { 'ca-crl.pem': '' }],
    ['the form of TLS', { 'ca-crl.pem': 'lists', 'tls.crt': 'their certificate' }],
    ['a CA that istiod keeps under cacerts', { 'ca-crl.pem': 'lists', 'istio-generated': '' }],
  ])('has no revocation lists where istiod looks at none: %s', async (_, more) => {
    api.put(pathOf('cacerts'), secretOf('cacerts', { ...foreignFiles, ...more }));
    expect(await store.read(signal)).not.toHaveProperty('crl');
    await adopt();
    expect(await dataOf('cacerts')).not.toHaveProperty('ca-crl.pem');
    expect(await dataOf('cacerts-reroot-backup')).toMatchObject(more);
  });

  it('is not touched when the backup fails', async () => {
    api.put(pathOf('cacerts'), secretOf('cacerts', foreignFiles));
    api.answer = ({ verb }) => {
      if (verb === 'create') throw new RerootError('RR_CLUSTER_QUOTA', 'no room');
      return undefined;
    };
    expect(await codeOf(adopt())).toBe('RR_CLUSTER_QUOTA');
    expect(await dataOf('cacerts')).toEqual(foreignFiles);
  });

  it('never takes the place of an earlier backup, and is not kept twice', async () => {
    for (const roots of ['one', 'two', 'one', 'two']) {
      api.put(pathOf('cacerts'), secretOf('cacerts', { ...foreignFiles, 'root-cert.pem': roots }));
      await adopt();
    }
    const created = api.requests.filter(({ verb }) => verb === 'create').map(({ body }) => body as SecretObject);
    const names = [...new Set(created.map(({ metadata }) => metadata.name))];
    expect(names).toHaveLength(2);
    expect(names[1]).toMatch(/^cacerts-reroot-backup-[0-9a-f]{16}$/);
    expect((await dataOf('cacerts-reroot-backup'))['root-cert.pem']).toBe('one');
    expect((await dataOf(names[1] ?? ''))['root-cert.pem']).toBe('two');
  });

  it.each([
    ['is immutable', { immutable: true }],
    ['is of a type of Kubernetes', { type: 'kubernetes.io/tls' }],
  ])('is left alone when it %s', async (_, more) => {
    api.put(pathOf('cacerts'), secretOf('cacerts', foreignFiles, more));
    expect(await codeOf(adopt())).toBe('RR_SECRET_UNCHANGEABLE');
    expect(api.requests.filter(({ verb }) => verb !== 'get')).toEqual([]);
  });

  it('is read in the form of TLS as soon as it has a tls.crt', async () => {
    const block = (name: string): string => `-----BEGIN CERTIFICATE-----\n${name}\n-----END CERTIFICATE-----\n`;
    const chain = `${block('signer')}${block('above')}`;
    api.put(pathOf('cacerts'), secretOf('cacerts', { ...foreignFiles, 'tls.crt': chain, 'tls.key': 'k', 'ca.crt': 'roots' }));
    expect(await store.read(signal)).toMatchObject({
      caCert: block('signer'),
      caKey: 'k',
      certChain: chain,
      rootCert: 'roots',
      owner: 'other',
    });
  });

  it('is the CA that istiod made itself where there is no cacerts, and cacerts is created beside it', async () => {
    const files = { 'ca-cert.pem': 'own root', 'ca-key.pem': 'own key', 'root-cert.pem': 'left behind' };
    api.put(pathOf('istio-ca-secret'), secretOf('istio-ca-secret', files, { type: 'istio.io/ca-root' }));
    expect(await store.read(signal)).toMatchObject({
      source: 'istio-ca-secret',
      owner: 'other',
      caCert: 'own root',
      caKey: 'own key',
      certChain: '',
      rootCert: 'own root',
    });
    const { version = '' } = (await store.read(signal)) ?? {};
    expect(await codeOf(store.write(content, version, signal))).toBe('RR_CLUSTER_CONFLICT');
    await store.write(content, undefined, signal);
    expect(await store.read(signal)).toMatchObject({ ...content, source: 'cacerts', owner: 'reroot' });
    expect(await dataOf('istio-ca-secret')).toEqual(files);
  });

  it('is left alone when it is created while we create ours', async () => {
    api.answer = ({ verb }) => {
      if (verb === 'create') api.put(pathOf('cacerts'), secretOf('cacerts', foreignFiles));
      return undefined;
    };
    expect(await codeOf(store.write(content, undefined, signal))).toBe('RR_CLUSTER_CONFLICT');
    expect(await dataOf('cacerts')).toEqual(foreignFiles);
  });

  it('is self-signed too when istiod keeps its own root under cacerts', async () => {
    api.put(pathOf('cacerts'), secretOf('cacerts', { 'ca-cert.pem': 'own root', 'ca-key.pem': 'k', 'istio-generated': '' }));
    expect(await store.read(signal)).toMatchObject({ source: 'cacerts', owner: 'other', rootCert: 'own root' });
    await adopt();
    expect(await dataOf('cacerts')).not.toHaveProperty('istio-generated');
  });
});

describe('a Secret of ours that somebody has edited', () => {
  it('is kept in a backup before it is written over, and not when it is written again after that', async () => {
    await store.write(content, undefined, signal);
    const whole = await api.get<SecretObject>(pathOf('cacerts'), signal);
    api.put(pathOf('cacerts'), { ...whole, data: { ...whole.data, 'root-cert.pem': Buffer.from('edited').toString('base64') } });
    const edited = await store.read(signal);
    expect(edited).toMatchObject({ owner: 'reroot', editedBy: ['unknown'] });
    const second = await store.write(content, edited?.version, signal);
    expect(await dataOf('cacerts-reroot-backup')).toMatchObject({ 'root-cert.pem': 'edited', 'ca-key.pem': content.caKey });
    await store.write({ ...content, rootCert: 'more' }, second.version, signal);
    expect(api.requests.filter(({ verb }) => verb === 'create')).toHaveLength(2);
  });
});

describe('the Secrets of several namespaces', () => {
  beforeEach(() => {
    store = createCaSecretStore(api, ['istio-system', 'istio-canary']);
  });

  it('are written alike, the first one first', async () => {
    const written = await store.write(content, undefined, signal);
    expect(written.staleCopies).toEqual([]);
    expect(await dataOf('cacerts', 'istio-canary')).toEqual(await dataOf('cacerts'));
    const created = api.requests.filter(({ verb }) => verb === 'create').map(({ path }) => path);
    expect(created).toEqual(['istio-system', 'istio-canary'].map((namespace) => `/api/v1/namespaces/${namespace}/secrets`));
  });

  it('are told apart when one is missing or differs, and writing brings it along', async () => {
    await store.write(content, undefined, signal);
    api.remove(pathOf('cacerts', 'istio-canary'));
    expect(await store.read(signal)).toMatchObject({ owner: 'reroot', staleCopies: ['istio-canary'] });
    expect((await store.write(content, (await store.read(signal))?.version, signal)).staleCopies).toEqual([]);
    const copy = await api.get<SecretObject>(pathOf('cacerts', 'istio-canary'), signal);
    api.put(pathOf('cacerts', 'istio-canary'), { ...copy, data: { ...copy.data, 'root-cert.pem': 'eA==' } });
    expect(await store.read(signal)).toMatchObject({ owner: 'reroot', staleCopies: ['istio-canary'] });
  });

  it('have the revocation lists that any of them has, so that a write does not take them away', async () => {
    await store.write(content, undefined, signal);
    const copy = await api.get<SecretObject>(pathOf('cacerts', 'istio-canary'), signal);
    const lists = Buffer.from('lists').toString('base64');
    api.put(pathOf('cacerts', 'istio-canary'), { ...copy, data: { ...copy.data, 'ca-crl.pem': lists } });
    const found = await store.read(signal);
    expect(found).toMatchObject({ crl: 'lists', staleCopies: ['istio-canary'] });
    await store.write({ ...content, crl: found!.crl }, found!.version, signal);
    expect(await store.read(signal)).toMatchObject({ crl: 'lists', staleCopies: [] });
    expect(await dataOf('cacerts')).toMatchObject({ 'ca-crl.pem': 'lists' });
  });

  it('give the copy the lead when the first one was taken away', async () => {
    await store.write(content, undefined, signal);
    api.remove(pathOf('cacerts'));
    const found = await store.read(signal);
    expect(found).toMatchObject({ ...content, owner: 'reroot', staleCopies: ['istio-system'] });
    await store.write(content, found?.version, signal);
    expect(await dataOf('cacerts')).toEqual(await dataOf('cacerts', 'istio-canary'));
  });

  it('are of somebody else when one of them is, and that one is backed up', async () => {
    api.put(pathOf('cacerts', 'istio-canary'), secretOf('cacerts', foreignFiles));
    const found = await store.read(signal);
    expect(found).toMatchObject({ owner: 'other', staleCopies: ['istio-system'] });
    await store.write(content, found?.version, signal);
    expect(await dataOf('cacerts-reroot-backup', 'istio-canary')).toEqual(foreignFiles);
    expect(await store.read(signal)).toMatchObject({ owner: 'reroot', staleCopies: [] });
  });

  it.each([
    ['cacerts', 'put there', 'missing'],
    ['cacerts', 'replaced', 'there'],
    ['istio-ca-secret', 'made by istiod', 'missing'],
  ] as const)('are not written when %s was %s in another one since they were read', async (name, _, before) => {
    await store.write(content, undefined, signal);
    if (before === 'missing') api.remove(pathOf('cacerts', 'istio-canary'));
    const found = await store.read(signal);
    const files = await dataOf('cacerts');
    api.put(pathOf(name, 'istio-canary'), secretOf(name, foreignFiles));
    expect(found?.owner).toBe('reroot');
    expect(await codeOf(store.write({ ...content, rootCert: 'new' }, found?.version, signal))).toBe('RR_CLUSTER_CONFLICT');
    expect(await dataOf('cacerts')).toEqual(files);
    expect(await dataOf(name, 'istio-canary')).toEqual(foreignFiles);
  });

  it('are led by a cacerts, whatever istiod has made itself in a namespace before it', async () => {
    await store.write(content, undefined, signal);
    api.remove(pathOf('cacerts'));
    api.put(pathOf('istio-ca-secret'), secretOf('istio-ca-secret', { 'ca-cert.pem': 'own root', 'ca-key.pem': 'own key' }));
    const found = await store.read(signal);
    expect(found).toMatchObject({ ...content, source: 'cacerts', owner: 'other', staleCopies: ['istio-system'] });
    await store.write(content, found?.version, signal);
    expect(await dataOf('cacerts')).toEqual(await dataOf('cacerts', 'istio-canary'));
  });
});
