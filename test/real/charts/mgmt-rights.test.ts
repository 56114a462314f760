import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ApiClient, createApiClient } from '@reroot/shared/api';
import { freePort, waitFor } from '@reroot/shared/testing';
import { type FleetProcess, launchFleet, meshDocument, type SimulatedFleet } from '@reroot/simulator/fleet-launcher';
import { createFleetProcess, mgmtPlan, type Reaper, startReaper } from '@reroot/simulator/processes';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Kubectl, kubectlAs } from '../kubectl.ts';
import { issueAccountToken } from '../lab/agent/account-token.ts';
import type { ControlPlane } from '../lab/cluster/control-plane.ts';
import { writeKubeconfig } from '../lab/cluster/kubeconfig.ts';
import { startControlPlaneAlone } from '../lab/cluster/start-alone.ts';
import { objectsOf, type RenderedObject, renderChart } from './run-helm.ts';
import { describeRight, isUsedBy, type Right, readAudit, rightsIn } from './used-rights.ts';

const account = { namespace: 'reroot', name: 'reroot-mgmt' } as const;
const user = `system:serviceaccount:${account.namespace}:${account.name}`;
const lifetimeMs = 3_600_000;
const apiToken = 'a-token-of-a-test-that-lets-it-in';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const granting =
  /^(Role|ClusterRole)(Binding)?$|^ServiceAccount$|^CustomResourceDefinition$|^ValidatingAdmissionPolicy(Binding)?$/;

/** Granted, and not used by what this test does: each right by its name, and why. */
const neededElsewhere: Readonly<Record<string, string>> = {
  'delete reroot.dev/managedclusters in reroot': 'the object that mgmt made of a cluster, once that has another name',
  'delete reroot.dev/certificaterotations in reroot':
    'those that mgmt made of rotations, once there are more of them than it shows',
  'patch reroot.dev/certificateverifications/status in reroot': 'what has become of an answer: test/real/resources.test.ts',
};

let controlPlane: ControlPlane;
let admin: Kubectl;
let fleet: SimulatedFleet;
/** The replica that stands by at first. */
let second: FleetProcess;
let secondApi: ApiClient;
let kubeconfigFile = '';
let granted: readonly RenderedObject[] = [];

/** A cluster that has of the chart what gives rights, and mgmt with a token of the ServiceAccount. */
beforeAll(async () => {
  const home = await mkdtemp(join(tmpdir(), 'reroot-helm-'));
  const alone = await startControlPlaneAlone('mgmt-rights');
  const reaper = startReaper(home);
  const stop = async (): Promise<void> => {
    await (second as FleetProcess | undefined)?.stop();
    await (fleet as SimulatedFleet | undefined)?.stop();
    reaper.release();
    await alone.stop();
    await rm(home, { recursive: true, force: true });
  };
  try {
    ({ controlPlane } = alone);
    admin = kubectlAs(controlPlane.adminKubeconfig, account.namespace);
    await admin.must(['create', 'namespace', account.namespace]);
    const rendered = await renderChart('reroot-mgmt', 'defaults', home, [
      '--set',
      'crds.install=true,store.kind=kubernetes,replicas=2',
    ]);
    const documents = rendered.split(/^---$/m).filter((text) => objectsOf(text, 'chart').some(({ kind }) => granting.test(kind)));
    await admin.must(['apply', '--server-side', '-f', '-'], documents.join('---'));
    await admin.must(['wait', '--for=condition=Established', 'crd', '--all']);
    granted = objectsOf(documents.join('---'), 'chart').filter(({ metadata }) => /^reroot-mgmt/.test(metadata.name));
    kubeconfigFile = await writeTokenKubeconfig(home);
    fleet = await launchFleet({
      ...{ clusters: 2, mesh: 'demo', ratePerSecond: 20, seed: 1, signal: AbortSignal.timeout(240_000) },
      mgmtSettings: settings(),
      apiAccess: {
        settings: {
          access: { kubernetes: { kubeconfigFile }, tokens: [{ name: 'test', sha256: sha256(apiToken), role: 'admin' }] },
        },
        token: apiToken,
      },
    });
    await startSecond(reaper);
  } catch (thrown) {
    await stop();
    throw thrown;
  }
  return stop;
}, 240_000);

