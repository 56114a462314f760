import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@reroot/shared/clock';
import { type Log, silentLog } from '@reroot/shared/log';
import { generateIdentity, inboxPrefix, type Report, subjects } from '@reroot/shared/protocol';
import {
  formerNatsConfig,
  formerProtocolVersion,
  type NatsServer,
  speakFormerVersion,
  startNatsServer,
  waitFor,
} from '@reroot/shared/testing';
import { connectBus } from '@reroot/shared/transport';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runAgent } from './agent.ts';
import { createMemoryCluster } from './cluster/memory-cluster.ts';
import { agentConfigSchema } from './config.ts';
import { createConfiguredMembership } from './link/configured-membership.ts';
import { rigCluster as cluster, quick, trustOf } from './testing/agent-rig.ts';
import { type Ca, createCa } from './testing/ca.ts';
import { createMgmtSide, type MgmtSide } from './testing/mgmt-side.ts';

const mesh = 'demo';
const pair = { term: 1, generation: 1 };
const timeoutMs = 10_000;

let ca: Ca;
let stops: (() => unknown)[];
beforeEach(async () => {
  ca = await createCa('root A', systemClock.now());
  stops = [];
});
afterEach(async () => {
  for (const stop of stops.toReversed()) await stop();
});

/** A server with the permissions of the version before. */
async function startFormerNats(): Promise<NatsServer> {
  const dir = await mkdtemp(join(tmpdir(), 'reroot-former-'));
  stops.push(() => rm(dir, { recursive: true }));
  const configFile = join(dir, 'nats.json');
  await writeFile(configFile, formerNatsConfig(mesh));
  const server = await startNatsServer({ configFile });
  stops.push(() => server.stop());
  return server;
}

/** An agent of this version, an mgmt of the version before, and what the agent's log warned of. */
async function start(server: NatsServer): Promise<{ mgmt: MgmtSide; warnings: object[] }> {
  const connect = async (user: 'mgmt' | 'agent', options: { inboxPrefix?: string; log: Log }) => {
    const bus = await connectBus({ servers: [`nats://${user}:${user}@127.0.0.1:${server.port}`], name: user, ...options });
    stops.push(() => bus.close());
    return bus;
  };
  const warnings: object[] = [];
  const log: Log = { ...silentLog, warn: (fields, msg) => warnings.push({ ...fields, msg }) };
  const { identity } = generateIdentity();
  const mgmtBus = speakFormerVersion(await connect('mgmt', { log: silentLog }));
  const mgmt = createMgmtSide({ bus: mgmtBus, mesh, cluster, agentPublicKey: identity.publicKeyPem, cas: [ca] });
  stops.push(() => mgmt.stop());
  await mgmtBus.flush();
  const mgmtPublicKeys = [mgmt.publicKeyPem];
  const config = agentConfigSchema.parse({
    ...{ mesh, cluster, nats: { servers: [server.url] }, identity: { privateKeyFile: 'unused.key' } },
    ...{ mgmt: { publicKeys: mgmtPublicKeys }, timings: quick },
  });
  const stopping = new AbortController();
  const running = runAgent({
    config,
    cluster: createMemoryCluster({ name: cluster, replicas: 1, namespaces: ['default'], workloads: 1, now: systemClock.now }),
    bus: await connect('agent', { inboxPrefix: inboxPrefix(mesh, cluster), log }),
    membership: createConfiguredMembership({ mesh, cluster, identity, mgmtPublicKeys }),
    ...{ clock: systemClock, random: () => 0, log, signal: stopping.signal },
  });
  stops.push(async () => {
    stopping.abort();
    await running;
  });
  return { mgmt, warnings };
}

/** Tells the cluster its first root, and waits for a report that says so. */
async function tellAndWait({ mgmt }: { mgmt: MgmtSide }, what: string, holds: (report: Report) => boolean): Promise<Report> {
  await waitFor(() => mgmt.reports.length > 0, { timeoutMs, what: 'a report' });
  mgmt.tell(trustOf([ca], ca), pair);
  return waitFor(() => mgmt.reports.findLast(holds), { timeoutMs, what });
}

describe('an mgmt of the version before', () => {
  it('leads an agent of this version, which may not even ask to hear tasks there', async () => {
    const started = await start(await startFormerNats());
    const report = await tellAndWait(
      started,
      'the root is installed',
      ({ appliedGeneration, written }) =>
        appliedGeneration === pair.generation && written !== undefined && written.signerChain.length > 0,
    );
    expect(report.written?.roots).toEqual([ca.certificate.fingerprint]);
    expect(report.problems).toEqual([]);
    started.mgmt.offer({ protocol: formerProtocolVersion });
    await waitFor(() => started.mgmt.states.find(({ heardSequence }) => heardSequence > 0), { timeoutMs, what: 'an answer' });
    expect(started.warnings).toContainEqual(
      expect.objectContaining({ operation: 'subscription', subject: subjects.task(mesh, cluster) }),
    );
  });
});
