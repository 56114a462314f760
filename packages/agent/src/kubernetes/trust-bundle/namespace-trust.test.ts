import { describe, expect, it } from 'vitest';
import type { NamespaceTrust } from '../../cluster/cluster.ts';
import { listedCache } from '../testing/listed-cache.ts';
import { createMemoryKubeApi } from '../testing/memory-kube-api.ts';
import { reduceNamespace } from './managed-namespaces.ts';
import { listNamespaceTrust } from './namespace-trust.ts';
import { reduceRootConfigMap } from './root-config-map.ts';

const { signal } = new AbortController();
const namespaces = listedCache(['a', 'b', 'kube-system']);

describe('the namespaces that istiod manages', () => {
  it('are all but those of the nodes and those that are about to end', () => {
    const all = ['default', 'istio-system', 'kube-node-lease', 'kube-public', 'kube-system', 'local-path-storage'];
    const managed = all.map((name) => reduceNamespace({ metadata: { name } })).filter((name) => name !== undefined);
    expect(managed).toEqual(['default', 'istio-system', 'kube-system']);
    expect(reduceNamespace({ metadata: { name: 'default' }, status: { phase: 'Terminating' } })).toBeUndefined();
  });
});

describe('the trust of the namespaces', () => {
  it('is what each root ConfigMap says, byte for byte, and undefined where there is none', async () => {
    const configMaps = [
      { metadata: { namespace: 'a', name: 'istio-ca-root-cert' }, data: { 'root-cert.pem': '# ü\r\nroots' } },
      { metadata: { namespace: 'b', name: 'istio-ca-root-cert' }, data: {} },
      { metadata: { namespace: 'elsewhere', name: 'istio-ca-root-cert' }, data: { 'root-cert.pem': 'x' } },
    ].map(reduceRootConfigMap);
    expect(await listNamespaceTrust(namespaces, { kind: 'config-map', configMaps: listedCache(configMaps) }, signal)).toEqual([
      { namespace: 'a', rootCert: '# ü\r\nroots' },
      { namespace: 'b', rootCert: undefined },
      { namespace: 'kube-system', rootCert: undefined },
    ]);
  });

  it('is not made up from what cannot be read', async () => {
    const error = new Error('forbidden');
    const configMaps = listedCache<NamespaceTrust>(error);
    await expect(listNamespaceTrust(namespaces, { kind: 'config-map', configMaps }, signal)).rejects.toBe(error);
  });

  it('is the ClusterTrustBundle for all, in whichever version the cluster has it', async () => {
    for (const version of ['v1beta1', 'v1alpha1']) {
      const api = createMemoryKubeApi();
      const source = { kind: 'cluster-trust-bundle', api } as const;
      expect(await listNamespaceTrust(namespaces, source, signal)).toContainEqual({ namespace: 'a', rootCert: undefined });
      const name = 'istio.io:istiod-ca:root-cert';
      api.put(`/apis/certificates.k8s.io/${version}/clustertrustbundles/${name}`, {
        metadata: { name },
        spec: { trustBundle: 'roots' },
      });
      const found = await listNamespaceTrust(namespaces, source, signal);
      expect(found.map(({ rootCert }) => rootCert)).toEqual(['roots', 'roots', 'roots']);
    }
  });
});
