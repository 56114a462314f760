import type { Cluster } from '@reroot/agent';
import { describeClusterContract } from '@reroot/agent/testing';
import { systemClock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import { freePort, waitFor } from '@reroot/shared/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { type SimulatedFleet, startFleet } from '../fleet/fleet.ts';
import { fleetConfigSchema } from '../fleet/fleet-config.ts';
import { createAuthority, makeCsr } from '../testing/authority.ts';
import { type Control, startControl } from './control.ts';
import { createRemoteCluster } from './remote-cluster.ts';

const { signal } = new AbortController();

interface Served {
  readonly control: Control;
  readonly fleet: SimulatedFleet;
  stop(): Promise<void>;
}

let served: Served | undefined;

afterEach(async () => {
  await served?.stop();
  served = undefined;
});

async function serve(port = 0): Promise<Served> {
  const ended = new AbortController();
  const config = fleetConfigSchema.parse({
    clusters: [{ name: 'cluster-1', workloads: 2, volumeDelayMs: [0, 50] }],
    traffic: { ratePerSecond: 0 },
  });
  const fleet = await startFleet({ config, clock: systemClock, log: silentLog, signal: ended.signal });
  const control = await startControl({ fleet, port, log: silentLog });
  const stop = async (): Promise<void> => {
    await control.close();
    ended.abort();
    await fleet.stop();
  };
  served = { control, fleet, stop };
  return served;
}

describeClusterContract('a simulated cluster in another process', async () => {
  const { control, fleet, stop } = await serve();
  served = undefined;
  return {
    cluster: createRemoteCluster(control.url, 'cluster-1'),
    eventsOf: async (wanted) => (fleet.clusters.get('cluster-1')?.events() ?? []).filter(({ id }) => id === wanted),
    dispose: stop,
  };
});

async function writeAny(cluster: Cluster): Promise<void> {
  const authority = await createAuthority('any', systemClock.now());
  const accepted = { term: 1, generation: 1, rowDigest: 'a row' };
  const annotations = { accepted, filesWrittenAtMs: 0, replicaRestart: 'never' } as const;
  const content = { ...authority.files(authority.root.pem), annotations };
  await cluster.writeCaSecret(content, undefined, signal);
}

describe('a remote cluster', () => {
  it('cannot be reached when nobody listens', async () => {
    const cluster = createRemoteCluster(`http://127.0.0.1:${await freePort()}`, 'cluster-1');
    await expect(cluster.readCaSecret(signal)).rejects.toMatchObject({ code: 'RR_CLUSTER_UNREACHABLE' });
  });

  it('passes on codes, messages and remedies of the other side', async () => {
    const { control } = await serve();
    const cluster = createRemoteCluster(control.url, 'cluster-1');
    await expect(cluster.probeReplica('istiod-0', await makeCsr(), signal)).rejects.toMatchObject({
      code: 'RR_REPLICA_UNREACHABLE',
      message: 'istiod-0 does not serve certificates now',
      remedy: expect.stringContaining('pod') as string,
    });
    await expect(createRemoteCluster(control.url, 'cluster-9').readUid(signal)).rejects.toMatchObject({
      code: 'RR_SIM_UNKNOWN',
      message: 'there is no cluster "cluster-9"; there are cluster-1',
    });
  });

  it('watches across a restart of the other side, and tells of what may have changed meanwhile', async () => {
    const port = await freePort();
    const first = await serve(port);
    const ended = new AbortController();
    let calls = 0;
    const cluster = createRemoteCluster(first.control.url, 'cluster-1');
    const watching = cluster.watch(() => {
      calls += 1;
    }, ended.signal);
    await waitFor(() => calls > 0, { timeoutMs: 5_000, what: 'the first call' });
    await first.stop();
    const before = calls;
    await serve(port);
    await waitFor(() => calls > before, { timeoutMs: 5_000, what: 'a call after the restart' });
    const connected = calls;
    await writeAny(cluster);
    await waitFor(() => calls > connected, { timeoutMs: 5_000, what: 'a call after a write' });
    ended.abort();
    await watching;
  });
});

describe('the control interface', () => {
  it('refuses a malformed call, and takes no harm from it', async () => {
    const { control } = await serve();
    for (const body of ['{', '{}', '{"method":"deleteEverything"}', '{"method":"readUid","more":1}']) {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`${control.url}/clusters/cluster-1/call`, { method: 'POST', headers, body });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ code: 'RR_SIM_REQUEST_INVALID' });
    }
    expect(await createRemoteCluster(control.url, 'cluster-1').readUid(signal)).not.toBe('');
  });

  it('never repeats a private key that came in a malformed call', async () => {
    const { control } = await serve();
    const body = JSON.stringify({ method: 'writeCaSecret', content: { caKey: 'the private key', rootCert: 1 } });
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${control.url}/clusters/cluster-1/call`, { method: 'POST', headers, body });
    expect(response.status).toBe(400);
    expect(await response.text()).not.toContain('the private key');
  });

  it('holds and releases replicas, restarts workloads and names what it does not know', async () => {
    const { control } = await serve();
    const post = async (path: string): Promise<number> =>
      (await fetch(`${control.url}/clusters/${path}`, { method: 'POST' })).status;
    const known = ['replicas/istiod-0/hold', 'replicas/istiod-0/release', 'workloads/web-0/restart'];
    expect(await Promise.all(known.map((path) => post(`cluster-1/${path}`)))).toEqual([200, 200, 200]);
    const unknown = [
      'cluster-9/replicas/istiod-0/hold',
      'cluster-1/replicas/istiod-9/release',
      'cluster-1/workloads/web-9/restart',
    ];
    expect(await Promise.all(unknown.map(post))).toEqual([404, 404, 404]);
  });

  it('says whose port it is when it cannot listen', async () => {
    const { control, fleet } = await serve();
    const port = Number(new URL(control.url).port);
    await expect(startControl({ fleet, port, log: silentLog })).rejects.toMatchObject({
      code: 'RR_ADDRESS_IN_USE',
      place: `127.0.0.1:${port}`,
    });
  });
});
