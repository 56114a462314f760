import { randomBytes } from 'node:crypto';
import { systemClock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import { composeBundle, sha256Hex } from '@reroot/shared/pki';
import { waitFor } from '@reroot/shared/testing';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { observe } from '../evidence/observed.ts';
import { probeReplica } from '../evidence/probe-replica.ts';
import { type Ca, createCa, makeContent, signCrlOfSigner } from '../testing/ca.ts';
import type { AcceptedTrust, CaSecret, CaSecretContent, Cluster, Owner, ProxyReading, Workload } from './cluster.ts';
import { type ClusterEvent, maxNoteBytes } from './cluster-event.ts';

/**
 * A cluster to run the contract against: no cacerts Secret yet, at least one replica, one namespace, and one workload that
 * has an owner and can be read. The replicas may have a CA already.
 */
export interface ContractSubject {
  readonly cluster: Cluster;
  readonly dispose: () => Promise<void>;
  /** The events of that id, as whoever looks at the cluster finds them. */
  readonly eventsOf: (id: string) => Promise<readonly RecordedEvent[]>;
  /**
   * How long the cluster may take to bring a written Secret to its workloads, or to restart something. The tests of a slow
   * cluster need a timeout of their own, some times as long.
   */
  readonly patienceMs?: number;
}

/** What is found of an event. */
export type RecordedEvent = Pick<ClusterEvent, 'severity' | 'reason' | 'note' | 'count' | 'firstAtMs' | 'lastAtMs'>;

const defaultPatienceMs = 12_000;

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
      await renewForeign();
      return secret;
    };
    /** A replica that has a CA already takes no unrelated one until it is restarted. */
    const renewForeign = async (): Promise<void> => {
      const { cluster } = subject;
      const replicas = await cluster.listReplicas(signal);
      const bundles = await provenBundles();
      const foreign = replicas.filter(
        (_, index) => bundles[index] !== undefined && bundles[index] !== sha256Hex(content.rootCert),
      );
      for (const { name: replica } of foreign) await cluster.restartReplica(replica, signal);
      if (foreign.length > 0) await loaded(content.rootCert);
    };
    const eventually = async (what: string, check: () => Promise<boolean>): Promise<void> => {
      const timeoutMs = subject.patienceMs ?? defaultPatienceMs;
      await waitFor(async () => ((await check()) ? true : undefined), { timeoutMs, what });
    };
    const loaded = async (rootCert: string): Promise<void> => {
      const bundle = sha256Hex(rootCert);
      await eventually('every replica has loaded', async () => (await provenBundles()).every((proven) => proven === bundle));
    };
    /** So that what is started now is seen to start later, even where times are cut to whole seconds. */
    const laterThan = async (startsMs: readonly number[]): Promise<number> => {
      const latest = Math.max(...startsMs);
      await eventually('another second', async () => systemClock.now() > latest + 1_000);
      return latest;
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

    it('has no cacerts Secret before one is written', async () => {
      expect((await subject.cluster.readCaSecret(signal))?.source).not.toBe('cacerts');
    });

    it('gives back every byte that was written and every annotation, as ours', async () => {
      const written = await install();
      const { version } = written;
      expect(written).toEqual({ ...content, source: 'cacerts', version, owner: 'reroot', editedBy: [], staleCopies: [] });
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

    it('keeps the moment of the proof in the annotations, and lets it go', async () => {
      const first = await install();
      expect(first.annotations).not.toHaveProperty('provenAtMs');
      const marked = { ...content, annotations: { ...content.annotations, provenAtMs: 1_790_000_000_123 } };
      const second = await subject.cluster.writeCaSecret(marked, first.version, signal);
      expect(second.annotations).toEqual(marked.annotations);
      expect(await subject.cluster.readCaSecret(signal)).toEqual(second);
      const third = await subject.cluster.writeCaSecret(content, second.version, signal);
      expect(third.annotations).not.toHaveProperty('provenAtMs');
    });

    it('keeps the revocation lists that are written, byte for byte, and lets them go', async () => {
      const first = await install();
      expect(first).not.toHaveProperty('crl');
      const [ofRoot, ofSigner] = [await ca.signCrl(), await signCrlOfSigner(content, systemClock.now())];
      const crl = `# ü\r\n${ofRoot.pem}${ofSigner.pem}`;
      const second = await subject.cluster.writeCaSecret({ ...content, crl }, first.version, signal);
      expect(second).toMatchObject({ crl, owner: 'reroot', editedBy: [] });
      expect(await subject.cluster.readCaSecret(signal)).toEqual(second);
      await subject.cluster.refreshVolumes(signal);
      await loaded(content.rootCert);
      const third = await subject.cluster.writeCaSecret(content, second.version, signal);
      expect(third).not.toHaveProperty('crl');
      expect(await subject.cluster.readCaSecret(signal)).toEqual(third);
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
      await loaded(content.rootCert);
    });

    it('brings a bundle that has grown to every replica', async () => {
      const first = await install();
      await eventually('every replica answers', async () => !(await provenBundles()).includes(undefined));
      const second = await createCa('contract root 2', systemClock.now());
      const rootCert = composeBundle(content.rootCert, [ca.certificate, second.certificate]);
      await subject.cluster.writeCaSecret({ ...content, rootCert }, first.version, signal);
      await subject.cluster.refreshVolumes(signal);
      await loaded(rootCert);
    });

    it('cannot reach a replica that does not exist', async () => {
      expect(await codeOf(probeReplica(subject.cluster, 'no-such-replica', signal))).toBe('RR_REPLICA_UNREACHABLE');
    });

    it('has as many replicas after a restart, one of them started no earlier than it was asked for', async () => {
      await install();
      const before = await subject.cluster.listReplicas(signal);
      let askedAtMs = 0;
      // A cluster may refuse while a replica is not ready: the agent asks again then, and so does this.
      await eventually('the restart is asked for', async () => {
        askedAtMs = systemClock.now();
        const code = await codeOf(subject.cluster.restartReplica(before[0]!.name, signal));
        expect(['resolved', 'RR_ROLLOUT_UNHEALTHY']).toContain(code);
        return code === 'resolved';
      });
      await eventually('a replica has started anew', async () => {
        const after = await subject.cluster.listReplicas(signal);
        return after.length === before.length && after.some(({ startedAtMs }) => startedAtMs >= askedAtMs);
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
        const readings = (await subject.cluster.listWorkloads(signal)).map(({ reading }) => reading).filter(isRead);
        return (
          readings.length > 0 &&
          readings.every(({ certChain, rootCert }) => certChain.includes(content.caCert) && trusts(rootCert))
        );
      });
    });

    it('says of every workload what it is, since when it runs, how it learns, and who owns it', async () => {
      await install();
      const workloads = await subject.cluster.listWorkloads(signal);
      expect(workloads.length).toBeGreaterThan(0);
      for (const { role, startedAtMs, learns, leafLifetimeMs, owner } of workloads) {
        expect(['sidecar', 'gateway', 'waypoint', 'ztunnel']).toContain(role);
        expect(['pushed', 'renewed']).toContain(learns);
        expect(startedAtMs).toBeGreaterThan(0);
        expect(startedAtMs).toBeLessThanOrEqual(systemClock.now());
        expect(leafLifetimeMs).toBeGreaterThan(0);
        if (owner !== undefined) expect(['Deployment', 'StatefulSet', 'DaemonSet']).toContain(owner.kind);
      }
    });

    it('says how the rollouts of owners stand, in the order asked for, and leaves out those that do not exist', async () => {
      await install();
      const owners = ownersOf(await subject.cluster.listWorkloads(signal)).toReversed();
      const nobody: Owner = { kind: 'Deployment', namespace: owners[0]!.namespace, name: 'no-such-owner' };
      await eventually('every rollout is steady', async () => {
        const rollouts = await subject.cluster.listRollouts([nobody, ...owners], signal);
        expect(rollouts.map(({ owner }) => owner)).toEqual(owners);
        return rollouts.every(({ state }) => state === 'steady');
      });
    });

    it('has as many workloads of an owner after its restart, all of them started later', async () => {
      await install();
      const [owner] = ownersOf(await subject.cluster.listWorkloads(signal));
      const startsOf = async (): Promise<readonly number[]> =>
        (await subject.cluster.listWorkloads(signal))
          .filter((workload) => JSON.stringify(workload.owner) === JSON.stringify(owner))
          .map(({ startedAtMs }) => startedAtMs);
      const before = await startsOf();
      const latest = await laterThan(before);
      await subject.cluster.restartOwner(owner!, signal);
      await eventually('every workload of the owner has started anew', async () => {
        const after = await startsOf();
        return after.length === before.length && after.every((startedAtMs) => startedAtMs > latest);
      });
    });

    describe('an event', () => {
      const newEvent = (changes: Partial<ClusterEvent> = {}): ClusterEvent => {
        const nowMs = systemClock.now();
        const id = randomBytes(10).toString('hex');
        const told = { severity: 'normal', reason: 'TrustWritten', action: 'WriteTrust', note: 'generation 1' } as const;
        return { id, ...told, count: 1, firstAtMs: nowMs, lastAtMs: nowMs, ...changes };
      };
      const found = ({ severity, reason, note, count, firstAtMs, lastAtMs }: ClusterEvent): RecordedEvent => {
        return { severity, reason, note, count, firstAtMs, lastAtMs };
      };

      it('is found as it was told, before there is a Secret and after', async () => {
        const before = newEvent();
        await subject.cluster.recordEvent(before, signal);
        await install();
        const after = newEvent({ severity: 'warning', note: 'ü'.repeat(maxNoteBytes / 2) });
        await subject.cluster.recordEvent(after, signal);
        expect(await subject.eventsOf(before.id)).toMatchObject([found(before)]);
        expect(await subject.eventsOf(after.id)).toMatchObject([found(after)]);
      });

      it('is one that counts when it is told again', async () => {
        const event = newEvent();
        const again = (count: number) => ({ ...event, count, lastAtMs: event.firstAtMs + count * 60_000 });
        for (const each of [event, again(2), again(7)]) await subject.cluster.recordEvent(each, signal);
        expect(await subject.eventsOf(event.id)).toMatchObject([found(again(7))]);
      });

      it('is found with its count although the cluster knows nothing of the earlier ones', async () => {
        const event = newEvent({ count: 5, firstAtMs: systemClock.now() - 7_200_000 });
        await subject.cluster.recordEvent(event, signal);
        expect(await subject.eventsOf(event.id)).toMatchObject([found(event)]);
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
      expect((await cluster.readCaSecret(signal))?.source).not.toBe('cacerts');
    });

    const trusts = (bundle: string): boolean => {
      const { roots } = observe(bundle);
      return roots.length === 1 && roots[0]?.fingerprint === ca.certificate.fingerprint;
    };
  });
}

function isRead(reading: ProxyReading): reading is Extract<ProxyReading, { kind: 'read' }> {
  return reading.kind === 'read';
}

/** Each once. */
function ownersOf(workloads: readonly Workload[]): readonly Owner[] {
  const owners = workloads.flatMap(({ owner }) => (owner === undefined ? [] : [owner]));
  return [...new Map(owners.map((owner) => [JSON.stringify(owner), owner])).values()];
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'resolved';
  } catch (error) {
    return error instanceof RerootError ? error.code : String(error);
  }
}
