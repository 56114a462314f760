import { type OpenKubeApi, openKubeApi } from '@reroot/kube-api';
import { systemClock } from '@reroot/shared/clock';
import { createLogger } from '@reroot/shared/log';
import { waitFor } from '@reroot/shared/testing';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Workload } from '../../cluster/cluster.ts';
import { type Ca, createCa, makeContent } from '../../testing/ca.ts';
import { forwardTo, type PodApiServer, sendPreamble, startPodApiServer } from '../testing/pod-api-server.ts';
import { envoyAnswer, issueIdentity, type ProxyAdmin, sidecarPod, startProxyAdmin } from '../testing/proxy-admin.ts';
import { type WorkloadsConfig, workloadsConfigSchema } from './config.ts';
import { createWorkloadReader, type WorkloadReader } from './workload-reader.ts';

const log = createLogger({ level: 'silent', name: 'test' });
const signal = new AbortController().signal;

describe('the reader of workloads', () => {
  let server: PodApiServer;
  let admin: ProxyAdmin;
  let api: OpenKubeApi;
  let stop: AbortController;
  let running: Promise<void>;
  let changes: number;
  let ca: Ca;
  let other: Ca;

  beforeAll(async () => {
    [ca, other] = await Promise.all([createCa('root', systemClock.now()), createCa('other', systemClock.now())]);
  });
  beforeEach(async () => {
    server = await startPodApiServer();
    admin = await startProxyAdmin(envoyAnswer(await issueIdentity(ca)));
    api = await openKubeApi({
      program: { name: 'test', version: '0' },
      kubeconfig: server.kubeconfig,
      clock: systemClock,
      random: () => 0,
      log,
    });
    stop = new AbortController();
    changes = 0;
  });
  afterEach(async () => {
    stop.abort();
    await running;
    await api.close();
    await Promise.all([server.close(), admin.close()]);
  });

  const start = (config: Partial<WorkloadsConfig> = {}): WorkloadReader => {
    const reader = createWorkloadReader({
      api,
      config: { ...workloadsConfigSchema.parse({}), ...config },
      clock: systemClock,
      random: () => 0,
      log,
      onChange: () => {
        changes += 1;
      },
    });
    running = reader.run(stop.signal);
    return reader;
  };
  const addPods = (count: number): void => {
    for (let index = 0; index < count; index += 1) server.putPod(sidecarPod('shop', `web-${index}`), forwardTo(admin.port));
  };
  const kinds = (workloads: readonly Workload[]): string[] =>
    workloads.map(({ reading }) => (reading.kind === 'read' ? 'read' : reading.why));
  const rootsOf = (workloads: readonly Workload[]): unknown[] =>
    workloads.map(({ reading }) => (reading.kind === 'read' ? reading.rootCert : reading.why));

  it('lists every proxy with what it holds now, and no pod without one', async () => {
    addPods(3);
    server.putPod({ metadata: { namespace: 'shop', name: 'plain' } }, 404);
    const reader = start();
    const workloads = await reader.list({ secretVersion: '1' }, signal);
    expect(workloads.map(({ name }) => name)).toEqual(['web-0', 'web-1', 'web-2']);
    expect(rootsOf(workloads)).toEqual(Array<string>(3).fill(ca.certificate.pem));
  });

  it('asks nobody again while the Secret stays and they hold what it says, and everybody when it has changed', async () => {
    addPods(3);
    const reader = start();
    const files = await makeContent([ca], ca);
    await reader.list({ secretVersion: '1', files }, signal);
    await reader.list({ secretVersion: '1', files }, signal);
    expect([...server.asked.values()]).toEqual([1, 1, 1]);
    const [first, second] = [
      await reader.list({ secretVersion: '1', files }, signal),
      await reader.list({ secretVersion: '1', files }, signal),
    ];
    expect(second.every(({ reading }, index) => reading === first[index]?.reading)).toBe(true);
    await reader.list({ secretVersion: '2', files }, signal);
    expect([...server.asked.values()]).toEqual([2, 2, 2]);
  });

  it('tells soon after a proxy that lagged has caught up, without being asked', async () => {
    addPods(1);
    const reader = start();
    const current = { secretVersion: '1', files: await makeContent([other], other) };
    expect(rootsOf(await reader.list(current, signal))).toEqual([ca.certificate.pem]);
    admin.answer.body = envoyAnswer(await issueIdentity(other));
    const changedAtMs = systemClock.now();
    await waitFor(() => changes > 0, { timeoutMs: 5_000, what: 'a change to be told' });
    expect(systemClock.now() - changedAtMs).toBeLessThan(1_500);
    expect(rootsOf(await reader.list(current, signal))).toEqual([other.certificate.pem]);
  });

  it('never shows what a proxy held before the Secret changed', async () => {
    addPods(2);
    const reader = start();
    await reader.list({ secretVersion: '1' }, signal);
    admin.answer.body = envoyAnswer(await issueIdentity(other));
    const workloads = await reader.list({ secretVersion: '2' }, signal);
    expect(rootsOf(workloads)).toEqual([other.certificate.pem, other.certificate.pem]);
  });

  it('reads a new pod and one that was started anew, and drops one that is gone', async () => {
    addPods(2);
    const reader = start();
    await reader.list({ secretVersion: '1' }, signal);
    const names = async (): Promise<string> =>
      (await reader.list({ secretVersion: '1' }, signal)).map(({ name, startedAtMs }) => `${name} ${startedAtMs}`).join();
    server.putPod(sidecarPod('shop', 'web-9', '2026-03-03T00:00:00Z'), forwardTo(admin.port));
    server.putPod(sidecarPod('shop', 'web-1', '2026-03-03T00:00:00Z'), forwardTo(admin.port));
    server.removePod('shop', 'web-0');
    const startedAtMs = Date.parse('2026-03-03T00:00:00Z');
    const expected = `web-1 ${startedAtMs},web-9 ${startedAtMs}`;
    await waitFor(async () => (await names()) === expected, { timeoutMs: 5_000, what: 'the pods to be as they are' });
    expect(changes).toBeGreaterThan(0);
  });

  it('goes on reading a pod that drains, and drops one on a node that is lost', async () => {
    const ending = (name: string, inMs: number): void => {
      const { metadata, ...rest } = sidecarPod('shop', name);
      const deletionTimestamp = new Date(systemClock.now() + inMs).toISOString();
      server.putPod({ ...rest, metadata: { ...metadata, deletionTimestamp } }, forwardTo(admin.port));
    };
    ending('web-0', 30_000);
    ending('web-1', -30_000);
    const workloads = await start().list({ secretVersion: '1' }, signal);
    expect(workloads.map(({ name }) => name)).toEqual(['web-0']);
    expect(workloads[0]?.endsAtMs).toBeGreaterThan(systemClock.now());
    expect(rootsOf(workloads)).toEqual([ca.certificate.pem]);
  });

  it('lists no ztunnel that serves nothing', async () => {
    const pod = sidecarPod('istio-system', 'ztunnel-x');
    const ztunnel = { ...pod, metadata: { ...pod.metadata, labels: { app: 'ztunnel' } } };
    server.putPod(ztunnel, forwardTo(admin.port));
    admin.answer.body = '{"certificates":[]}';
    expect(await start().list({ secretVersion: '1' }, signal)).toEqual([]);
  });

  it('says why a proxy cannot be read, and lists it all the same', async () => {
    addPods(1);
    server.putPod(sidecarPod('shop', 'web-1'), 500);
    server.putPod(sidecarPod('shut', 'web-2'), 403);
    server.putPod(sidecarPod('shop', 'web-3'), (socket, port) => {
      sendPreamble(socket, port);
      socket.send(Buffer.from('\0HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n[]'));
    });
    const workloads = await start().list({ secretVersion: '1' }, signal);
    expect(kinds(workloads)).toEqual(['read', 'unreachable', 'unsupported', 'forbidden']);
  });

  it('asks nobody when it is told not to', async () => {
    addPods(2);
    const workloads = await start({ evidence: 'none' }).list({ secretVersion: '1' }, signal);
    expect(kinds(workloads)).toEqual(['not-asked', 'not-asked']);
    expect(server.asked.size).toBe(0);
  });

  it('gives one that answered once up only when it fails twice', async () => {
    let tries = 0;
    server.putPod(sidecarPod('shop', 'web-0'), (socket, port) => {
      tries += 1;
      if (tries === 1) socket.close();
      else (forwardTo(admin.port) as (socket: unknown, port: number) => void)(socket, port);
    });
    expect(kinds(await start().list({ secretVersion: '1' }, signal))).toEqual(['read']);
    expect(tries).toBe(2);
  });

  it('says that it has not read all of them yet, and has at last', async () => {
    addPods(30);
    const reader = start({ maxReadsPerSecond: 10, readTimeoutMs: 100 });
    await expect(reader.list({ secretVersion: '1' }, signal)).rejects.toMatchObject({
      code: 'RR_WORKLOADS_UNREAD',
      message: expect.stringMatching(/^\d+ of 30 proxies have not been read yet$/) as string,
    });
    const all = await waitFor(() => reader.list({ secretVersion: '1' }, signal), { timeoutMs: 10_000, what: 'all to be read' });
    expect(all).toHaveLength(30);
  });

  it('reads a small mesh within one list, never more at once than it may', async () => {
    addPods(40);
    const reader = start({ maxConcurrentReads: 4, maxReadsPerSecond: 1_000, readTimeoutMs: 8_000 });
    const workloads = await reader.list({ secretVersion: '1' }, signal);
    expect(new Set(kinds(workloads))).toEqual(new Set(['read']));
    expect(server.mostTogether()).toBeLessThanOrEqual(4);
  });

  it('rejects with the reason of a signal that aborts, also while a proxy is being read', async () => {
    const reason = new Error('enough');
    const leaving = new AbortController();
    server.putPod(sidecarPod('shop', 'web-0'), () => leaving.abort(reason));
    const reader = start();
    await expect(reader.list({ secretVersion: '1' }, AbortSignal.abort(reason))).rejects.toBe(reason);
    await expect(reader.list({ secretVersion: '1' }, leaving.signal)).rejects.toBe(reason);
  });
});
