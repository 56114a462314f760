import { assertNever } from '@reroot/shared/errors';
import type { ChaosFleet } from './chaos-fleet.ts';
import type { Client, Fault, FaultKind, NetworkTrouble } from './fault.ts';
import { missingMeans } from './machine-means.ts';

/** Faults that the fleet itself suffers; what operators do is elsewhere. */
export type Mishap = Exclude<Fault, { kind: 'act' | 'membership' }>;

/** Ends a fault. */
export type Ending = () => Promise<void>;

/**
 * Has a fault begin.
 * @param tell told what has come of it, where that is not clear from the fault
 * @returns what ends it; undefined where this machine cannot make it
 */
export async function strike(
  fleet: ChaosFleet,
  fault: Mishap,
  tell: (text: string) => void,
  signal: AbortSignal,
): Promise<Ending | undefined> {
  if (missingMeans(fleet.means).has(fault.kind satisfies FaultKind)) return undefined;
  switch (fault.kind) {
    case 'kill':
      return bringDown(fleet, [partOf(fleet, fault.part)]);
    case 'kill-at-write':
      return lieInWait(fleet, fault, tell);
    case 'pause':
      return pause(partOf(fleet, fault.part));
    case 'broker-pause':
      return pause(fleet.brokerNodes[fault.node]!);
    case 'broker-loss':
      return bringDown(
        fleet,
        fault.nodes.map((node) => fleet.brokerNodes[node]!),
      );
    case 'broker-partition':
      fleet.broker.partition(fault.node);
      return async () => fleet.broker.rejoin(fault.node);
    case 'network':
      fleet.broker.trouble(fault.client, fault.trouble);
      return async () => fleet.broker.heal(fault.client);
    case 'packets': {
      const network = fleet.networks?.get(fault.cluster);
      await network?.trouble(fault.trouble);
      return async () => network?.heal();
    }
    case 'cluster-way':
      return troubleWay(fleet, fault.cluster, fault.trouble);
    case 'store-way':
      return troubleWay(fleet, fault.mgmt, fault.trouble);
    case 'gate':
      fleet.gate.say(fault.answer);
      return async () => fleet.gate.say('pass');
    case 'disk-full':
      await fleet.setDisk('full');
      return () => fleet.setDisk('free');
    case 'fsync-error':
      await fleet.setFsync('fails');
      return () => fleet.setFsync('works');
    case 'clock-jump':
      await fleet.setClock(fault.part, fault.byMs);
      return () => fleet.setClock(fault.part, 0);
    case 'late-replica':
      await fleet.control.holdReplica(fault.cluster, fault.replica, signal);
      return () => fleet.control.releaseReplica(fault.cluster, fault.replica, signal);
    case 'restart':
      await restart(fleet, fault, signal);
      return async () => undefined;
    case 'upgrade':
      await fleet.setAgentRelease(fault.cluster, 'present');
      await partOf(fleet, fault.cluster).bringDown('stop');
      return () => partOf(fleet, fault.cluster).raise();
  }
  return assertNever(fault);
}

function partOf({ parts }: ChaosFleet, name: Parameters<ChaosFleet['parts']['get']>[0]) {
  const part = parts.get(name);
  if (part === undefined) throw new Error(`the fleet has no part ${name}`);
  return part;
}

async function bringDown(_fleet: ChaosFleet, victims: readonly ReturnType<typeof partOf>[]): Promise<() => Promise<void>> {
  await Promise.all(victims.map((victim) => victim.bringDown('kill')));
  return async () => {
    await Promise.all(victims.map((victim) => victim.raise()));
  };
}

function troubleWay({ ways }: ChaosFleet, of: Client, trouble: NetworkTrouble): Ending {
  const way = ways.get(of);
  if (way === undefined) throw new Error(`${of} has no such way`);
  way.trouble(trouble);
  return async () => way.heal();
}

/** What the port of a cluster is sent when an agent writes its Secret. */
const writing = '"method":"writeCaSecret"';

function lieInWait(
  fleet: ChaosFleet,
  { cluster, moment }: Extract<Fault, { kind: 'kill-at-write' }>,
  tell: (text: string) => void,
): Ending {
  const over = new AbortController();
  const way = fleet.ways.get(cluster);
  const part = partOf(fleet, cluster);
  const struck = (async () => {
    const met = await way?.lieInWait(writing, moment, over.signal);
    if (met === undefined) return 'in vain';
    await part.bringDown('kill');
    way?.heal();
    tell(`the agent of ${cluster} was killed as it wrote`);
    return 'killed';
  })();
  return async () => {
    over.abort();
    if ((await struck) === 'killed') await part.raise();
  };
}

function pause(part: ReturnType<typeof partOf>): Ending {
  part.pause();
  return async () => part.resume();
}

async function restart(
  fleet: ChaosFleet,
  { cluster, pod }: Extract<Fault, { kind: 'restart' }>,
  signal: AbortSignal,
): Promise<void> {
  const port = fleet.ports.get(cluster);
  if (pod.startsWith('istiod')) await port?.restartReplica(pod, signal);
  else {
    const workloads = (await port?.listWorkloads(signal)) ?? [];
    const owner = workloads.find(({ name }) => name === pod)?.owner;
    if (owner !== undefined) await port?.restartOwner(owner, signal);
  }
}
