import { describe, expect, it } from 'vitest';
import { defaultRotationPolicy } from '../rotation/index.ts';
import { readMesh } from './read-mesh.ts';
import { type MinimalMesh, minimalMesh as minimal } from './testing/minimal-mesh.ts';

const full = `
apiVersion: reroot.dev/v1
kind: VirtualMesh
metadata:
  name: demo
spec:
  clusters: [east, west]
  trustDomain: example.org
  mtlsConfig:
    shared:
      rootCertificateAuthority:
        generated:
          ttlDays: 3650
          orgName: reroot
          keyAlgorithm: KEY_ALGORITHM_RSA
          rsaKeySizeBytes: 3072
          secretRotationGracePeriodRatio: 0.1
      intermediateCertificateAuthority: {}
      intermediateCertOptions:
        ttlDays: 30
        keyAlgorithm: KEY_ALGORITHM_ECDSA_P256
        secretRotationGracePeriodRatio: 0.5
      certificateRotation:
        strategy: NONE
        verification:
          none: {}
`;

describe('a VirtualMesh', () => {
  it('is read with everything that it says', () => {
    expect(readMesh(full, 'demo', 'mesh.yaml')).toEqual({
      mesh: 'demo',
      clusters: ['east', 'west'],
      trustDomain: 'example.org',
      rootSource: { kind: 'generated' },
      intermediateSource: { kind: 'mgmt' },
      root: { ttlDays: 3650, organization: 'reroot', keyAlgorithm: { kind: 'rsa', bits: 3072 }, graceRatio: 0.1 },
      intermediate: {
        ttlDays: 30,
        organization: 'gloo-mesh',
        keyAlgorithm: { kind: 'ecdsa', curve: 'P-256' },
        graceRatio: 0.5,
      },
      rotation: { ...defaultRotationPolicy, strategy: 'NONE', verification: 'none', rootGraceRatio: 0.1 },
      maintenanceWindows: [],
    });
  });

  it('has the documented defaults where it says nothing, or 0 or empty text as in proto3', () => {
    const options = {
      ttlDays: 365,
      organization: 'gloo-mesh',
      keyAlgorithm: { kind: 'rsa', bits: 4096 },
      graceRatio: 0,
    };
    const defaults = {
      mesh: 'demo',
      clusters: ['east'],
      trustDomain: 'cluster.local',
      rootSource: { kind: 'generated' },
      root: options,
      intermediateSource: { kind: 'mgmt' },
      intermediate: options,
      rotation: defaultRotationPolicy,
      maintenanceWindows: [],
    };
    expect(readMesh(minimal(), 'demo', 'body')).toEqual(defaults);
    const zeros = { ttlDays: 0, rsaKeySizeBytes: 0, orgName: '', secretRotationGracePeriodRatio: 0 };
    const explicit = minimal(({ spec }) => {
      spec['trustDomain'] = '';
      spec.mtlsConfig.shared = { rootCertificateAuthority: { generated: zeros }, intermediateCertOptions: zeros };
    });
    expect(readMesh(explicit, 'demo', 'body')).toEqual(defaults);
  });

  it('is refused with an organization that a terminal would obey', () => {
    const hostile = minimal(({ spec }) => {
      spec.mtlsConfig.shared = { rootCertificateAuthority: { generated: { orgName: 'acme\u0085' } } };
    });
    expect(() => readMesh(hostile, 'demo', 'body')).toThrow(expect.objectContaining({ code: 'RR_MESH_INVALID' }));
  });

  it.each([
    ['KEY_ALGORITHM_UNSPECIFIED', { kind: 'rsa', bits: 4096 }],
    ['KEY_ALGORITHM_RSA', { kind: 'rsa', bits: 4096 }],
    ['KEY_ALGORITHM_ECDSA_P256', { kind: 'ecdsa', curve: 'P-256' }],
    ['KEY_ALGORITHM_ECDSA_P384', { kind: 'ecdsa', curve: 'P-384' }],
  ])('takes %s', (keyAlgorithm, expected) => {
    const text = minimal(({ spec }) => {
      spec.mtlsConfig.shared['intermediateCertOptions'] = { keyAlgorithm };
    });
    expect(readMesh(text, 'demo', 'body').intermediate.keyAlgorithm).toEqual(expected);
  });

  it('is refused under another name than its own', () => {
    expect(() => readMesh(full, 'other', 'mesh.yaml')).toThrow(
      expect.objectContaining({ code: 'RR_MESH_INVALID', place: 'mesh.yaml (metadata.name)' }),
    );
  });

  it('is refused with line and column of a misspelt key', () => {
    const text = full.replace('trustDomain', 'trustdomain');
    expect(() => readMesh(text, 'demo', 'mesh.yaml')).toThrow(
      expect.objectContaining({ code: 'RR_MESH_INVALID', place: 'mesh.yaml:8:3 (spec.trustdomain)' }),
    );
  });

  it('is refused with line and column of a broken line', () => {
    expect(() => readMesh('apiVersion: [', 'demo', 'mesh.yaml')).toThrow(
      expect.objectContaining({ code: 'RR_MESH_INVALID', place: expect.stringMatching(/^mesh\.yaml:1:\d+$/) }),
    );
  });
});

