import { describe, expect, it } from 'vitest';
import { sidecarPod } from '../testing/proxy-admin.ts';
import { isPresent, type ProxyPod, reduceProxyPod } from './proxy-pod.ts';

const ports = { sidecarAdminPort: 15_000, ztunnelAdminPort: 15_001 };
const startedAt = '2026-01-01T00:00:00Z';
const dayMs = 86_400_000;

interface Variation {
  readonly metadata?: object;
  readonly container?: object;
  readonly status?: object;
  readonly env?: readonly object[];
  readonly volumes?: readonly object[];
}

/** A sidecar's pod with something else about it. */
function reduceVaried({ metadata = {}, container = {}, status = {}, env, volumes = [] }: Variation): ProxyPod | undefined {
  const pod = sidecarPod('shop', 'web-6b9f-x') as unknown as Record<string, Record<string, unknown>>;
  const [app, proxy] = pod.spec!.containers as object[];
  const changed = { ...proxy, ...container, ...(env === undefined ? {} : { env }) };
  return reduceProxyPod(
    {
      metadata: { ...pod.metadata, ...metadata },
      spec: { containers: [app, changed], volumes },
      status: { ...pod.status, ...status },
    },
    ports,
  );
}

const controlledBy = (kind: string, name: string, apiVersion = 'apps/v1'): object => ({
  ownerReferences: [{ apiVersion, kind, name, uid: 'u', controller: true }],
});

