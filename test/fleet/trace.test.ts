import { agentConfigSchema, createConfiguredMembership, runAgent } from '@reroot/agent';
import { apply, clientOf, type Installation, makeInstallation, settle } from '@reroot/mgmt/testing';
import { systemClock } from '@reroot/shared/clock';
import { createLogger, silentLog } from '@reroot/shared/log';
import { subjects } from '@reroot/shared/protocol';
import { waitFor } from '@reroot/shared/testing';
import { recordSpans } from '@reroot/shared/testing-spans';
import { connectBus } from '@reroot/shared/transport';
import { createSimulatedCluster, fleetConfigSchema } from '@reroot/simulator';
import { createRandom } from '@reroot/simulator/random';
import { beforeAll, describe, expect, it } from 'vitest';

const patienceMs = 30_000;
const recorder = recordSpans();
const cluster = 'east';
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const personSpanId = '00f067aa0ba902b7';
const lines: { readonly msg: string; readonly traceId?: string; readonly cluster?: string }[] = [];
const log = createLogger({
  name: 'test',
  level: 'info',
  stream: { write: (line) => void lines.push(JSON.parse(line) as (typeof lines)[number]) },
});

let installation: Installation;
let apiUrl: string;

beforeAll(async () => {
  installation = await makeInstallation();
  const mgmt = await installation.start({ log });
  apiUrl = mgmt.apiUrl;
  const stopping = new AbortController();
  const agent = runSimulatedAgent(stopping.signal);
  await apply(mgmt, { clusters: [cluster], verification: 'manual' });
  await settle(mgmt);
  return async () => {
    stopping.abort();
    await agent;
    await installation.dispose();
  };
});

/** The agent as it is shipped, over a simulated cluster. */
async function runSimulatedAgent(signal: AbortSignal): Promise<void> {
  const { nats, mgmtPublicKeyPem, identity } = installation;
  const outside = { clock: systemClock, log, signal };
  const { clusters } = fleetConfigSchema.parse({ clusters: [{ name: cluster, volumeDelayMs: [0, 50] }] });
  const [plan] = clusters;
  const simulated = createSimulatedCluster({
    ...outside,
    log: silentLog,
    plan: plan!,
    trustDomain: 'cluster.local',
    random: createRandom(1),
  });
  const config = agentConfigSchema.parse({
    ...{ mesh: 'demo', cluster, nats: { servers: [nats.url] }, identity: { privateKeyFile: 'unused' } },
    mgmt: { publicKeys: [mgmtPublicKeyPem] },
    timings: { settleMs: 20, reportIntervalMs: 500 },
  });
  const member = { mesh: 'demo', cluster, identity: identity(cluster), mgmtPublicKeys: [mgmtPublicKeyPem] };
  const bus = await connectBus({ servers: [nats.url], name: 'agent', log: silentLog });
  const membership = createConfiguredMembership(member);
  await runAgent({ config, cluster: simulated.cluster, bus, membership, ...outside, random: Math.random });
  await bus.close();
}

const ofTrace = () => recorder.spans().filter((span) => span.spanContext().traceId === traceId);
const named = (name: string) => ofTrace().filter((span) => span.name === name);
const idOf = (span: { spanContext(): { spanId: string } } | undefined): string | undefined => span?.spanContext().spanId;

describe('a trace', () => {
  it('leads from the request of a person over the bus to the write of the agent', async () => {
    recorder.clear();
    const response = await fetch(`${apiUrl}/v1/meshes/demo/rotations`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', traceparent: `00-${traceId}-${personSpanId}-01` },
      body: JSON.stringify({ by: 'ann' }),
    });
    expect(response.status).toBe(201);
    await waitFor(() => named('trust: write').length > 0, { timeoutMs: patienceMs, what: 'the write of the agent' });
    const [request] = named('POST /v1/meshes/:mesh/rotations');
    expect(request?.parentSpanContext?.spanId).toBe(personSpanId);
    const tell = named('tell desired trust').find(({ attributes }) => attributes['reroot.generation'] === 2);
    expect(tell?.attributes).toMatchObject({ 'reroot.mesh': 'demo', 'reroot.cluster': cluster });
    const change = named('change mesh').find((span) => idOf(span) === tell?.parentSpanContext?.spanId);
    expect(change?.attributes).toMatchObject({ 'reroot.generation': 2 });
    expect(change?.parentSpanContext?.spanId).toBe(idOf(request));
    const [write] = named('trust: write');
    const pass = await waitFor(() => named('reconcile').find((span) => idOf(span) === write?.parentSpanContext?.spanId), {
      timeoutMs: patienceMs,
      what: 'the pass to end',
    });
    expect(pass.parentSpanContext).toMatchObject({ traceId, spanId: idOf(tell), isRemote: true });
  });

  it('is named by the lines of the log that are written within it, of mgmt and of the agent', () => {
    const within = lines.filter((line) => line.traceId === traceId);
    expect(within.map(({ msg }) => msg)).toEqual(
      expect.arrayContaining(['the mesh has changed', 'the cacerts Secret was written']),
    );
  });

  it('ends with the cluster that holds it all: what is said again and again goes into none', async () => {
    const step = () => clientOf({ apiUrl }).readMesh('demo', new AbortController().signal);
    await waitFor(async () => (await step()).state === 'VERIFYING', { timeoutMs: patienceMs, what: 'the end of the step' });
    await reports(2);
    const before = ofTrace().length;
    await reports(3);
    expect(ofTrace().map(({ name }) => name)).toHaveLength(before);
  });
});

/** So many more; each comes from another pass. */
async function reports(count: number): Promise<void> {
  let heard = 0;
  const leave = installation.bus.subscribe(subjects.report('demo', cluster), () => {
    heard += 1;
  });
  await waitFor(() => heard >= count, { timeoutMs: patienceMs, what: `${count} reports` });
  leave();
}