/** With the same configuration, but for its name and where it answers. */
async function startSecond(reaper: Reaper): Promise<void> {
  const port = await freePort();
  const first = JSON.parse(await readFile(join(fleet.dir, 'mgmt.json'), 'utf8')) as Record<string, object>;
  const replicas = { ...first['replicas'], identity: 'second' };
  const file = join(fleet.dir, 'mgmt-second.json');
  await writeFile(file, JSON.stringify({ ...first, api: { ...first['api'], port }, replicas }));
  const plan = { ...mgmtPlan(fleet.dir, file), name: 'mgmt-second', logFile: join(fleet.dir, 'mgmt-second.log') };
  second = createFleetProcess(plan, reaper, () => undefined);
  await second.start(fleet.broken);
  secondApi = createApiClient({ server: `http://127.0.0.1:${port}`, token: apiToken });
}

async function writeTokenKubeconfig(home: string): Promise<string> {
  const path = `/api/v1/namespaces/${account.namespace}/serviceaccounts/${account.name}`;
  const { metadata } = await controlPlane.admin.request<{ metadata: { uid: string } }>('GET', path);
  const token = issueAccountToken({ ...account, uid: metadata.uid, key: controlPlane.tokenKey, lifetimeMs });
  const [tokenFile, file] = [join(home, 'token'), join(home, 'kubeconfig')];
  await writeFile(tokenFile, token, { mode: 0o600 });
  const { server, authority } = controlPlane;
  await writeKubeconfig(file, { server, caPem: authority.certificate.pem, user: { kind: 'token-file', path: tokenFile } });
  return file;
}

/** What the chart sets, for a process outside of the cluster. */
const settings = (): Record<string, unknown> => ({
  store: { kind: 'kubernetes', ...{ namespace: account.namespace, name: 'reroot' }, kubeconfigFile },
  replicas: { lease: { name: account.name }, identity: 'first' },
  resources: { names: 'verified', kubernetes: { namespace: account.namespace, kubeconfigFile } },
});

const object = (kind: string, name: string, spec: object): string =>
  JSON.stringify({ apiVersion: 'reroot.dev/v1alpha1', kind, metadata: { name }, spec });

const policy = { certificateRotation: { verification: { none: {} }, rootKeyRetention: '0s' } };
const key = { keyAlgorithm: 'KEY_ALGORITHM_ECDSA_P256' };
const shared = { rootCertificateAuthority: { generated: key }, intermediateCertOptions: key, ...policy };

const untilLed = (by: string): Promise<unknown> =>
  waitFor(async () => (await secondApi.readVersion(fleet.broken)).replica?.leader?.name.startsWith(`${by}_`) === true, {
    timeoutMs: 60_000,
    what: `the replica ${by} to lead`,
  });

