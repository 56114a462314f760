import { describe, expect, it } from 'vitest';
import { inspectIstiodPod } from './inspect-istiod-pod.ts';

const dayMs = 86_400_000;
const env = (values: Record<string, string>): object => ({
  env: Object.entries(values).map(([name, value]) => ({ name, value })),
});
const inspect = (discovery: object = {}, labels: object = {}) =>
  inspectIstiodPod(
    {
      metadata: { name: 'istiod-1', namespace: 'istio-system', labels },
      spec: { containers: [{ name: 'discovery', image: 'istio/pilot:1.30.1', ...discovery }] },
      status: { phase: 'Running', startTime: '2026-11-24T09:00:00Z' },
    },
    (namespace, pod) => `${namespace}/${pod}`,
  );

describe('a pod of istiod, as preflight sees it', () => {
  it('has the defaults of Istio where it says nothing', () => {
    expect(inspect()).toEqual({
      name: 'istio-system/istiod-1',
      version: '1.30.1',
      revision: 'default',
      startedAtMs: Date.parse('2026-11-24T09:00:00Z'),
      multiRoot: 'off',
      trustBundles: 'off',
      rootConfigMap: 'istio-ca-root-cert',
      longestLeafMs: 90 * dayMs,
      externalCa: '',
      unread: [],
    });
  });

  it('says its revision, its settings and how long it signs for', () => {
    const settings = {
      ISTIO_MULTIROOT_MESH: 'true',
      ENABLE_CLUSTER_TRUST_BUNDLE_API: '1',
      PILOT_CA_CERT_CONFIGMAP: 'mesh-roots',
      MAX_WORKLOAD_CERT_TTL: '48h',
    };
    expect(inspect(env(settings), { 'istio.io/rev': 'canary' })).toMatchObject({
      revision: 'canary',
      multiRoot: 'on',
      trustBundles: 'on',
      rootConfigMap: 'mesh-roots',
      longestLeafMs: 2 * dayMs,
    });
  });

  it.each([
    [{ EXTERNAL_CA: 'ISTIOD_RA_KUBERNETES_API' }, 'EXTERNAL_CA=ISTIOD_RA_KUBERNETES_API'],
    [{ ENABLE_CA_SERVER: 'false' }, 'another server (ENABLE_CA_SERVER is not true)'],
    [{ ENABLE_CA_SERVER: 'true' }, ''],
  ])('with %j has others sign: "%s"', (values, expected) => {
    expect(inspect(env(values))?.externalCa).toBe(expected);
  });

  it('does not guess what stands in another object', () => {
    const elsewhere = { envFrom: [{ configMapRef: { name: 'values' } }] };
    expect(inspect(elsewhere)).toMatchObject({ multiRoot: 'unknown', trustBundles: 'unknown', longestLeafMs: 90 * dayMs });
    expect(inspect({ ...elsewhere, ...env({ EXTERNAL_CA: '', ENABLE_CA_SERVER: 'true' }) })?.unread).toEqual([
      'ISTIO_MULTIROOT_MESH',
      'ENABLE_CLUSTER_TRUST_BUNDLE_API',
      'PILOT_CA_CERT_CONFIGMAP',
      'MAX_WORKLOAD_CERT_TTL',
    ]);
  });

  it('has its version from a label where the image has none, and is left out once it is being deleted', () => {
    const image = 'istio/pilot@sha256:0123';
    expect(inspect({ image }, { 'app.kubernetes.io/version': '1.29.6' })?.version).toBe('1.29.6');
    const gone = { metadata: { name: 'x', deletionTimestamp: '2026-11-24T10:00:00Z' } };
    expect(inspectIstiodPod(gone, (_, pod) => pod)).toBeUndefined();
  });
});
