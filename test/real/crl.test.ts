import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NamedFiles } from '@reroot/shared/istio';
import {
  composeCrlFile,
  createCrl,
  createCsr,
  createRootCertificate,
  exportPrivateKey,
  generateKey,
  importPrivateKey,
  issueIntermediate,
  parseCertificate,
  parseCsr,
  signerFromKey,
} from '@reroot/shared/pki';
import { waitFor } from '@reroot/shared/testing';
import { describe, expect, it } from 'vitest';
import { expectNoneFailed, expectUnharmed } from '../scenarios/expect-unharmed.ts';
import { type Lab, startLab } from './lab/lab.ts';
import type { LabCluster } from './lab/lab-cluster.ts';
import { planCluster } from './lab/lab-plan.ts';
import type { PodRun } from './lab/node/pod-run.ts';
import { createWitness } from './lab/truth/read-truth.ts';
import { cacertsPath, labCluster, launchRealMesh, type RealMesh } from './real-mesh.ts';
import { editSecret, readSecretData } from './secret-by-hand.ts';

const dayMs = 86_400_000;
const algorithm = { kind: 'ecdsa', curve: 'P-256' } as const;
const patienceMs = 40_000;
const clusterName = 'cluster-1';
const istiodPath = '/apis/apps/v1/namespaces/istio-system/deployments/istiod';
const crlConfigMap = '/api/v1/namespaces/istio-system/configmaps/istio-ca-crl';

describe('a real istiod with a ca-crl.pem', () => {
  it('takes lists that are complete, refuses a signer that is in none, and keeps lists that were taken out until it is restarted', async () => {
    const { files, signerFiles, crl } = await makeCa();
    await using lab = disposing(await startIstiod(files));
    const cluster = lab.clusters.get(clusterName)!;
    const published = async (): Promise<string | undefined> =>
      (await cluster.admin.find<{ data?: Record<string, string> }>(crlConfigMap))?.data?.['ca-crl.pem'];
    const untilPublished = (lists: string): Promise<unknown> =>
      waitFor(async () => (await published()) === lists, { timeoutMs: patienceMs, what: 'the ConfigMap istio-ca-crl' });
    await untilPublished('');
    await put(cluster, { ...files, 'ca-crl.pem': crl });
    await untilPublished(crl);

    await put(cluster, { ...files, ...signerFiles, 'ca-crl.pem': crl });
    await untilLogged(lab, cluster, /Failed to update new Plug-in CA certs: .*missing CRL/);
    expect(await chainOf(cluster)).toBe(files['cert-chain.pem']);

    await put(cluster, { ...files, ...signerFiles });
    const takesSigner = async (): Promise<boolean> => (await chainOf(cluster)) === signerFiles['cert-chain.pem'];
    await waitFor(takesSigner, { timeoutMs: patienceMs, what: 'the new signer' });
    expect(await published()).toBe(crl);
    await replacePods(cluster);
    await untilPublished('');
  });

  it('does not start over lists that lack its signer', async () => {
    const { files, signerFiles, crl } = await makeCa();
    await using lab = disposing(await startIstiod(files));
    const cluster = lab.clusters.get(clusterName)!;
    await put(cluster, { ...files, ...signerFiles, 'ca-crl.pem': crl });
    await replacePods(cluster);
    await untilLogged(lab, cluster, /failed to create an istiod CA: .*missing CRL/);
    expect(onlyPod(cluster).isReady()).toBe(false);
  });
});

