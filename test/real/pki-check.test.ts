import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkCa, isRefusedAt, type NamedFiles, parseIstioVersion, readCaSet } from '@reroot/shared/istio';
import { waitFor } from '@reroot/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CaWorkshop, openCaWorkshop } from './ca-workshop.ts';
import { type Lab, startLab } from './lab/lab.ts';
import type { LabCluster } from './lab/lab-cluster.ts';
import { planCluster } from './lab/lab-plan.ts';
import type { PodRun } from './lab/node/pod-run.ts';
import { createWitness, type Witness } from './lab/truth/read-truth.ts';

const signal = AbortSignal.timeout(280_000);
const patienceMs = 30_000;
const cacertsPath = '/api/v1/namespaces/istio-system/secrets/cacerts';

/** What each cluster's istiod is, to `reroot pki check`. */
const istiods = {
  current: { istio: '1.31.0', multiRoot: 'on' },
  bytes: { istio: '1.29.6', multiRoot: 'on' },
  off: { istio: '1.31.0', multiRoot: 'off' },
} as const;

let lab: Lab;
let workshop: CaWorkshop;

beforeAll(async () => {
  workshop = await openCaWorkshop();
  const {
    'ca-cert.pem': caCert = '',
    'ca-key.pem': caKey = '',
    'cert-chain.pem': certChain = '',
    'root-cert.pem': rootCert = '',
  } = workshop.sound;
  const plan = { workloads: 0, ca: { caCert, caKey, certChain, rootCert } };
  lab = await startLab({
    clusters: [
      planCluster('current', plan),
      planCluster('bytes', { ...plan, istiodVersion: 'byte-rule' }),
      planCluster('off', { ...plan, multiRoot: 'off' }),
    ],
    dir: await mkdtemp(join(tmpdir(), 'reroot-lab-')),
    signal,
  });
  await Promise.all([...lab.clusters.values()].map((cluster) => cluster.untilReady(signal)));
});

afterAll(async () => {
  await lab.stop();
});

describe.each(Object.entries(istiods))('what pki check foretells of the istiod of cluster %s', (name, about) => {
  const facts = { istio: parseIstioVersion(about.istio)!, multiRoot: about.multiRoot };

  it('is what it does on a reload', async () => {
    const istiod = await meetIstiod(name);
    let held = workshop.sound;
    const outcomes: Record<string, Outcome> = {};
    const foretold: Record<string, Outcome> = {};
    for (const [what, change] of Object.entries(workshop.reloads)) {
      const files = change(held);
      const report = checkCa({ ...facts, atMs: Date.now(), scope: 'whole', set: readCaSet(files), before: readCaSet(held) });
      foretold[what] = isRefusedAt(report, 'reload') ? 'refused' : 'taken';
      outcomes[what] = await istiod.reload(files);
      if (outcomes[what] === 'taken') held = files;
      else await istiod.restore(held);
    }
    expect(outcomes).toEqual(foretold);
    // With a rule that says the same of everything this would prove nothing.
    expect(new Set(Object.values(foretold)).size).toBe(2);
  });

  it('is what it does when it starts', async () => {
    const istiod = await meetIstiod(name);
    const outcomes: Record<string, Outcome> = {};
    const foretold: Record<string, Outcome> = {};
    for (const [what, files] of Object.entries(workshop.starts)) {
      const report = checkCa({ ...facts, atMs: Date.now(), scope: 'whole', set: readCaSet(files) });
      foretold[what] = isRefusedAt(report, 'start') ? 'refused' : 'taken';
      outcomes[what] = await istiod.start(files);
    }
    expect(outcomes).toEqual(foretold);
    expect(new Set(Object.values(foretold)).size).toBe(2);
  });
});

type Outcome = 'taken' | 'refused';

interface MetIstiod {
  /** Writes files that differ from what it holds in bundle or chain, and sees whether it takes them. */
  reload(files: NamedFiles): Promise<Outcome>;
  /** Writes what it holds, so that nothing that it refused is left. */
  restore(files: NamedFiles): Promise<void>;
  /** Writes files, and starts a new pod with them. */
  start(files: NamedFiles): Promise<Outcome>;
}

