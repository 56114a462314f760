import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AdminClient } from '../lab/cluster/admin-client.ts';
import { type LoneControlPlane, startControlPlaneAlone } from '../lab/cluster/start-alone.ts';
import { findServers } from '../servers/find-servers.ts';
import { type Chart, chartFolder, objectsOf, renderChart, runHelm, valuesFile } from './run-helm.ts';

/** Kinds of others, whose definitions are not in the cluster. */
const ofOthers = new Set(['ServiceMonitor', 'PodMonitor', 'PrometheusRule', 'Certificate']);
const sets: readonly (readonly [Chart, string])[] = [
  ['reroot-agent', 'defaults'],
  ['reroot-agent', 'all-rights'],
  ['reroot-agent', 'least'],
  ['reroot-agent', 'everything'],
  ['reroot-mgmt', 'defaults'],
  ['reroot-mgmt', 'one-on-disk'],
  ['reroot-mgmt', 'everything'],
  ['reroot-mgmt', 'another-nats'],
];

let alone: LoneControlPlane;
let admin: AdminClient;
let home = '';

beforeAll(async () => {
  alone = await startControlPlaneAlone('charts');
  ({ admin } = alone.controlPlane);
  home = await mkdtemp(join(tmpdir(), 'reroot-helm-'));
  for (const name of ['reroot', 'second', 'istio-system', 'istio-canary', 'vault']) {
    await admin.request('POST', '/api/v1/namespaces', { metadata: { name } });
  }
  return async () => {
    await alone.stop();
    await rm(home, { recursive: true, force: true });
  };
}, 180_000);

const kubeconfig = (): string => alone.controlPlane.adminKubeconfig;
const helm = async (...args: readonly string[]): Promise<string> =>
  runHelm([...args, '--namespace', 'reroot'], home, kubeconfig());

async function kubectl(...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(findServers().kubectl, [`--kubeconfig=${kubeconfig()}`, ...args], {
    env: { HOME: home },
    maxBuffer: 2 ** 26,
  });
  return stdout;
}

/** The names of what a namespace, or the cluster, has of a kind. */
async function namesOf(path: string): Promise<readonly string[]> {
  const { items } = await admin.request<{ items: { metadata: { name: string } }[] }>('GET', path);
  return items.map(({ metadata }) => metadata.name).toSorted();
}

describe('what the charts render', { timeout: 120_000 }, () => {
  it.each(sets)('is taken by an API server, which warns of nothing: %s with "%s"', async (chart, set) => {
    const rendered = await renderChart(chart, set, home, chart === 'reroot-mgmt' ? ['--set', 'crds.install=true'] : []);
    const file = join(home, `${chart}-${set}.yaml`);
    const documents = rendered.split(/^---$/m).filter((text) => objectsOf(text, set).some(({ kind }) => !ofOthers.has(kind)));
    await writeFile(file, documents.join('---'));
    const applied = await kubectl('apply', '--server-side', '--dry-run=server', '--warnings-as-errors', '--filename', file);
    expect(applied.match(/serverside-applied/g)).toHaveLength(documents.length);
  });
});

describe('the agent', { timeout: 120_000 }, () => {
  const secrets = '/api/v1/namespaces/reroot/secrets';
  const link = { 'link.json': Buffer.from('the keys of the link').toString('base64') };
  const install = ['--values', valuesFile('reroot-agent', 'defaults')];
  const readLink = async (): Promise<unknown> => (await admin.find<{ data?: unknown }>(`${secrets}/reroot-agent-link`))?.data;

  it('is installed, upgraded, rolled back and taken away, and the mesh and its link are as they were', async () => {
    const kept = ['cacerts', 'cacerts-reroot-backup', 'cacerts-reroot-backup-2'];
    for (const name of kept) {
      await admin.request('POST', '/api/v1/namespaces/istio-system/secrets', { metadata: { name }, stringData: { a: name } });
    }
    const before = await admin.request<{ items: unknown[] }>('GET', '/api/v1/namespaces/istio-system/secrets');
    await helm('install', 'reroot-agent', chartFolder('reroot-agent'), ...install);
    await admin.patch('merge', `${secrets}/reroot-agent-link`, { data: link });
    await helm('upgrade', 'reroot-agent', chartFolder('reroot-agent'), ...install, '--set', 'config.adoption=allowed');
    expect(await readLink()).toEqual(link);
    const config = await admin.request<{ data: Record<string, string> }>(
      'GET',
      '/api/v1/namespaces/reroot/configmaps/reroot-agent',
    );
    expect(config.data['agent.yaml']).toContain('adoption: allowed');
    await helm('rollback', 'reroot-agent', '1');
    expect(await readLink()).toEqual(link);
    await helm('uninstall', 'reroot-agent');
    expect(await readLink()).toEqual(link);
    const after = await admin.request<{ items: unknown[] }>('GET', '/api/v1/namespaces/istio-system/secrets');
    expect(after.items).toEqual(before.items);
    for (const [path, kind] of [
      ['/apis/rbac.authorization.k8s.io/v1', 'clusterroles'],
      ['/apis/rbac.authorization.k8s.io/v1', 'clusterrolebindings'],
      ['/apis/rbac.authorization.k8s.io/v1/namespaces/istio-system', 'roles'],
      ['/apis/rbac.authorization.k8s.io/v1/namespaces/reroot', 'roles'],
      ['/apis/apps/v1/namespaces/reroot', 'deployments'],
      ['/apis/networking.k8s.io/v1/namespaces/reroot', 'networkpolicies'],
      ['/api/v1/namespaces/reroot', 'configmaps'],
      ['/api/v1/namespaces/reroot', 'serviceaccounts'],
    ] as const) {
      expect((await namesOf(`${path}/${kind}`)).filter((name) => name.startsWith('reroot-agent'))).toEqual([]);
    }
  });

  it('is installed again over what was kept, and goes on with its link', async () => {
    await helm('install', 'reroot-agent', chartFolder('reroot-agent'), ...install);
    expect(await readLink()).toEqual(link);
    await helm('uninstall', 'reroot-agent');
  });
});

