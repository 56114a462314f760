import { readFile } from 'node:fs/promises';
import { systemClock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import { identityFromPem, inboxPrefix } from '@reroot/shared/protocol';
import {
  formerNatsConfig,
  formerProtocolVersion,
  type NatsServer,
  speakFormerVersion,
  startNatsServer,
} from '@reroot/shared/testing';
import { type Bus, connectBus } from '@reroot/shared/transport';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Mgmt } from './app.ts';
import { apply, clientOf, type Installation, makeInstallation, reach, rotate, settle, signal } from './testing/installation.ts';
import { startScriptedAgent } from './testing/scripted-agent.ts';

const clusters = ['east', 'west'];

let installation: Installation;
let stops: (() => unknown)[];
beforeEach(async () => {
  installation = await makeInstallation();
  stops = [];
});
afterEach(async () => {
  for (const stop of stops.toReversed()) await stop();
  await installation.dispose();
});

/** Agents that know nothing of tasks. */
async function startFormerAgents(busOf: (cluster: string) => Promise<Bus>): Promise<void> {
  const { privateKeyFile } = installation.config().identity;
  const mgmtPublicKey = identityFromPem(await readFile(privateKeyFile, 'utf8')).publicKeyPem;
  for (const cluster of clusters) {
    const identity = installation.identity(cluster);
    const agent = startScriptedAgent({
      ...{ bus: speakFormerVersion(await busOf(cluster)), mesh: 'demo', cluster, identity, mgmtPublicKey, clock: systemClock },
      protocol: formerProtocolVersion,
    });
    stops.push(() => agent.stop());
  }
}

/** Rotates the mesh once, from its first root to a second one. */
async function expectRotation(mgmt: Mgmt): Promise<void> {
  await apply(mgmt, { clusters });
  await settle(mgmt);
  const { rotation } = await rotate(mgmt);
  const finished = await reach(mgmt, 'the rotation finishes', ({ state }) => state === 'FINISHED');
  expect(finished.clusters.map(({ presence, roots }) => [presence, roots])).toEqual(
    clusters.map(() => ['reporting', [rotation?.newRoot]]),
  );
}

describe('agents of the version before', () => {
  it('are led through a rotation by this mgmt, although they hear no tasks, and nobody is alarmed', async () => {
    const mgmt = await installation.start();
    await startFormerAgents(async () => installation.bus);
    await expectRotation(mgmt);
    const accounts = (await clientOf(mgmt).listClusters(signal)).clusters.filter(({ name }) => clusters.includes(name));
    expect(accounts.map(({ link, refusedByMgmt }) => [link?.protocol, refusedByMgmt])).toEqual(
      clusters.map(() => [formerProtocolVersion, {}]),
    );
    const { alarms } = await clientOf(mgmt).readMesh('demo', signal);
    expect(alarms.filter(({ reason }) => reason === 'VersionSkew')).toEqual([]);
  });

  it('are led through it too where NATS allows what the version before needed, and nothing more', async () => {
    const configFile = await installation.writeSecret('nats.json', formerNatsConfig('demo'));
    const nats = await startNatsServer({ configFile });
    stops.push(() => nats.stop());
    const config = installation.config({ nats: { servers: [urlOf(nats, 'mgmt')] } });
    const mgmt = await installation.start({ config });
    stops.push(() => mgmt.stop());
    await startFormerAgents(async (cluster) => {
      const inbox = { inboxPrefix: inboxPrefix('demo', cluster) };
      const bus = await connectBus({ servers: [urlOf(nats, 'agent')], name: cluster, log: silentLog, ...inbox });
      stops.push(() => bus.close());
      return bus;
    });
    await expectRotation(mgmt);
  });
});

function urlOf({ port }: NatsServer, user: 'mgmt' | 'agent'): string {
  return `nats://${user}:${user}@127.0.0.1:${port}`;
}
