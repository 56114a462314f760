import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { RerootError } from '@reroot/shared/errors';

/**
 * A stand-in for the network of one cluster: a block 127.x.0.0/16 of the loopback interface, all of which can be bound on
 * Linux. Every pod gets an address of its own, so that programs keep the ports that they have in a cluster.
 */
export interface ClusterNetwork {
  readonly etcd: string;
  readonly apiServer: string;
  readonly node: string;
  /** Where workloads find any istiod, as the address of a Service. */
  readonly istiodService: string;
  /** The same for their certificate requests, so that a test can send those elsewhere. */
  readonly certificateService: string;
  /** An address that no pod had before. */
  nextPodAddress(): string;
  /** Lets the block go. */
  release(): void;
}

/** Held for as long as the block is: two labs on one machine must not share one. */
const lockPort = 10_249;
const firstBlock = 16;
const lastBlock = 250;

/**
 * Takes a free block.
 * @param random in [0, 1)
 */
export async function claimNetwork(random: () => number): Promise<ClusterNetwork> {
  const count = lastBlock - firstBlock + 1;
  const start = Math.floor(random() * count);
  for (let offset = 0; offset < count; offset += 1) {
    const prefix = `127.${firstBlock + ((start + offset) % count)}`;
    const lock = await tryListen(`${prefix}.0.1`);
    if (lock !== undefined) return createNetwork(prefix, lock);
  }
  throw new RerootError('RR_INTERNAL', 'every block of loopback addresses is taken');
}

async function tryListen(address: string): Promise<Server | undefined> {
  const server = createServer((socket) => socket.destroy());
  try {
    server.listen(lockPort, address).unref();
    await once(server, 'listening');
    return server;
  } catch {
    return undefined;
  }
}

function createNetwork(prefix: string, lock: Server): ClusterNetwork {
  let pods = 0;
  return {
    etcd: `${prefix}.0.2`,
    apiServer: `${prefix}.0.3`,
    node: `${prefix}.0.4`,
    istiodService: `${prefix}.0.5`,
    certificateService: `${prefix}.0.6`,
    nextPodAddress: () => {
      const index = pods++;
      return `${prefix}.${1 + Math.floor(index / 250)}.${1 + (index % 250)}`;
    },
    release: () => {
      lock.close();
    },
  };
}
