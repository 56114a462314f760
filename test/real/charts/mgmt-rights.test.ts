import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '@reroot/shared/testing';
import { launchFleet, type SimulatedFleet } from '@reroot/simulator/fleet-launcher';
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

/** Granted, and not used by what this test does, or not always: why. */
const neededElsewhere: readonly (readonly [right: RegExp, why: string])[] = [
  [/ coordination\.k8s\.io\/leases( reroot-mgmt)? in reroot$/, 'to find out which of several replicas leads'],
  [/^(patch|delete) \/secrets in reroot$/, 'what nobody names any more is swept after hours; join files change and go'],
  [
    /^\w+ reroot\.dev\/\w+ in reroot$/,
    'objects that come and go by the API: test/real/resources.test.ts, under exactly this Role',
  ],
  [/^patch reroot\.dev\/certificateverifications\/status in reroot$/, 'what becomes of an answer: the same test'],
];

let controlPlane: ControlPlane;
let admin: Kubectl;
let fleet: SimulatedFleet;
let kubeconfigFile = '';
let granted: readonly RenderedObject[] = [];

/** A cluster that has of the chart what gives rights, and mgmt with a token of the ServiceAccount. */
beforeAll(async () => {
  const home = await mkdtemp(join(tmpdir(), 'reroot-helm-'));
  const alone = await startControlPlaneAlone('mgmt-rights');
  const stop = async (): Promise<void> => {
    await (fleet as SimulatedFleet | undefined)?.stop();
    await alone.stop();
    await rm(home, { recursive: true, force: true });
  };
  try {
    ({ controlPlane } = alone);
    admin = kubectlAs(controlPlane.adminKubeconfig, account.namespace);
    await admin.must(['create', 'namespace', account.namespace]);
    const rendered = await renderChart('reroot-mgmt', 'defaults', home, ['--set', 'crds.install=true,store.kind=kubernetes']);
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
  } catch (thrown) {
    await stop();
    throw thrown;
  }
  return stop;
}, 240_000);

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
  replicas: { lease: { name: account.name } },
  resources: { names: 'verified', kubernetes: { namespace: account.namespace, kubeconfigFile } },
});

const object = (kind: string, name: string, spec: object): string =>
  JSON.stringify({ apiVersion: 'reroot.dev/v1alpha1', kind, metadata: { name }, spec });

const policy = { certificateRotation: { verification: { none: {} } } };
const key = { keyAlgorithm: 'KEY_ALGORITHM_ECDSA_P256' };
const shared = { rootCertificateAuthority: { generated: key }, intermediateCertOptions: key, ...policy };

/** A mesh comes and goes by kubectl; its root is rotated by kubectl once, and once by the API. */
describe('mgmt under the rights of its chart', { timeout: 240_000 }, () => {
  it('makes a mesh and rotates its root by kubectl', async () => {
    const mesh = { clusters: [...fleet.clusters], mtlsConfig: { shared } };
    await admin.must(['apply', '-f', '-'], object('VirtualMesh', 'demo', mesh));
    await admin.must(['wait', '--for=condition=Ready', 'virtualmesh/demo', '--timeout=90s']);
    const requestedBy = await admin.must(['auth', 'whoami', '-o', 'jsonpath={.status.userInfo.username}']);
    const rotation = { mesh: 'demo', why: 'a test', requestedBy };
    await admin.must(['create', '-f', '-'], object('CertificateRotation', 'first', rotation));
    await admin.must(['wait', '--for=jsonpath={.status.state}=FINISHED', 'certrot/first', '--timeout=120s']);
  });

  it('lets in whom the cluster knows, and rotates by the API', async () => {
    const token = await admin.must(['create', 'token', account.name, '--audience', 'reroot']);
    const asked = await fetch(new URL('/v1/meshes', fleet.api.server), { headers: { authorization: `Bearer ${token}` } });
    expect([asked.status, await asked.json()]).toEqual([403, expect.objectContaining({ code: 'RR_API_FORBIDDEN' })]);
    await fleet.api.startRotation('demo', { by: 'test' }, fleet.broken);
    const finished = ['get', 'certrot', '-o', 'jsonpath={range .items[*]}{.status.state}{" "}{end}'];
    await waitFor(async () => (await admin.must(finished)).trim() === 'FINISHED FINISHED', {
      timeoutMs: 120_000,
      what: 'both to finish',
    });
  });

  it('was refused nothing, and has used every right but those that are listed', async () => {
    await fleet.mgmt.stop();
    const requests = await readAudit(controlPlane.auditLog, user);
    const refused = requests.filter(({ status }) => status === 403).map(describeRight);
    expect([...new Set(refused)]).toEqual([]);
    const isUsed = (right: Right): boolean => requests.some((request) => isUsedBy(right, request));
    const unused = rightsIn(granted)
      .filter((right) => !isUsed(right))
      .map(describeRight);
    expect(unused.filter((right) => !neededElsewhere.some(([listed]) => listed.test(right)))).toEqual([]);
  });
});
