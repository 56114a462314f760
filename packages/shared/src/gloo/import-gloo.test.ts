import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { type ClusterNames, type GlooImport, importGloo } from './index.ts';

const none: ClusterNames = { byMesh: {}, otherwise: [] };
const virtualMesh = (mtlsConfig: object, more: object = {}): object => ({
  ...{ apiVersion: 'networking.mesh.gloo.solo.io/v1', kind: 'VirtualMesh', metadata: { name: 'shop' } },
  spec: { mtlsConfig, meshes: [{ name: 'istiod-istio-system-east', namespace: 'gloo-mesh' }], ...more },
});
const policy = (config: object): object => ({
  ...{ apiVersion: 'admin.gloo.solo.io/v2', kind: 'RootTrustPolicy', metadata: { name: 'trust', namespace: 'gloo-mesh' } },
  spec: { config },
});
const read = (object: object, clusters: ClusterNames = none): GlooImport => importGloo(stringify(object), 'gloo.yaml', clusters);
const one = (object: object, clusters?: ClusterNames) => {
  const [mesh] = read(object, clusters).meshes;
  const fields = new Map(mesh!.report.map(({ field, outcome }) => [field, outcome]));
  return { ...mesh!, fields, shared: mesh!.document.spec.mtlsConfig.shared };
};
const vault = {
  server: 'https://vault.example.org:8200',
  kubernetesAuth: { role: 'mesh' },
  caPath: 'team/root/sign-intermediate',
};