const shared = 'spec.mtlsConfig.shared';
type Change = (document: MinimalMesh) => void;

describe('a VirtualMesh that is wrong', () => {
  const unknownKeys: readonly [path: string, change: Change][] = [
    ['x', (document) => Object.assign(document, { x: 1 })],
    ['metadata.x', ({ metadata }) => Object.assign(metadata, { x: 1 })],
    ['spec.x', ({ spec }) => Object.assign(spec, { x: 1 })],
    ['spec.mtlsConfig.x', ({ spec }) => Object.assign(spec.mtlsConfig, { x: 1 })],
    [`${shared}.x`, ({ spec }) => Object.assign(spec.mtlsConfig.shared, { x: 1 })],
    ...(
      [
        ['rootCertificateAuthority', { generated: {}, x: 1 }, 'x'],
        ['rootCertificateAuthority', { generated: { x: 1 } }, 'generated.x'],
        ['rootCertificateAuthority', { secret: { name: 'a', namespace: 'b', x: 1 } }, 'secret.x'],
        ['intermediateCertificateAuthority', { x: 1 }, 'x'],
        ['intermediateCertificateAuthority', { vault: { x: 1 } }, 'vault.x'],
        ['intermediateCertificateAuthority', { vault: { kubernetesAuth: { x: 1 } } }, 'vault.kubernetesAuth.x'],
        [
          'intermediateCertificateAuthority',
          { vault: { tokenSecretRef: { name: 'a', namespace: 'b', x: 1 } } },
          'vault.tokenSecretRef.x',
        ],
        ['intermediateCertOptions', { x: 1 }, 'x'],
      ] as const
    ).map(([part, value, path]): [string, Change] => [
      `${shared}.${part}.${path}`,
      ({ spec }) => Object.assign(spec.mtlsConfig.shared, { [part]: value }),
    ]),
  ];
  it.each(unknownKeys)('is refused for the unknown key %s, by its place', (path, change) => {
    expect(() => readMesh(minimal(change), 'demo', 'body')).toThrow(
      expect.objectContaining({ code: 'RR_MESH_INVALID', place: expect.stringMatching(/^body:\d+:\d+ /) }),
    );
    expect(() => readMesh(minimal(change), 'demo', 'body')).toThrow(
      expect.objectContaining({ place: expect.stringContaining(`(${path})`) }),
    );
  });

  const inShared =
    (part: string, value: unknown): Change =>
    ({ spec }) =>
      Object.assign(spec.mtlsConfig.shared, { [part]: value });
  const wrong: readonly [what: string, path: string, change: Change][] = [
    ['another API version', 'apiVersion', (document) => Object.assign(document, { apiVersion: 'reroot.dev/v2' })],
    ['another kind', 'kind', (document) => Object.assign(document, { kind: 'Mesh' })],
    ['a name that is no label', 'metadata.name', (document) => Object.assign(document, { metadata: { name: 'De.mo' } })],
    ['no clusters', 'spec.clusters', ({ spec }) => Object.assign(spec, { clusters: [] })],
    ['a cluster twice', 'spec.clusters.1', ({ spec }) => Object.assign(spec, { clusters: ['east', 'east'] })],
    ['a cluster that is no label', 'spec.clusters.0', ({ spec }) => Object.assign(spec, { clusters: ['a.b'] })],
    ['a trust domain with a slash', 'spec.trustDomain', ({ spec }) => Object.assign(spec, { trustDomain: 'a/b' })],
    ['no source of the root', `${shared}.rootCertificateAuthority`, inShared('rootCertificateAuthority', {})],
    [
      'two sources of the root',
      `${shared}.rootCertificateAuthority`,
      inShared('rootCertificateAuthority', { generated: {}, secret: { name: 'a', namespace: 'b' } }),
    ],
    ['a negative lifetime', `${shared}.intermediateCertOptions.ttlDays`, inShared('intermediateCertOptions', { ttlDays: -1 })],
    [
      'a lifetime of centuries',
      `${shared}.intermediateCertOptions.ttlDays`,
      inShared('intermediateCertOptions', { ttlDays: 99_999 }),
    ],
    ['half a day', `${shared}.intermediateCertOptions.ttlDays`, inShared('intermediateCertOptions', { ttlDays: 0.5 })],
    [
      'an RSA size in bytes',
      `${shared}.intermediateCertOptions.rsaKeySizeBytes`,
      inShared('intermediateCertOptions', { rsaKeySizeBytes: 512 }),
    ],
    [
      'an RSA size for an ECDSA key',
      `${shared}.intermediateCertOptions.rsaKeySizeBytes`,
      inShared('intermediateCertOptions', { rsaKeySizeBytes: 2048, keyAlgorithm: 'KEY_ALGORITHM_ECDSA_P256' }),
    ],
    [
      'an algorithm that is none',
      `${shared}.intermediateCertOptions.keyAlgorithm`,
      inShared('intermediateCertOptions', { keyAlgorithm: 'KEY_ALGORITHM_DSA' }),
    ],
    [
      'a renewal that is due from the beginning',
      `${shared}.intermediateCertOptions.secretRotationGracePeriodRatio`,
      inShared('intermediateCertOptions', { secretRotationGracePeriodRatio: 1 }),
    ],
    [
      'a rotation after the end of the root',
      `${shared}.rootCertificateAuthority.generated.secretRotationGracePeriodRatio`,
      inShared('rootCertificateAuthority', { generated: { secretRotationGracePeriodRatio: -0.1 } }),
    ],
    [
      'two logins at Vault',
      `${shared}.intermediateCertificateAuthority.vault`,
      inShared('intermediateCertificateAuthority', {
        vault: {
          server: 'https://vault',
          tokenSecretRef: { name: 'a', namespace: 'b' },
          kubernetesAuth: { role: 'r' },
        },
      }),
    ],
  ];
  it.each(wrong)('is refused for %s at %s', (_, path, change) => {
    expect(() => readMesh(minimal(change), 'demo', 'body')).toThrow(
      expect.objectContaining({ code: 'RR_MESH_INVALID', place: expect.stringContaining(`(${path})`) }),
    );
  });

  it('is refused when there is no trust to share', () => {
    const text = minimal(({ spec }) => {
      spec.mtlsConfig = {} as MinimalMesh['spec']['mtlsConfig'];
    });
    expect(() => readMesh(text, 'demo', 'body')).toThrow(expect.objectContaining({ code: 'RR_MESH_INVALID' }));
  });
});