const refusals =
  /Multi root is disabled|Updating new ROOT-CA not supported|Failed to update new Plug-in CA certs|failed reading root-cert.pem/;
const taken = /Istiod has detected the newly added intermediate CA|Failed generating plugged-in istiod key cert/;
const failedStarts =
  /failed to create an istiod CA|failed to create CA KeyCertBundle|not authorized to sign|failed to get default cert TTL|add root CAs into peerCertVerifier failed|unable to add CA root from namespace/;

async function meetIstiod(name: string): Promise<MetIstiod> {
  const cluster = lab.clusters.get(name)!;
  const witness = await createWitness(cluster);
  const logOf = (run: PodRun): Promise<string> =>
    readFile(join(lab.dir, 'logs', `${name}-istio-system-${run.pod.metadata.name}-discovery.log`), 'utf8').catch(() => '');
  const logAfter = async (run: PodRun, length: number): Promise<string> => (await logOf(run)).slice(length);
  return {
    reload: async (files) => {
      const run = onlyReplica(cluster);
      const { length } = await logOf(run);
      await writeSecret(cluster, files);
      // A line of a success may be about the files before; what it holds cannot be. Refused is only what has just been written.
      const outcome = async (): Promise<Outcome | undefined> => {
        if (refusals.test(await logAfter(run, length))) return 'refused';
        return (await isHeld(witness, files)) ? 'taken' : undefined;
      };
      return waitFor(outcome, { timeoutMs: patienceMs, what: 'istiod to take or to refuse the files' });
    },
    restore: async (files) => {
      const run = onlyReplica(cluster);
      const { length } = await logOf(run);
      await writeSecret(cluster, files);
      const isOver = async (): Promise<boolean> => taken.test(await logAfter(run, length));
      await waitFor(isOver, { timeoutMs: patienceMs, what: 'istiod to look at the files that it holds' });
    },
    start: async (files) => {
      await writeSecret(cluster, files);
      const before = new Set(cluster.replicaPods().map(({ pod }) => pod.metadata.uid));
      await cluster.admin.request('DELETE', '/api/v1/namespaces/istio-system/pods?gracePeriodSeconds=0');
      const outcome = async (): Promise<Outcome | undefined> => {
        const run = cluster.replicaPods().find(({ pod }) => !before.has(pod.metadata.uid));
        if (run === undefined) return undefined;
        if (run.isReady()) return 'taken';
        return failedStarts.test(await logOf(run)) ? 'refused' : undefined;
      };
      return waitFor(outcome, { timeoutMs: patienceMs, what: 'a new istiod to be ready or to fail' });
    },
  };
}

async function isHeld(witness: Witness, files: NamedFiles): Promise<boolean> {
  const [replica] = (await witness.look()).replicas;
  if (replica?.seen.kind !== 'seen') return false;
  const { rootCert, certChain } = replica.seen.held;
  const [, ...chain] = certChain.map((each) => each.trim());
  return rootCert === files['root-cert.pem'] && chain.join('\n') === files['cert-chain.pem']?.trim();
}

function onlyReplica(cluster: LabCluster): PodRun {
  const [run, ...others] = cluster.replicaPods();
  if (run === undefined || others.length > 0) throw new Error(`${cluster.name} does not run one istiod`);
  return run;
}

/** The files become the whole of the Secret, and the pod's volume follows at once. */
async function writeSecret(cluster: LabCluster, files: NamedFiles): Promise<void> {
  const { data = {} } = await cluster.admin.request<{ data?: Record<string, string> }>('GET', cacertsPath);
  const gone = Object.keys(data).map((name) => [name, null] as const);
  const next = Object.entries(files).map(([name, text]) => [name, Buffer.from(text).toString('base64')] as const);
  await cluster.admin.patch('merge', cacertsPath, { data: Object.fromEntries([...gone, ...next]) });
  for (const { volumes } of cluster.replicaPods()) volumes.syncNow();
}
