import { systemClock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import { composeBundle, sha256Hex } from '@reroot/shared/pki';
import { waitFor } from '@reroot/shared/testing';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { observe } from '../evidence/observed.ts';
import { probeReplica } from '../evidence/probe-replica.ts';
import { type Ca, createCa, makeContent } from '../testing/ca.ts';
import type { AcceptedTrust, CaSecret, CaSecretContent, Cluster } from './cluster.ts';

/** A cluster to run the contract against: no cacerts Secret yet, at least one replica, one namespace and one workload. */
export interface ContractSubject {
  readonly cluster: Cluster;
  readonly dispose: () => Promise<void>;
}

/** How long a cluster may take to bring a written Secret to its workloads. */
const patienceMs = 12_000;

/** What every implementation of the port must do; to be called at the top of a test file. */
export function describeClusterContract(name: string, makeCluster: () => Promise<ContractSubject>): void {
  describe(`${name}, as a cluster`, () => {
    let subject: ContractSubject;
    let ca: Ca;
    let content: CaSecretContent;
    const signal = new AbortController().signal;

    beforeAll(async () => {
      ca = await createCa('contract root', systemClock.now());
      content = await makeContent([ca], ca);
    });
    beforeEach(async () => {
      subject = await makeCluster();
    });
    afterEach(async () => {
      await subject.dispose();
    });

    /** The same files under another pair. */
    const accepted = (pair: AcceptedTrust): CaSecretContent => {
      const { annotations } = content;
      return { ...content, annotations: { ...annotations, accepted: { ...annotations.accepted, ...pair } } };
    };
    const install = async (): Promise<CaSecret> => {
      const secret = await subject.cluster.writeCaSecret(content, undefined, signal);
      await subject.cluster.refreshVolumes(signal);
      return secret;
    };
    const eventually = async (what: string, check: () => Promise<boolean>): Promise<void> => {
      await waitFor(async () => ((await check()) ? true : undefined), { timeoutMs: patienceMs, what });
    };
    const provenBundles = async (): Promise<(string | undefined)[]> => {
      const replicas = await subject.cluster.listReplicas(signal);
      const probes = replicas.map(({ name: replica }) => probeReplica(subject.cluster, replica, signal));
      return (await Promise.allSettled(probes)).map((probe) =>
        probe.status === 'fulfilled' ? probe.value.bundleSha256 : undefined,
      );
    };

    it('keeps its identifier', async () => {
      const uid = await subject.cluster.readUid(signal);
      expect(uid).not.toBe('');
      expect(await subject.cluster.readUid(signal)).toBe(uid);
    });

    it('has no Secret before one is written', async () => {
      expect(await subject.cluster.readCaSecret(signal)).toBeUndefined();
    });

    it('gives back every byte that was written and every annotation, as ours', async () => {
      const written = await install();
      expect(written).toEqual({ ...content, version: written.version, owner: 'reroot' });
      expect(await subject.cluster.readCaSecret(signal)).toEqual(written);
    });

    it('keeps the former bundle in the annotations, byte for byte, and lets it go', async () => {
      const first = await install();
      expect(first.annotations).not.toHaveProperty('formerRootCert');
      const formerRootCert = `# ü\r\n${content.rootCert.trimEnd()}`;
      const remembering = { ...content, annotations: { ...content.annotations, formerRootCert } };
      const second = await subject.cluster.writeCaSecret(remembering, first.version, signal);
      expect(second.annotations).toEqual(remembering.annotations);
      expect(await subject.cluster.readCaSecret(signal)).toEqual(second);
      const third = await subject.cluster.writeCaSecret(content, second.version, signal);
      expect(third.annotations).not.toHaveProperty('formerRootCert');
    });

    it('gives the Secret a new version with each write', async () => {
      const first = await install();
      const second = await subject.cluster.writeCaSecret(accepted({ term: 2, generation: 7 }), first.version, signal);
      expect(second.version).not.toBe(first.version);
      expect(second.annotations?.accepted).toMatchObject({ term: 2, generation: 7 });
    });

    it('writes nothing over a Secret that has changed since it was read', async () => {
      const first = await install();
      const second = await subject.cluster.writeCaSecret(accepted({ term: 2, generation: 2 }), first.version, signal);
      for (const expected of [first.version, undefined]) {
        const late = subject.cluster.writeCaSecret(accepted({ term: 3, generation: 3 }), expected, signal);
        expect(await codeOf(late)).toBe('RR_CLUSTER_CONFLICT');
      }
      expect(await subject.cluster.readCaSecret(signal)).toEqual(second);
    });

    it('lists its replicas in a stable order', async () => {
      const replicas = await subject.cluster.listReplicas(signal);
      expect(replicas.length).toBeGreaterThan(0);
      expect(await subject.cluster.listReplicas(signal)).toEqual(replicas);
    });

    it('lets every replica sign with the written CA and hand out the written bytes', async () => {
      await install();
      const bundle = sha256Hex(content.rootCert);
      await eventually('every replica has loaded', async () => (await provenBundles()).every((proven) => proven === bundle));
    });

    it('brings a bundle that has grown to every replica', async () => {
      const first = await install();
      await eventually('every replica answers', async () => !(await provenBundles()).includes(undefined));
      const second = await createCa('contract root 2', systemClock.now());
      const rootCert = composeBundle(content.rootCert, [ca.certificate, second.certificate]);
      await subject.cluster.writeCaSecret({ ...content, rootCert }, first.version, signal);
      await subject.cluster.refreshVolumes(signal);
      const bundle = sha256Hex(rootCert);
      await eventually('every replica has loaded', async () => (await provenBundles()).every((proven) => proven === bundle));
    });

    it('cannot reach a replica that does not exist', async () => {
      expect(await codeOf(probeReplica(subject.cluster, 'no-such-replica', signal))).toBe('RR_REPLICA_UNREACHABLE');
    });

    it('has as many replicas after a restart, one of them started later', async () => {
      await install();
      const before = await subject.cluster.listReplicas(signal);
      const latest = Math.max(...before.map(({ startedAtMs }) => startedAtMs));
      await subject.cluster.restartReplica(before[0]!.name, signal);
      await eventually('a replica has started anew', async () => {
        const after = await subject.cluster.listReplicas(signal);
        return after.length === before.length && after.some(({ startedAtMs }) => startedAtMs > latest);
      });
    });

    it('publishes the bundle in every namespace', async () => {
      await install();
      await eventually('every namespace holds the bundle', async () => {
        const namespaces = await subject.cluster.listNamespaceTrust(signal);
        return namespaces.length > 0 && namespaces.every(({ rootCert }) => rootCert === content.rootCert);
      });
    });

    it('gives every workload a leaf of the written CA and its roots', async () => {
      await install();
      await eventually('every workload holds them', async () => {
        const workloads = await subject.cluster.listWorkloads(signal);
        return (
          workloads.length > 0 &&
          workloads.every(({ certChain, rootCert }) => certChain.includes(content.caCert) && trusts(rootCert))
        );
      });
    });

    it('calls the watcher after a write, and ends the watch with the signal', async () => {
      const ended = new AbortController();
      let calls = 0;
      const watching = subject.cluster.watch(() => {
        calls += 1;
      }, ended.signal);
      await install();
      await eventually('the watcher is called', async () => calls > 0);
      ended.abort();
      await watching;
    });

    it('rejects with the reason of a signal that has aborted', async () => {
      const reason = new Error('enough');
      const { cluster } = subject;
      const aborted = AbortSignal.abort(reason);
      await expect(cluster.readUid(aborted)).rejects.toBe(reason);
      await expect(cluster.readCaSecret(aborted)).rejects.toBe(reason);
      await expect(cluster.writeCaSecret(content, undefined, aborted)).rejects.toBe(reason);
      await expect(cluster.listWorkloads(aborted)).rejects.toBe(reason);
      expect(await cluster.readCaSecret(signal)).toBeUndefined();
    });

    const trusts = (bundle: string): boolean => {
      const { roots } = observe(bundle);
      return roots.length === 1 && roots[0]?.fingerprint === ca.certificate.fingerprint;
    };
  });
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'resolved';
  } catch (error) {
    return error instanceof RerootError ? error.code : String(error);
  }
}
