import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '@reroot/shared/testing';
import { natsPlan, type ProcessPlan } from '@reroot/simulator/processes';
import { createRandom } from '@reroot/simulator/random';
import { repository } from '../architecture/sources.ts';
import { type BrokerNode, brokerNodes, type Client, clients, type MgmtName, type NetworkTrouble } from './fault.ts';
import { startTroubledRelay, type TroubledRelay } from './troubled-relay.ts';

/** Three servers as `reroot nats init` sets them up, with a relay on each way to them and between them. */
export interface Broker {
  /** One for each server. */
  readonly plans: readonly ProcessPlan[];
  /** The servers as somebody reaches them: by way of relays of their own. */
  serversOf(client: Client): readonly string[];
  /** `nats` of the configuration of a mgmt. */
  natsOf(mgmt: MgmtName): Readonly<Record<string, unknown>>;
  trouble(client: Client, kind: NetworkTrouble): void;
  heal(client: Client): void;
  /** Cuts a server off from the others. */
  partition(node: BrokerNode): void;
  /** Nobody is cut off any more. */
  rejoin(node: BrokerNode): void;
  stop(): Promise<void>;
}

/** The port on which servers meet is by so much higher than the one for clients. */
const routeOffset = 2_000;

/**
 * Writes keys and configuration into a folder; starts the relays, and no server yet.
 * @param host an address of this machine, at which everybody reaches the broker
 */
export async function setUpBroker(dir: string, seed: number, host: string): Promise<Broker> {
  const ports = await Promise.all(brokerNodes.map(() => freePort()));
  const out = join(dir, 'nats');
  const hosts = ports.flatMap((port) => ['--host', `${host}:${port}`]);
  const cli = join(repository, 'packages/cli/src/main.js');
  const init = ['nats', 'init', '--out', out, ...hosts, '-o', 'json'];
  const { stdout } = await promisify(execFile)(process.execPath, [cli, ...init]);
  const { account } = JSON.parse(stdout) as { readonly account: string };
  const random = createRandom(`relays/${seed}`);
  const ways = new Map<Client, readonly TroubledRelay[]>();
  for (const client of clients)
    ways.set(
      client,
      await Promise.all(ports.map((port) => startTroubledRelay({ port, host }, random.fork(`${client}/${port}`)))),
    );
  const routes = await startRoutes(ports, host);
  const at = (name: string): string => join(out, name);
  const serverDirs = ports.map((port) => join(out, 'servers', `${host}-${port}`));
  for (const node of brokerNodes) await rewriteRoutes(join(serverDirs[node]!, 'nats-server.conf'), { ports, host }, routes, node);
  const serversOf = (client: Client): readonly string[] => (ways.get(client) ?? []).map(({ port }) => `tls://${host}:${port}`);
  const touching = (node: BrokerNode): readonly TroubledRelay[] =>
    routes.filter(({ from, to }) => from === node || to === node).map(({ relay }) => relay);
  return {
    plans: serverDirs.map((serverDir, node) => {
      const name = `nats-${node}`;
      return { ...natsPlan(dir, serverDir), name, logFile: join(dir, `${name}.log`) };
    }),
    serversOf,
    natsOf: (mgmt) => ({
      servers: serversOf(mgmt),
      caFile: at('ca.crt'),
      credentialsFile: at('mgmt.creds'),
      users: { account, signingKeyFile: at('account-signing.seed') },
    }),
    trouble: (client, kind) => {
      for (const way of ways.get(client) ?? []) way.trouble(kind);
    },
    heal: (client) => {
      for (const way of ways.get(client) ?? []) way.heal();
    },
    partition: (node) => {
      for (const route of touching(node)) route.trouble('cut');
    },
    rejoin: (node) => {
      for (const route of touching(node)) route.heal();
    },
    stop: async () => {
      const relays = [...[...ways.values()].flat(), ...routes.map(({ relay }) => relay)];
      await Promise.all(relays.map((relay) => relay.stop()));
    },
  };
}

interface Route {
  readonly from: number;
  readonly to: number;
  readonly relay: TroubledRelay;
}

function startRoutes(ports: readonly number[], host: string): Promise<readonly Route[]> {
  const pairs = brokerNodes.flatMap((from) => brokerNodes.filter((to) => to !== from).map((to) => ({ from, to })));
  return Promise.all(
    pairs.map(async ({ from, to }) => {
      const relay = await startTroubledRelay({ port: ports[to]! + routeOffset, host }, createRandom(`${from}-${to}`));
      return { from, to, relay };
    }),
  );
}

/**
 * Servers find one another by the relays alone: where one tells the others to find it, nobody listens.
 */
async function rewriteRoutes(
  file: string,
  { ports, host }: { readonly ports: readonly number[]; readonly host: string },
  routes: readonly Route[],
  node: number,
): Promise<void> {
  let text = await readFile(file, 'utf8');
  for (const { from, to, relay } of routes) {
    if (from === node) text = text.replace(`"tls://${host}:${ports[to]! + routeOffset}"`, `"tls://${host}:${relay.port}"`);
  }
  const nowhere = await freePort();
  text = text.replace(/advertise: "[\d.]+:\d+"\n {2}tls/, `advertise: "${host}:${nowhere}"\n  tls`);
  await writeFile(file, text);
}