describe('mgmt', { timeout: 120_000 }, () => {
  const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
  const meshes = '/apis/reroot.dev/v1alpha1/namespaces/reroot/virtualmeshes';
  const ours = async (): Promise<readonly string[]> =>
    (await namesOf(definitions)).filter((name) => name.endsWith('.reroot.dev'));

  it('is taken away, and the store, the resource definitions and every object of theirs stay', async () => {
    const shipped = await namesFromRepository();
    const values = ['--values', valuesFile('reroot-mgmt', 'one-on-disk'), '--set', 'crds.install=true'];
    await helm('install', 'reroot-mgmt', chartFolder('reroot-mgmt'), ...values);
    expect(await ours()).toEqual(shipped);
    await kubectl('wait', '--for=condition=Established', 'crd/virtualmeshes.reroot.dev', '--timeout=30s');
    await admin.request('POST', meshes, {
      ...{ apiVersion: 'reroot.dev/v1alpha1', kind: 'VirtualMesh', metadata: { name: 'demo' } },
      spec: { clusters: ['east'], mtlsConfig: { shared: { rootCertificateAuthority: { generated: {} } } } },
    });
    await admin.request('POST', '/api/v1/namespaces/reroot/secrets', {
      metadata: { name: 'reroot-head', labels: { 'reroot.dev/store': 'reroot' } },
      type: 'reroot.dev/store',
    });
    await helm('upgrade', 'reroot-mgmt', chartFolder('reroot-mgmt'), ...values, '--set', 'config.log.level=debug');
    await helm('rollback', 'reroot-mgmt', '1');
    await helm('uninstall', 'reroot-mgmt');
    expect(await ours()).toEqual(shipped);
    expect(await namesOf(meshes)).toEqual(['demo']);
    expect(await namesOf('/api/v1/namespaces/reroot/secrets')).toContain('reroot-head');
    expect(await namesOf('/api/v1/namespaces/reroot/persistentvolumeclaims')).toEqual(['reroot-mgmt']);
    expect(await namesOf('/apis/apps/v1/namespaces/reroot/deployments')).toEqual([]);
  });

  it('is installed again over what was kept', async () => {
    const values = ['--values', valuesFile('reroot-mgmt', 'one-on-disk'), '--set', 'crds.install=true'];
    await helm('install', 'reroot-mgmt', chartFolder('reroot-mgmt'), ...values);
    expect(await namesOf(meshes)).toEqual(['demo']);
    await helm('uninstall', 'reroot-mgmt');
  });

  it('goes on with definitions that somebody has applied by hand, or that another release has left, where it is told to take them', async () => {
    const values = ['--values', valuesFile('reroot-mgmt', 'one-on-disk'), '--set', 'crds.install=true'];
    await expect(helm('install', 'another', chartFolder('reroot-mgmt'), ...values)).rejects.toThrow('cannot be imported');
    await helm('install', 'another', chartFolder('reroot-mgmt'), ...values, '--take-ownership');
    expect(await namesOf(meshes)).toEqual(['demo']);
    await helm('uninstall', 'another');
    expect(await namesOf(meshes)).toEqual(['demo']);
  });

  it('stands beside another one of the same cluster, each with a policy for its own namespace', async () => {
    const values = ['--values', valuesFile('reroot-mgmt', 'defaults')];
    const second = ['--namespace', 'second', '--set', 'name=second,access.peopleRoles=false'];
    await helm('install', 'reroot-mgmt', chartFolder('reroot-mgmt'), ...values);
    await runHelm(['install', 'second', chartFolder('reroot-mgmt'), ...values, ...second], home, kubeconfig());
    const policies = await namesOf('/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies');
    expect(policies).toEqual(['reroot-requested-by.reroot', 'reroot-requested-by.second']);
    await runHelm(['uninstall', 'second', '--namespace', 'second'], home, kubeconfig());
    await helm('uninstall', 'reroot-mgmt');
  });
});

async function namesFromRepository(): Promise<readonly string[]> {
  const rendered = objectsOf(await renderChart('reroot-mgmt', 'defaults', home, ['--set', 'crds.install=true']), 'chart');
  return rendered
    .filter(({ kind }) => kind === 'CustomResourceDefinition')
    .map(({ metadata }) => metadata.name)
    .toSorted();
}
