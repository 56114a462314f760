import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { assertNever } from '@reroot/shared/errors';
import { type ClusterName, clusterNames, type PacketTrouble } from './fault.ts';

/** Addresses by which agents in networks of their own reach this one: the broker by one way, their clusters by another. */
export const outerAddresses = { broker: '10.77.0.1', cluster: '10.78.0.1' } as const;

/** The network of an agent: a namespace of its own, with a pair of virtual devices to the broker and one to its cluster. */
export interface AgentNetwork {
  /** What a command begins with to run there. */
  readonly enter: readonly string[];
  /** Packets to and from the broker suffer, until it is healed. */
  trouble(kind: PacketTrouble): Promise<void>;
  heal(): Promise<void>;
  /** The folder of the fleet can be removed after this. */
  remove(): Promise<void>;
}

const run = promisify(execFile);
const lostShare = 0.2;
/** A handshake of TLS takes some hundred milliseconds by this way, and the answers to a broker that talks much are lost. */
const narrow = ['rate', '64kbit', 'burst', '3kb', 'latency', '700ms'] as const;

/**
 * Gives each agent a network of its own; only where the network of this program is its own already.
 * @returns undefined where this machine cannot
 */
export async function setUpAgentNetworks(dir: string): Promise<ReadonlyMap<ClusterName, AgentNetwork> | undefined> {
  if (process.env['REROOT_CHAOS_NETWORK'] !== 'own') return undefined;
  const networks = new Map<ClusterName, AgentNetwork>();
  try {
    for (const address of Object.values(outerAddresses)) await run('ip', ['address', 'replace', `${address}/32`, 'dev', 'lo']);
    for (const [index, cluster] of clusterNames.entries())
      networks.set(cluster, await setUp(join(dir, `${cluster}.network`), index));
    // One that cannot be made to suffer is of no use.
    const [first] = networks.values();
    for (const kind of ['loss', 'narrow'] as const) await first?.trouble(kind);
    await first?.heal();
    return networks;
  } catch {
    for (const cluster of clusterNames) await run('umount', [join(dir, `${cluster}.network`)]).catch(() => undefined);
    return undefined;
  }
}

async function setUp(file: string, index: number): Promise<AgentNetwork> {
  await writeFile(file, '');
  await run('unshare', [`--net=${file}`, 'true']);
  const enter = ['nsenter', `--net=${file}`];
  const inside = async (command: string, ...args: readonly string[]): Promise<void> => {
    await run('nsenter', [`--net=${file}`, command, ...args]);
  };
  await inside('ip', 'link', 'set', 'lo', 'up');
  for (const [net, [way, outer]] of Object.entries(outerAddresses).entries()) {
    const device = `${way}-${index}`;
    const subnet = `10.${77 + net}.${index + 1}`;
    // That of the fleet before is gone by then, or is taken away here.
    await run('ip', ['link', 'delete', device]).catch(() => undefined);
    await run('ip', ['link', 'add', device, 'type', 'veth', 'peer', 'name', way, 'netns', file]);
    await run('ip', ['address', 'add', `${subnet}.1/30`, 'dev', device]);
    await run('ip', ['link', 'set', device, 'up']);
    await inside('ip', 'address', 'add', `${subnet}.2/30`, 'dev', way);
    await inside('ip', 'link', 'set', way, 'up');
    await inside('ip', 'route', 'add', `${outer}/32`, 'via', `${subnet}.1`);
  }
  const device = `broker-${index}`;
  const heal = async (): Promise<void> => {
    for (const place of ['clsact', 'root']) await run('tc', ['qdisc', 'delete', 'dev', device, place]).catch(() => undefined);
    await inside('tc', 'qdisc', 'delete', 'dev', 'broker', 'root').catch(() => undefined);
  };
  return {
    ...{ enter, heal },
    remove: async () => {
      await run('umount', [file]);
    },
    trouble: async (kind) => {
      await heal();
      if (kind === 'narrow') {
        await run('tc', ['qdisc', 'add', 'dev', device, 'root', 'tbf', ...narrow]);
        await inside('tc', 'qdisc', 'add', 'dev', 'broker', 'root', 'tbf', ...narrow);
        return;
      }
      await run('tc', ['qdisc', 'add', 'dev', device, 'clsact']);
      for (const way of waysOf(kind))
        await run('tc', ['filter', 'add', 'dev', device, way, 'bpf', 'bytecode', programOf(kind), 'direct-action']);
    },
  };
}

/** As the broker's side sees it: what goes out is what the agent hears. */
function waysOf(kind: Exclude<PacketTrouble, 'narrow'>): readonly ('egress' | 'ingress')[] {
  switch (kind) {
    case 'loss':
    case 'dark':
      return ['egress', 'ingress'];
    case 'deaf':
      return ['egress'];
    case 'mute':
      return ['ingress'];
  }
  return assertNever(kind);
}

/**
 * A filter in classic BPF, which every kernel has that can filter at all: `sch_netem` is missing from many. It drops a packet (2) or lets it
 * pass (0); a load at -4096 + 56 is a random number (Documentation/networking/filter.rst).
 */
function programOf(kind: Exclude<PacketTrouble, 'narrow'>): string {
  if (kind !== 'loss') return '1,6 0 0 2';
  const random = 2 ** 32 - 4_096 + 56;
  return `4,32 0 0 ${random},53 0 1 ${Math.floor(lostShare * 2 ** 32)},6 0 0 0,6 0 0 2`;
}