describe('a VirtualMesh of Gloo Mesh', () => {
  it('gives its root, its intermediates and how rotations go', () => {
    const { document, fields } = one(
      virtualMesh({
        ...{
          autoRestartPods: true,
          rotationStrategy: 'MULTI_ROOT',
          rotationVerificationMethod: { none: {} },
          trustDomain: 'example.org',
        },
        shared: {
          rootCertificateAuthority: { generated: { ttlDays: 730, rsaKeySizeBytes: 2048, orgName: 'shop' } },
          intermediateCertOptions: { ttlDays: 30, secretRotationGracePeriodRatio: 0.1 },
        },
      }),
    );
    expect(document).toEqual({
      ...{ apiVersion: 'reroot.dev/v1', kind: 'VirtualMesh', metadata: { name: 'shop' } },
      spec: {
        ...{ clusters: ['east'], trustDomain: 'example.org' },
        mtlsConfig: {
          shared: {
            rootCertificateAuthority: { generated: { ttlDays: 730, rsaKeySizeBytes: 2048, orgName: 'shop' } },
            intermediateCertOptions: { ttlDays: 30, secretRotationGracePeriodRatio: 0.1 },
            certificateRotation: {
              ...{ restarts: 'RESTART_NEEDED', workloadRestarts: 'RESTART_NEEDED', strategy: 'MULTI_ROOT' },
              verification: { none: {} },
            },
          },
        },
      },
    });
    expect(fields.get('spec.mtlsConfig.autoRestartPods')).toBe('mapped');
    expect([...fields.values()]).not.toContain('unknown');
  });

  it('that says nothing of its root has one that is made, as there', () => {
    expect(one(virtualMesh({ shared: {} })).shared).toEqual({ rootCertificateAuthority: { generated: {} } });
    expect(
      one(virtualMesh({ shared: { rootCertificateAuthority: { generated: null } } })).shared.rootCertificateAuthority,
    ).toEqual({ generated: {} });
  });

  it('takes its root from a Secret', () => {
    const { shared, fields } = one(
      virtualMesh({ sharedTrust: { rootCertificateAuthority: { secret: { name: 'root', namespace: 'gloo-mesh' } } } }),
    );
    expect(shared.rootCertificateAuthority).toEqual({ secret: { name: 'root', namespace: 'gloo-mesh' } });
    expect(fields.get('spec.mtlsConfig.sharedTrust.rootCertificateAuthority.secret')).toBe('mapped');
  });

  it('whose Vault signs has the issuer of that Vault for its root', () => {
    const { shared } = one(virtualMesh({ shared: { intermediateCertificateAuthority: { vault } } }));
    const { server, kubernetesAuth } = vault;
    expect(shared).toEqual({
      rootCertificateAuthority: { vault: { server, kubernetesAuth, mountPath: 'team', issuerRef: 'default' } },
      intermediateCertificateAuthority: { vault },
    });
  });

  it('loses no field without a word', () => {
    const { fields } = one({
      ...virtualMesh(
        { shared: { rootCertificateAuthority: { generated: { secretType: 'x' } } }, shiny: true },
        { federation: { selectors: [{}] }, globalAccessPolicy: 'ENABLED', newest: 1 },
      ),
      status: { state: 'ACCEPTED' },
      extra: 1,
    });
    expect(Object.fromEntries(fields)).toMatchObject({
      'spec.mtlsConfig.shared.rootCertificateAuthority.generated.secretType': 'unknown',
      'spec.mtlsConfig.shiny': 'unknown',
      'spec.newest': 'unknown',
      'spec.federation': 'unsupported',
      'spec.globalAccessPolicy': 'unsupported',
      ...{ status: 'unsupported', extra: 'unknown' },
    });
  });

  it.each([
    ['limited trust', virtualMesh({ limited: {} }), 'its clusters share no root'],
    [
      'a Mesh of an unknown cluster',
      virtualMesh({ shared: {} }, { meshes: [{ name: 'old-west' }] }),
      'of which cluster mesh old-west is',
    ],
    [
      'a size that reroot does not take',
      virtualMesh({ shared: { rootCertificateAuthority: { generated: { rsaKeySizeBytes: 1024 } } } }),
      'must be one of 2048',
    ],
    ['what is no trust domain', virtualMesh({ shared: {}, trustDomain: ['a'] }), 'spec.mtlsConfig.trustDomain must be a text'],
    ['a list for its trust', virtualMesh([1]), 'spec.mtlsConfig must be an object, and is a list'],
    [
      'a number for its root',
      virtualMesh({ shared: { rootCertificateAuthority: { generated: 5 } } }),
      'rootCertificateAuthority.generated must be an object, and is a number',
    ],
    ['a text for yes', virtualMesh({ shared: {}, autoRestartPods: 'true' }), 'autoRestartPods must be true or false'],
    ['clusters that are no list', virtualMesh({ shared: {} }, { meshes: { name: 'east' } }), 'spec.meshes must be a list'],
    ['a Mesh called as what objects have', virtualMesh({ shared: {} }, { meshes: [{ name: 'constructor' }] }), 'constructor'],
    [
      'two roots',
      virtualMesh({ shared: { rootCertificateAuthority: { generated: {}, secret: { name: 'a', namespace: 'b' } } } }),
      'rootCertificateAuthority.secret is another root',
    ],
    [
      'trust under both names',
      virtualMesh({ shared: { intermediateCertOptions: {} }, sharedTrust: { intermediateCertOptions: {} } }),
      'sharedTrust.intermediateCertOptions is said twice',
    ],
    [
      'a root of another kind',
      virtualMesh({ shared: { rootCertificateAuthority: { moon: {} } } }),
      'rootCertificateAuthority.moon is a root of a kind',
    ],
    [
      'intermediates of another kind, and no root',
      virtualMesh({ shared: { intermediateCertificateAuthority: { moon: {} } } }),
      'intermediateCertificateAuthority.moon is a root of a kind',
    ],
  ])('with %s is refused, and its place is named', (_, object, words) => {
    expect(() => read(object)).toThrow(
      expect.objectContaining({
        code: 'RR_GLOO_INVALID',
        message: expect.stringContaining(words),
        place: 'gloo.yaml:1 (VirtualMesh shop)',
      }),
    );
  });

  it('that says nothing of its trust domain has none', () => {
    const { document, fields } = one(virtualMesh({ shared: {}, trustDomain: null }));
    expect(document.spec).not.toHaveProperty('trustDomain');
    expect(fields.get('spec.mtlsConfig.trustDomain')).toBe('unsupported');
  });

  it('may have fields that are called as what objects have', () => {
    const { fields } = one({
      ...virtualMesh(
        { shared: {}, rotationStrategy: 'constructor' },
        { meshes: [{ name: 'istiod-istio-system-east', more: 1 }] },
      ),
      toString: 1,
    });
    expect(Object.fromEntries(fields)).toMatchObject({
      ...{ toString: 'unknown', 'spec.meshes[0].more': 'unknown', 'spec.mtlsConfig.rotationStrategy': 'unsupported' },
    });
  });

  it('has the root that it names, and not that of the Vault that signs, whatever comes first', () => {
    const rootCertificateAuthority = { generated: {} };
    const shared = { intermediateCertificateAuthority: { vault }, rootCertificateAuthority };
    expect(one(virtualMesh({ shared })).shared.rootCertificateAuthority).toEqual(rootCertificateAuthority);
  });

  it('has its clusters by the names that are given', () => {
    const object = virtualMesh({ shared: {} }, { meshes: [{ name: 'old-west' }, { name: 'istiod-istio-system-east' }] });
    expect(one(object, { byMesh: { 'old-west': 'west' }, otherwise: [] }).document.spec.clusters).toEqual(['west', 'east']);
  });
});

