import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '@reroot/shared/testing';
import { createRandom } from '@reroot/simulator/random';
import { startTcpRelay } from '../real/faults/tcp-relay.ts';
import type { Broker } from './broker.ts';
import { type Installation, type MgmtName, mgmtsOf } from './fault.ts';
import { kubeconfigFor, startStoreApiServer } from './store-api-server.ts';
import { startTroubledRelay, type TroubledRelay } from './troubled-relay.ts';

/** How the mgmts of an installation are reached, and how they reach what they have in common. */
export interface MgmtWays {
  readonly mgmts: ReadonlyMap<MgmtName, MgmtWay>;
  /** Where whichever of them answers that can. */
  readonly frontPort: number;
  /** From now on nobody is sent to one that cannot answer, as by a readiness probe. */
  follow(canAnswer: (mgmt: MgmtName) => boolean): void;
  /** Writes the configuration of each, from that of one. */
  writeFiles(dir: string, broker: Broker): Promise<void>;
  stop(): Promise<void>;
}

/** Of one of them. */
export interface MgmtWay {
  readonly apiPort: number;
  /** Where its store is behind an API server. */
  readonly toStore: TroubledRelay | undefined;
}

/** So short that leadership changes hands within a run, and so long that a busy machine does not lose it all the time. */
const lease = { durationMs: 5_000, renewWithinMs: 3_500, retryMs: 700 };

/** Starts what is between them and others, and the server that their store is behind if there are several. */
export async function startMgmtWays(installation: Installation, seed: number): Promise<MgmtWays> {
  const server = installation === 'replicated' ? await startStoreApiServer() : undefined;
  const mgmts = new Map<MgmtName, MgmtWay>();
  for (const mgmt of mgmtsOf[installation]) {
    const random = createRandom(`store-way/${seed}/${mgmt}`);
    const toStore = server === undefined ? undefined : await startTroubledRelay({ port: server.port }, random);
    mgmts.set(mgmt, { apiPort: await freePort(), toStore });
  }
  let canAnswer: (mgmt: MgmtName) => boolean = () => true;
  let asked = 0;
  const front = await startTcpRelay(() => {
    const open = [...mgmts].filter(([name]) => canAnswer(name)).map(([, { apiPort }]) => ({ host: '127.0.0.1', port: apiPort }));
    asked += 1;
    return asked % 2 === 0 ? open : open.toReversed();
  });
  return {
    mgmts,
    frontPort: front.port,
    follow: (next) => {
      canAnswer = next;
    },
    writeFiles: async (dir, broker) => {
      const common = JSON.parse(await readFile(join(dir, 'mgmt.json'), 'utf8')) as object;
      for (const [name, { apiPort, toStore }] of mgmts) {
        const own = { nats: broker.natsOf(name), api: { port: apiPort } };
        const shared = toStore === undefined ? {} : await shareStore(dir, name, toStore.port);
        await writeFile(join(dir, `${name}.json`), JSON.stringify({ ...common, ...own, ...shared }));
      }
    },
    stop: async () => {
      await front.stop();
      for (const { toStore } of mgmts.values()) await toStore?.stop();
      await server?.stop();
    },
  };
}

async function shareStore(dir: string, name: MgmtName, port: number): Promise<object> {
  const kubeconfigFile = join(dir, `${name}.kubeconfig.json`);
  await writeFile(kubeconfigFile, kubeconfigFor(port), { mode: 0o600 });
  return { store: { kind: 'kubernetes', namespace: 'reroot', kubeconfigFile }, replicas: { identity: name, lease } };
}