/** A mesh comes by kubectl; its root is rotated by kubectl once, and once by the API, under two leaders. */
describe('mgmt in two replicas, under the rights of its chart', { timeout: 240_000 }, () => {
  it('makes a mesh and rotates its root by kubectl', async () => {
    await untilLed('first');
    const mesh = { clusters: [...fleet.clusters], mtlsConfig: { shared } };
    await admin.must(['apply', '-f', '-'], object('VirtualMesh', 'demo', mesh));
    await admin.must(['wait', '--for=condition=Ready', 'virtualmesh/demo', '--timeout=90s']);
    const requestedBy = await admin.must(['auth', 'whoami', '-o', 'jsonpath={.status.userInfo.username}']);
    const rotation = { mesh: 'demo', why: 'a test', requestedBy };
    await admin.must(['create', '-f', '-'], object('CertificateRotation', 'first', rotation));
    await admin.must(['wait', '--for=jsonpath={.status.state}=FINISHED', 'certrot/first', '--timeout=120s']);
  });

  it('is led by the other replica when the one ends, which puts right what lies in the Secret of a join file', async () => {
    await admin.must(['create', '-f', '-'], object('ManagedCluster', 'spare', { mesh: 'demo' }));
    await admin.must(['wait', '--for=jsonpath={.status.joinSecret}=spare-join', 'managedcluster/spare', '--timeout=60s']);
    await admin.must(['annotate', '--overwrite', 'secret', 'spare-join', 'reroot.dev/expires-at=never']);
    await fleet.mgmt.stop();
    await untilLed('second');
    const expiry = ['get', 'secret', 'spare-join', '-o', 'jsonpath={.metadata.annotations.reroot\\.dev/expires-at}'];
    await waitFor(async () => (await admin.must(expiry)) !== 'never', { timeoutMs: 60_000, what: 'another join file' });
    await fleet.mgmt.start(fleet.broken);
    await admin.must(['delete', 'managedcluster', 'spare']);
    await waitFor(async () => (await admin.run(['get', 'secret', 'spare-join'])).status !== 0, {
      timeoutMs: 60_000,
      what: 'the Secret to go',
    });
  });

  it('lets in whom the cluster knows, and rotates by the API of the replica that stands by', async () => {
    const token = await admin.must(['create', 'token', account.name, '--audience', 'reroot']);
    const asked = await fetch(new URL('/v1/meshes', fleet.api.server), { headers: { authorization: `Bearer ${token}` } });
    expect([asked.status, await asked.json()]).toEqual([403, expect.objectContaining({ code: 'RR_API_FORBIDDEN' })]);
    expect((await fleet.api.readVersion(fleet.broken)).replica?.role).toBe('standby');
    await fleet.api.startRotation('demo', { by: 'test' }, fleet.broken);
    const finished = ['get', 'certrot', '-o', 'jsonpath={range .items[*]}{.status.state}{" "}{end}'];
    await waitFor(async () => (await admin.must(finished)).trim() === 'FINISHED FINISHED', {
      timeoutMs: 120_000,
      what: 'both to finish',
    });
  });

  it('destroys the keys of roots that no step can need any more', async () => {
    const isDeleted = async (): Promise<boolean> =>
      (await readAudit(controlPlane.auditLog, user)).some(({ verb, resource }) => verb === 'delete' && resource === '/secrets');
    await waitFor(isDeleted, { timeoutMs: 60_000, what: 'a key to be destroyed' });
  });

  it('makes the object of a mesh anew, and writes into it what comes by the API', async () => {
    await admin.must(['delete', 'virtualmesh', 'demo']);
    await waitFor(async () => (await admin.run(['get', 'virtualmesh', 'demo'])).status === 0, {
      timeoutMs: 60_000,
      what: 'the object to be there again',
    });
    const document = { name: 'demo', clusters: fleet.clusters, rootAlgorithm: 'KEY_ALGORITHM_ECDSA_P256' } as const;
    await fleet.api.applyMesh('demo', meshDocument({ ...document, policy: { minimumOverlap: '1s' } }), fleet.broken);
    await admin.must([
      ...['wait', 'virtualmesh/demo', '--timeout=60s'],
      '--for=jsonpath={.spec.mtlsConfig.shared.certificateRotation.minimumOverlap}=1s',
    ]);
  });

  it('was refused nothing, and has used every right but those that are listed', async () => {
    await Promise.all([fleet.mgmt.stop(), second.stop()]);
    const requests = await readAudit(controlPlane.auditLog, user);
    const refused = requests.filter(({ status }) => status === 403).map(describeRight);
    expect([...new Set(refused)]).toEqual([]);
    const isUsed = (right: Right): boolean => requests.some((request) => isUsedBy(right, request));
    const unused = rightsIn(granted)
      .filter((right) => !isUsed(right))
      .map(describeRight);
    expect(unused.toSorted()).toEqual(Object.keys(neededElsewhere).toSorted());
  });
});
