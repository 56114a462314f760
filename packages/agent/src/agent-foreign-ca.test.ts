import { systemClock } from '@reroot/shared/clock';
import type { Report } from '@reroot/shared/protocol';
import { type NatsServer, startNatsServer, waitFor } from '@reroot/shared/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AgentRig, createAgentRig, patienceMs, trustOf } from './testing/agent-rig.ts';
import { type Ca, createCa, makeContent } from './testing/ca.ts';

let server: NatsServer;
let a: Ca;
let b: Ca;
let rig: AgentRig;

beforeAll(async () => {
  server = await startNatsServer();
  a = await createCa('root A', systemClock.now());
  b = await createCa('root B', systemClock.now());
});
afterAll(async () => {
  await server.stop();
});
beforeEach(async () => {
  rig = await createAgentRig({ natsUrl: server.url, cas: [a, b] });
});
afterEach(async () => {
  await rig.dispose();
});

const pair = { term: 1, generation: 1 };
const hasProblem =
  (code: string) =>
  ({ problems }: Report): boolean =>
    problems.some((problem) => problem.code === code);

describe('an agent that finds a CA which reroot did not install', () => {
  it('takes over what somebody else wrote where adoption is allowed, without another signer', async () => {
    const { caCert, caKey, certChain, rootCert } = await makeContent([a], a);
    await rig.cluster.putForeignSecret({ caCert, caKey, certChain, rootCert });
    await rig.start(rig.cluster, {}, 'allowed');
    rig.mgmt.tell(trustOf([a], a), pair);
    await rig.arrived(1, 1, trustOf([a], a));
    expect(rig.cluster.writes).toEqual([expect.objectContaining({ caCert, caKey, certChain, rootCert })]);
    expect(rig.mgmt.requests).toEqual([]);
  });

  it('leaves alone what istiod made itself, and says so', async () => {
    await rig.cluster.putSelfMadeCa(await makeContent([b], b));
    await rig.start();
    rig.mgmt.tell(trustOf([a], a), pair);
    const report = await rig.reported('the refusal', hasProblem('RR_SECRET_NOT_OURS'));
    expect(report.problems[0]?.message).toContain('istio-ca-secret');
    expect(report.written?.roots).toEqual([b.certificate.fingerprint]);
    expect(rig.cluster.writes).toEqual([]);
  });

  it('creates cacerts beside what istiod made itself where adoption is allowed and the step is adjacent', async () => {
    await rig.cluster.putSelfMadeCa(await makeContent([a], a));
    await rig.start(rig.cluster, {}, 'allowed');
    rig.mgmt.tell(trustOf([a, b], a), pair);
    await rig.arrived(1, 1, trustOf([a, b], a));
    expect(rig.cluster.writes).toHaveLength(1);
  });
});

describe('an agent whose Secret others touch', () => {
  it('says who changed the files', async () => {
    await rig.start();
    rig.mgmt.tell(trustOf([a], a), pair);
    await rig.arrived(1, 1, trustOf([a], a));
    const before = rig.cluster.writes.at(-1);
    await rig.cluster.editSecret({ rootCert: `${before?.rootCert ?? ''}# edited\n` }, 'kubectl-edit');
    const report = await rig.reported('the edit', hasProblem('RR_SECRET_EDITED'));
    expect(report.problems[0]?.message).toBe(
      'the files of the cacerts Secret were changed by kubectl-edit since reroot wrote them',
    );
    expect(rig.cluster.writes).toHaveLength(1);
  });

  it('writes it again when it was taken away, although what istiod once made itself comes to light, and says so', async () => {
    await rig.start();
    rig.mgmt.tell(trustOf([a], a), pair);
    await rig.arrived(1, 1, trustOf([a], a));
    await rig.cluster.putSelfMadeCa(await makeContent([b], b));
    await rig.reported('the loss', hasProblem('RR_SECRET_EDITED'));
    await waitFor(() => rig.cluster.writes.length === 2, { timeoutMs: patienceMs, what: 'a second Secret' });
    const after = await rig.reported('an end of it', ({ takenAtMs, problems }) => takenAtMs > 0 && problems.length === 0);
    expect(after.written?.roots).toEqual([a.certificate.fingerprint]);
    expect(rig.mgmt.reports.some(hasProblem('RR_SECRET_NOT_OURS'))).toBe(false);
  });

  it('leaves alone what istiod makes itself when the cluster was rebuilt under its name', async () => {
    await rig.start();
    rig.mgmt.tell(trustOf([a], a), pair);
    await rig.arrived(1, 1, trustOf([a], a));
    const selfMade = await makeContent([b], b);
    rig.cluster.rebuild();
    await rig.cluster.putSelfMadeCa(selfMade);
    await rig.reported('the refusal', hasProblem('RR_SECRET_NOT_OURS'));
    expect(rig.cluster.writes).toHaveLength(1);
  });
});
