import { assertNever } from '@reroot/shared/errors';
import type { ChaosFleet } from './chaos-fleet.ts';
import type { Fault, FaultKind } from './fault.ts';
import { missingMeans } from './machine-means.ts';

/** Faults that the fleet itself suffers; what operators do is elsewhere. */
export type Mishap = Exclude<Fault, { kind: 'act' }>;

/** Has a fault begin. @returns what ends it; undefined where this machine cannot make it */
export async function strike(fleet: ChaosFleet, fault: Mishap, signal: AbortSignal): Promise<(() => Promise<void>) | undefined> {
  if (missingMeans(fleet.means).has(fault.kind satisfies FaultKind)) return undefined;
  switch (fault.kind) {
    case 'kill':
      return bringDown(fleet, [partOf(fleet, fault.part)]);
    case 'pause':
      return pause(fleet, fault.part);
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

function pause(fleet: ChaosFleet, name: Parameters<typeof partOf>[1]): () => Promise<void> {
  const part = partOf(fleet, name);
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