describe('a rotation over a cluster with a ca-crl.pem', () => {
  it('does not start; started all the same it waits with a reason and no failed handshake, and goes on when the file is gone and istiod was restarted', async () => {
    await using fleet = disposing(await launchRealMesh([planCluster(clusterName), planCluster('cluster-2')]));
    const before = await fleet.traffic();
    const held = await readSecretData(fleet, clusterName);
    const crl = await crlOfSigner(held);
    await editSecret(fleet, clusterName, 'an-operator', { 'ca-crl.pem': Buffer.from(crl).toString('base64') });
    // istiod asks for no list of the root, and takes the file; Envoy would ask for one.
    expect(await untilReported(fleet, 'no CRL is good for')).toContain('ca-crl.pem');
    await expect(fleet.rotate()).rejects.toMatchObject({ code: 'RR_PREFLIGHT_FAILED' });
    const { rotation } = await fleet.rotate({ overrides: [{ check: 'ca-crls', why: 'to see what it foretells' }] });
    await fleet.until('the verdict to name the lists', ({ verdict }) => verdict.message.includes('RR_SECRET_CRL_INCOMPLETE'));
    await fleet.untilHandshakes(100);
    expect((await fleet.status()).state).toBe('ADDING_NEW_ROOT');
    expect(await readSecretData(fleet, clusterName)).toEqual({ ...held, 'ca-crl.pem': Buffer.from(crl).toString('base64') });
    await expectNoneFailed(fleet, before);

    const { admin } = labCluster(fleet, clusterName);
    await admin.patch('merge', cacertsPath, { data: { 'ca-crl.pem': null } });
    const waiting = await untilReported(fleet, 'still run since before that');
    // Starts are cut to whole seconds: one within the same second counts as before.
    const goneAtMs = Date.parse(/seen at (\S+Z)/.exec(waiting)?.[1] ?? '');
    await fleet.look('the next second', async () => (Date.now() > goneAtMs + 1000 ? true : undefined));
    expect(await readSecretData(fleet, clusterName)).toEqual(held);
    const template = { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': new Date().toISOString() } } };
    await admin.patch('merge', istiodPath, { spec: { template } });
    await fleet.until('FINISHED', ({ state }) => state === 'FINISHED');
    await expectUnharmed(fleet, before, rotation?.newRoot);
  });
});

interface MadeCa {
  /** A signer below a root. */
  readonly files: NamedFiles;
  /** Another signer below the same root, to be put over it. */
  readonly signerFiles: NamedFiles;
  /** Lists of the root and of the first signer. */
  readonly crl: string;
}

async function makeCa(): Promise<MadeCa> {
  const nowMs = Date.now();
  const life = { notBeforeMs: nowMs - dayMs, notAfterMs: nowMs + 100 * dayMs };
  const rootKey = signerFromKey(await generateKey(algorithm));
  const root = await createRootCertificate({ key: rootKey, commonName: 'root', ...life });
  const makeSigner = async (commonName: string): Promise<Record<'ca-cert.pem' | 'ca-key.pem' | 'cert-chain.pem', string>> => {
    const key = await generateKey(algorithm);
    const csr = parseCsr(await createCsr({ key: signerFromKey(key), commonName }));
    const { pem } = await issueIntermediate({ csr, issuer: root, issuerKey: rootKey, commonName, ...life });
    return { 'ca-cert.pem': pem, 'ca-key.pem': exportPrivateKey(key), 'cert-chain.pem': pem };
  };
  const files = { ...(await makeSigner('signer')), 'root-cert.pem': root.pem };
  const span = { revoked: [], number: 1, thisUpdateMs: nowMs - dayMs, nextUpdateMs: nowMs + dayMs };
  const signer = parseCertificate(files['ca-cert.pem']);
  const ofRoot = await createCrl({ issuer: root, issuerKey: rootKey, ...span });
  const ofSigner = await createCrl({
    issuer: signer,
    issuerKey: signerFromKey(importPrivateKey(files['ca-key.pem'])),
    ...span,
  });
  const crl = composeCrlFile([signer, root], [ofSigner, ofRoot], nowMs);
  return { files, signerFiles: await makeSigner('another signer'), crl };
}

async function startIstiod(files: NamedFiles): Promise<Lab> {
  const { 'ca-cert.pem': caCert = '', 'ca-key.pem': caKey = '', 'cert-chain.pem': certChain = '' } = files;
  const ca = { caCert, caKey, certChain, rootCert: files['root-cert.pem'] ?? '' };
  const signal = AbortSignal.timeout(120_000);
  const lab = await startLab({
    clusters: [planCluster(clusterName, { workloads: 0, ca })],
    dir: await mkdtemp(join(tmpdir(), 'reroot-crl-')),
    signal,
  });
  await lab.clusters.get(clusterName)!.untilReady(signal);
  return lab;
}

/** The list of the signer in a Secret, which anybody with its key can make. */
async function crlOfSigner(data: Readonly<Record<string, string>>): Promise<string> {
  const textOf = (name: string): string => Buffer.from(data[name] ?? '', 'base64').toString();
  const crl = await createCrl({
    issuer: parseCertificate(textOf('ca-cert.pem')),
    issuerKey: signerFromKey(importPrivateKey(textOf('ca-key.pem'))),
    revoked: [],
    thisUpdateMs: Date.now() - dayMs,
    nextUpdateMs: Date.now() + dayMs,
    number: 1,
  });
  return crl.pem;
}

async function untilReported(fleet: RealMesh, says: string): Promise<string> {
  return fleet.look(`a report that says: ${says}`, async () => {
    const { clusters } = await fleet.status();
    const found = clusters[0]?.problems.find(({ code }) => code === 'RR_SECRET_CRL_INCOMPLETE');
    return found?.message.includes(says) ? found.message : undefined;
  });
}

/** The files become the whole of the Secret, and the volume follows at once. */
async function put({ admin, replicaPods }: LabCluster, files: NamedFiles): Promise<void> {
  const data = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text).toString('base64')]));
  await admin.patch('merge', cacertsPath, { data: { 'ca-crl.pem': null, ...data } });
  for (const { volumes } of replicaPods()) volumes.syncNow();
}

/** What the istiod signs with, as it is handed out. */
async function chainOf(cluster: LabCluster): Promise<string | undefined> {
  const [replica] = (await (await createWitness(cluster)).look()).replicas;
  return replica?.seen.kind === 'seen' ? replica.seen.held.certChain.slice(1).join('') : undefined;
}

async function replacePods(cluster: LabCluster): Promise<void> {
  const before = onlyPod(cluster);
  await cluster.admin.request('DELETE', '/api/v1/namespaces/istio-system/pods?gracePeriodSeconds=0');
  const isReplaced = (): boolean => cluster.replicaPods().length === 1 && onlyPod(cluster) !== before;
  await waitFor(isReplaced, { timeoutMs: patienceMs, what: 'another istiod' });
}

function onlyPod(cluster: LabCluster): PodRun {
  const [run, ...others] = cluster.replicaPods();
  if (run === undefined || others.length > 0) throw new Error(`${cluster.name} does not run one istiod`);
  return run;
}

async function untilLogged(lab: Lab, cluster: LabCluster, line: RegExp): Promise<void> {
  const { name } = onlyPod(cluster).pod.metadata;
  const file = join(lab.dir, 'logs', `${cluster.name}-istio-system-${name}-discovery.log`);
  const isThere = async (): Promise<boolean> => line.test(await readFile(file, 'utf8').catch(() => ''));
  await waitFor(isThere, { timeoutMs: patienceMs, what: `istiod to say ${line}` });
}

/** Stops it when the test is over, however that ends. */
function disposing<T extends { stop(): Promise<void> }>(started: T): T & AsyncDisposable {
  return { ...started, [Symbol.asyncDispose]: () => started.stop() };
}