describe('a RootTrustPolicy', () => {
  const clusters: ClusterNames = { byMesh: {}, otherwise: ['east', 'west'] };

  it('gives the same of a later API', () => {
    const { document, shared } = one(
      policy({ autoRestartPods: true, intermediateCertOptions: { ttlDays: 1 }, mgmtServerCa: { generated: { ttlDays: 730 } } }),
      clusters,
    );
    expect(document.spec.clusters).toEqual(['east', 'west']);
    expect(shared).toMatchObject({
      rootCertificateAuthority: { generated: { ttlDays: 730 } },
      intermediateCertOptions: { ttlDays: 1 },
    });
  });

  it('has its root in a Secret, or in Vault', () => {
    const secretRef = { name: 'root', namespace: 'gloo-mesh' };
    expect(one(policy({ mgmtServerCa: { secretRef } }), clusters).shared.rootCertificateAuthority).toEqual({ secret: secretRef });
    expect(one(policy({ agentCa: { vault } }), clusters).shared.intermediateCertificateAuthority).toEqual({ vault });
    const beside = one(policy({ mgmtServerCa: { secretRef }, agentCa: { aws: {} } }), clusters);
    expect(beside.fields.get('spec.config.agentCa')).toBe('unsupported');
  });

  it('is refused where its root is in a CA that reroot does not know', () => {
    expect(() => read(policy({ agentCa: { aws: {} } }), clusters)).toThrow(
      expect.objectContaining({ message: expect.stringContaining('spec.config.agentCa is a root of a kind') }),
    );
    expect(one(policy({ agentCa: {} }), clusters).shared.rootCertificateAuthority).toEqual({ generated: {} });
  });

  it('must be told its clusters', () => {
    expect(() => read(policy({}))).toThrow(expect.objectContaining({ remedy: expect.stringContaining('--clusters') }));
  });
});

it('of several documents, those of other kinds are named', () => {
  const text = [
    { ...virtualMesh({ shared: {} }), metadata: { name: 'other' } },
    { kind: 'List', items: [virtualMesh({ shared: {} }), { kind: 'Workspace', metadata: { name: 'team' } }] },
  ];
  const found = importGloo(text.map((each) => stringify(each)).join('---\n'), 'gloo.yaml', none);
  expect([found.meshes.length, found.others]).toEqual([2, ['Workspace team']]);
});

it('two documents that make one mesh are refused, and the second is named', () => {
  const text = [virtualMesh({ shared: {} }), virtualMesh({ shared: {} })].map((each) => stringify(each)).join('---\n');
  expect(() => importGloo(text, 'gloo.yaml', none)).toThrow(
    expect.objectContaining({ code: 'RR_GLOO_INVALID', message: expect.stringContaining('both make mesh shop') }),
  );
});
