import { silentLog } from '@reroot/shared/log';
import { createFakeClock, readExposition } from '@reroot/shared/testing';
import { expect, it, onTestFinished } from 'vitest';
import { createRefusalCounter } from '../link/refusal-counter.ts';
import { createAgentMonitor } from './agent-monitor.ts';
import { serveMonitor } from './serve-monitor.ts';

const { signal } = new AbortController();
const report = { appliedTerm: 3, appliedGeneration: 7, problems: [{ code: 'RR_SECRET_FOREIGN', message: 'm', remedy: 'r' }] };

it('an agent says what it does to a Prometheus, and no cluster, workload or key', async () => {
  const clock = createFakeClock(1_000_000);
  const monitor = createAgentMonitor(clock);
  const server = await serveMonitor(monitor, { host: '127.0.0.1', port: 0 });
  onTestFinished(() => server.close());
  const refusals = createRefusalCounter(silentLog);
  refusals.count(new Error('what'));
  const stats = { connectedSinceMs: 1, reconnects: 2, outgoingDropped: 0, incomingDropped: 0, maxPayloadBytes: 1 };
  monitor.follow({ bus: { stats: () => stats }, refusals, reconnectsBefore: 3 });
  const pass = monitor.timing(async () => {
    clock.advance(700);
    return { againAtMs: 0 };
  });
  await pass(new Set(['timer']), signal);
  await expect(monitor.timing(() => Promise.reject(new Error('no')))(new Set(), signal)).rejects.toThrow('no');
  monitor.noteReport(report as never);
  const samples = readExposition(await (await fetch(`${server.url}/metrics`)).text());
  const value = (name: string, label = ''): number | undefined =>
    samples.find((each) => each.name === name && (label === '' || Object.values(each.labels).includes(label)))?.value;
  expect(value('reroot_agent_connected')).toBe(1);
  expect(value('reroot_agent_reconnects_total')).toBe(5);
  expect(value('reroot_agent_passes_total', 'done')).toBe(1);
  expect(value('reroot_agent_passes_total', 'failed')).toBe(1);
  expect(value('reroot_agent_pass_duration_seconds_sum')).toBe(0.7);
  expect(value('reroot_agent_last_pass_timestamp_seconds')).toBe(1_000);
  expect(value('reroot_agent_problems', 'RR_SECRET_FOREIGN')).toBe(1);
  expect(value('reroot_agent_messages_refused_total', 'RR_INTERNAL')).toBe(1);
  expect(value('reroot_agent_accepted_generation')).toBe(7);
});

it('an agent is healthy until one pass has gone on for minutes, and answers nothing else', async () => {
  const clock = createFakeClock(0);
  const monitor = createAgentMonitor(clock);
  const server = await serveMonitor(monitor, { host: '127.0.0.1', port: 0 });
  onTestFinished(() => server.close());
  const status = async (path: string, method = 'GET') => (await fetch(`${server.url}${path}`, { method })).status;
  expect(await status('/healthz')).toBe(200);
  const hanging = Promise.withResolvers<never>();
  const stuck = monitor
    .timing(() => hanging.promise)(new Set(['timer']), signal)
    .catch(() => undefined);
  clock.advance(299_000);
  expect(await status('/healthz')).toBe(200);
  clock.advance(2_000);
  expect(await status('/healthz')).toBe(503);
  hanging.reject(new Error('over'));
  await stuck;
  expect(await status('/healthz')).toBe(200);
  expect([await status('/'), await status('/metrics', 'POST')]).toEqual([404, 405]);
  const taken = { host: '127.0.0.1', port: Number(new URL(server.url).port) };
  await expect(serveMonitor(monitor, taken)).rejects.toMatchObject({ code: 'RR_ADDRESS_UNUSABLE' });
});