describe('where the roots of a VirtualMesh come from', () => {
  const token = { name: 'vault-token', namespace: 'reroot' };
  const server = 'https://vault.example:8200';
  const readShared = (part: Readonly<Record<string, unknown>>) =>
    readMesh(
      minimal(({ spec }) => Object.assign(spec.mtlsConfig.shared, part)),
      'demo',
      'body',
    );

  it('is a Secret by name', () => {
    const secret = { name: 'root', namespace: 'reroot' };
    expect(readShared({ rootCertificateAuthority: { secret } }).rootSource).toEqual({ kind: 'secret', secret });
  });

  it('is a mount of Vault, with the usual paths where it says nothing', () => {
    const { rootSource, root } = readShared({
      rootCertificateAuthority: { vault: { server, tokenSecretRef: token, options: { ttlDays: 10 } } },
    });
    const auth = { kind: 'token-secret', secret: token };
    const vault = { server, caBundle: '', namespace: '', auth, mount: 'pki', issuer: '' };
    expect(rootSource).toEqual({ kind: 'vault', vault });
    expect(root.ttlDays).toBe(10);
  });

  it('is an issuer that somebody else makes', () => {
    const vault = { server, namespace: 'team/a', tokenSecretRef: token, mountPath: 'pki/mesh', issuerRef: 'default' };
    expect(readShared({ rootCertificateAuthority: { vault } }).rootSource).toMatchObject({
      vault: { namespace: 'team/a', mount: 'pki/mesh', issuer: 'default' },
    });
  });

  it.each([
    ['a mounted token', {}, { kind: 'mounted', path: '' }],
    ['a token in a file', { mountedSaPath: '/var/run/token' }, { kind: 'mounted', path: '/var/run/token' }],
    ['a service account', { serviceAccountRef: token }, { kind: 'reference', account: token, tokenKey: 'token' }],
    [
      'a service account with a key of its Secret',
      { serviceAccountRef: token, secretTokenKey: 'jwt' },
      { kind: 'reference', account: token, tokenKey: 'jwt' },
    ],
  ])('and intermediates come from Vault, logged in to by %s', (_, login, account) => {
    const { intermediateSource } = readShared({
      rootCertificateAuthority: { secret: token },
      intermediateCertificateAuthority: { vault: { server, kubernetesAuth: { role: 'mesh', ...login } } },
    });
    const auth = { kind: 'kubernetes', mountPath: 'kubernetes', role: 'mesh', account };
    const vault = { server, caBundle: '', namespace: '', auth, caPath: 'pki/root/sign-intermediate', csrPath: '' };
    expect(intermediateSource).toEqual({ kind: 'vault', vault });
  });

  const vaultRoot = { server, tokenSecretRef: token };
  it.each([
    ['http to another machine', { ...vaultRoot, server: 'http://vault.example' }, '.server'],
    ['credentials in the address', { ...vaultRoot, server: 'https://a:b@vault.example' }, '.server'],
    ['a path that climbs', { ...vaultRoot, mountPath: 'pki/../sys' }, '.mountPath'],
    ['a path with a slash in front', { ...vaultRoot, mountPath: '/pki' }, '.mountPath'],
    ['a CA bundle that is none', { ...vaultRoot, caBundle: 'YWJj' }, '.caBundle'],
    ['no way to log in', { server }, ''],
    ['a role of no name', { server, kubernetesAuth: { role: '' } }, '.kubernetesAuth.role'],
    ['options for an issuer of somebody else', { ...vaultRoot, issuerRef: 'default', options: {} }, '.options'],
    ['an issuer with a slash', { ...vaultRoot, issuerRef: 'a/b' }, '.issuerRef'],
  ])('is refused for %s', (_, vault, field) => {
    expect(() => readShared({ rootCertificateAuthority: { vault } })).toThrow(
      expect.objectContaining({
        code: 'RR_MESH_INVALID',
        place: expect.stringContaining(`(${shared}.rootCertificateAuthority.vault${field})`),
      }),
    );
  });

  it('is refused without the password that an address holds', () => {
    const vault = { ...vaultRoot, server: 'https://user:canary@vault.example' };
    expect(() => readShared({ rootCertificateAuthority: { vault } })).toThrow(/got "https:\/\/…@vault\.example"/);
    expect(() => readShared({ rootCertificateAuthority: { vault } })).not.toThrow(/canary/);
  });

  it.each([
    ['caPath', 'pki/sign'],
    ['csrPath', 'pki/intermediate/generate/internal'],
  ])('is refused for a %s that no agent could use', (field, path) => {
    const part = {
      rootCertificateAuthority: { secret: token },
      intermediateCertificateAuthority: { vault: { ...vaultRoot, [field]: path } },
    };
    expect(() => readShared(part)).toThrow(
      expect.objectContaining({ place: expect.stringContaining(`intermediateCertificateAuthority.vault.${field})`) }),
    );
  });

  it('cannot be mgmt where intermediates come from Vault, which has no key of such a root', () => {
    const part = { rootCertificateAuthority: { generated: {} }, intermediateCertificateAuthority: { vault: vaultRoot } };
    expect(() => readShared(part)).toThrow(
      expect.objectContaining({ place: expect.stringContaining(`(${shared}.rootCertificateAuthority.generated)`) }),
    );
  });
});