describe('a pod with a proxy', () => {
  it('is reduced to what matters of a sidecar', () => {
    expect(reduceVaried({})).toEqual({
      namespace: 'shop',
      name: 'web-6b9f-x',
      key: `uid-of-web-6b9f-x ${startedAt}`,
      role: 'sidecar',
      startedAtMs: Date.parse(startedAt),
      owner: { kind: 'Deployment', namespace: 'shop', name: 'web' },
      learns: 'pushed',
      leafLifetimeMs: dayMs,
      admin: { kind: 'envoy', port: 15_000 },
      version: '',
      certificates: 'istiod',
      unread: [],
    });
  });

  it.each([
    ['docker.io/istio/proxyv2:1.30.1', '1.30.1'],
    ['registry:5000/istio/proxyv2:1.29.6-distroless@sha256:0123', '1.29.6-distroless'],
    ['istio/proxyv2:latest', 'latest'],
    ['registry:5000/istio/proxyv2@sha256:0123', ''],
  ])('of image %s has version "%s", whatever the labels of its application say', (image, version) => {
    const metadata = { labels: { 'app.kubernetes.io/version': '1.20.0' } };
    expect(reduceVaried({ container: { image }, metadata })?.version).toBe(version);
  });

  it('that is a ztunnel has its version from its label where the image says none', () => {
    const metadata = { labels: { app: 'ztunnel', 'app.kubernetes.io/version': '1.28.6' } };
    expect(reduceVaried({ container: { image: 'istio/ztunnel@sha256:0123' }, metadata })?.version).toBe('1.28.6');
  });

  it.each([
    [{ env: [{ name: 'FILE_MOUNTED_CERTS', value: 'true' }] }, 'files'],
    [{ env: [{ name: 'PROV_CERT', value: '/etc/certs' }] }, 'provisioned'],
    [{ env: [{ name: 'PROV_CERT', value: '' }] }, 'istiod'],
    [{ volumes: [{ name: 'workload-socket', csi: { driver: 'csi.spiffe.io' } }] }, 'external-sds'],
    [{ volumes: [{ name: 'workload-socket', emptyDir: {} }] }, 'istiod'],
  ])('with %j has its certificates from %s', (variation, certificates) => {
    expect(reduceVaried(variation)?.certificates).toBe(certificates);
  });

  it('is found when the proxy is a native sidecar', () => {
    const pod = {
      metadata: { namespace: 'shop', name: 'web' },
      spec: { containers: [{ name: 'app' }], initContainers: [{ name: 'istio-proxy', args: ['proxy', 'sidecar'] }] },
      status: {
        containerStatuses: [{ name: 'app', state: { running: { startedAt: '2026-02-02T00:00:00Z' } } }],
        initContainerStatuses: [{ name: 'istio-proxy', state: { running: { startedAt } } }],
      },
    };
    expect(reduceProxyPod(pod, ports)).toMatchObject({ role: 'sidecar', startedAtMs: Date.parse(startedAt), owner: undefined });
  });

  it('plays the role that its proxy is told to', () => {
    expect(reduceVaried({ container: { args: ['proxy', 'router'] } })?.role).toBe('gateway');
    expect(reduceVaried({ container: { args: ['proxy', 'waypoint'] } })?.role).toBe('waypoint');
    expect(reduceVaried({ metadata: { labels: { app: 'ztunnel' } } })).toMatchObject({
      role: 'ztunnel',
      learns: 'renewed',
      admin: { kind: 'ztunnel', port: 15_001 },
    });
  });

  it('is left out without a proxy, and while its proxy does not run', () => {
    expect(reduceVaried({ container: { name: 'envoy' } })).toBeUndefined();
    expect(reduceVaried({ status: { containerStatuses: [] } })).toBeUndefined();
    const waiting = [{ name: 'istio-proxy', state: { waiting: { reason: 'CrashLoopBackOff' } } }];
    expect(reduceVaried({ status: { containerStatuses: waiting } })).toBeUndefined();
  });

  it('counts while it is being deleted, and no longer than its grace period', () => {
    const deleted = reduceVaried({ metadata: { deletionTimestamp: startedAt } })!;
    const endsAtMs = Date.parse(startedAt);
    expect(deleted.endsAtMs).toBe(endsAtMs);
    expect([isPresent(deleted, endsAtMs - 30_000), isPresent(deleted, endsAtMs + 5_000)]).toEqual([true, false]);
    expect(isPresent(reduceVaried({})!, endsAtMs + 5_000)).toBe(true);
    const stopped = { containerStatuses: [{ name: 'istio-proxy', state: { terminated: {} } }] };
    expect(reduceVaried({ metadata: { deletionTimestamp: startedAt }, status: stopped })).toBeUndefined();
  });

  it('is left out when it has finished', () => {
    expect(reduceVaried({ status: { phase: 'Succeeded' } })).toBeUndefined();
    expect(reduceVaried({ status: { phase: 'Failed' } })).toBeUndefined();
  });

  it('is another one when its proxy is started anew', () => {
    const running = { name: 'istio-proxy', state: { running: { startedAt: '2026-01-01T00:00:01Z' } } };
    expect(reduceVaried({ status: { containerStatuses: [running] } })?.key).not.toBe(reduceVaried({})?.key);
  });

  it('learns with its next certificate when its agent is not told to ask for bundles', () => {
    expect(reduceVaried({ env: [] })?.learns).toBe('renewed');
    expect(reduceVaried({ env: [{ name: 'PROXY_CONFIG_XDS_AGENT', value: 'yes' }] })?.learns).toBe('renewed');
    const metadata = '{"proxyMetadata":{"PROXY_CONFIG_XDS_AGENT":"true"}}';
    expect(reduceVaried({ env: [{ name: 'PROXY_CONFIG', value: metadata }] })?.learns).toBe('renewed');
  });

  it.each([
    ['12h0m0s', dayMs / 2],
    ['no duration', dayMs],
    ['0s', dayMs],
  ])('has leaves that live as long as its SECRET_TTL %s says', (value, lifetimeMs) => {
    expect(reduceVaried({ env: [{ name: 'SECRET_TTL', value }] })?.leafLifetimeMs).toBe(lifetimeMs);
  });

  it('has leaves that may live for as long as istiod allows, where nothing can be known, and says that it is so', () => {
    const elsewhere = { leafLifetimeMs: 90 * dayMs, unread: ['SECRET_TTL'] };
    expect(reduceVaried({ env: [{ name: 'SECRET_TTL', valueFrom: {} }] })).toMatchObject(elsewhere);
    const labels = { app: 'ztunnel' };
    expect(reduceVaried({ metadata: { labels }, env: [{ name: 'SECRET_TTL', value: '1d' }] })).toMatchObject(elsewhere);
  });

  it('says which of its switches stand in another object', () => {
    const env = [{ name: 'FILE_MOUNTED_CERTS', valueFrom: {} }];
    expect(reduceVaried({ env })?.unread).toEqual(['FILE_MOUNTED_CERTS']);
    expect(reduceVaried({ env: [], container: { envFrom: [{}] } })?.unread).toContain('PROV_CERT');
  });

  it('belongs to what makes its pods anew, if that can be rolled', () => {
    const owner = (variation: Variation): unknown => reduceVaried(variation)?.owner;
    expect(owner({ metadata: controlledBy('StatefulSet', 'db') })).toEqual({
      kind: 'StatefulSet',
      namespace: 'shop',
      name: 'db',
    });
    expect(owner({ metadata: controlledBy('DaemonSet', 'log') })).toEqual({ kind: 'DaemonSet', namespace: 'shop', name: 'log' });
    expect(owner({ metadata: controlledBy('Job', 'once', 'batch/v1') })).toBeUndefined();
    expect(owner({ metadata: controlledBy('ReplicaSet', 'bare') })).toBeUndefined();
    expect(owner({ metadata: { ...controlledBy('ReplicaSet', 'rollout-6b9f'), labels: {} } })).toBeUndefined();
    expect(owner({ metadata: controlledBy('StatefulSet', 'other', 'apps.example.com/v1') })).toBeUndefined();
    expect(owner({ metadata: { ownerReferences: [] } })).toBeUndefined();
  });

  it('is asked at the admin port that the mesh sets', () => {
    const admin = (value: string): unknown => reduceVaried({ env: [{ name: 'PROXY_CONFIG', value }] })?.admin;
    expect(admin('{"proxyAdminPort":16000}\n')).toEqual({ kind: 'envoy', port: 16_000 });
    expect(admin('{"proxyAdminPort":"x"}')).toEqual({ kind: 'envoy', port: 15_000 });
    expect(admin('no JSON')).toEqual({ kind: 'envoy', port: 15_000 });
    expect(admin('null')).toEqual({ kind: 'envoy', port: 15_000 });
  });

  it.each(['DISABLE_ENVOY', 'FILE_MOUNTED_CERTS'])('cannot be asked with %s', (name) => {
    expect(reduceVaried({ env: [{ name, value: 'true' }] })?.admin).toEqual({ kind: 'none' });
  });
});
