import { type Clock, systemClock } from '@reroot/shared/clock';
import { parseCertificate } from '@reroot/shared/pki';
import { renewalDueAtMs } from '@reroot/shared/protocol';
import { type NatsServer, startNatsServer, waitFor } from '@reroot/shared/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AgentRig, createAgentRig, patienceMs, trustOf } from './testing/agent-rig.ts';
import { type Ca, createCa, dayMs, hourMs } from './testing/ca.ts';

let server: NatsServer;
let a: Ca;
let rig: AgentRig;
/** How far the clock of agent and cluster was put forward. */
let aheadMs: number;

const clock: Clock = { ...systemClock, now: () => systemClock.now() + aheadMs };

beforeAll(async () => {
  server = await startNatsServer();
  a = await createCa('root A', systemClock.now());
});
afterAll(async () => {
  await server.stop();
});
beforeEach(async () => {
  aheadMs = 0;
  rig = await createAgentRig({ natsUrl: server.url, cas: [a], clock });
  rig.mgmt.answerWith(async ({ csr }) => {
    const issued = await a.issue(csr, { fromMs: aheadMs - hourMs, untilMs: aheadMs + 100 * dayMs });
    return { kind: 'issued', chain: [issued.der] };
  });
});
afterEach(async () => {
  await rig.dispose();
});

describe('the renewal of an intermediate', () => {
  const pair = { term: 1, generation: 1 };
  const row = (graceRatio: number) => {
    const trust = trustOf([a], a, { nudge: 'when-loaded' });
    return { ...trust, intermediate: { ...trust.intermediate, graceRatio } };
  };
  const leavesOf = async () => (await rig.cluster.listWorkloads(new AbortController().signal)).map(({ reading }) => reading);

  it('comes when the ratio of mgmt says so, under the same root, without a nudge and in the same generation', async () => {
    await rig.start();
    rig.mgmt.tell(row(0.5), pair);
    await rig.reported('the nudge of the row', ({ nudges }) => nudges === 1);
    const [installed, nudged] = rig.cluster.writes;
    const leaves = await leavesOf();
    const dueMs = renewalDueAtMs(parseCertificate(installed!.caCert), 0.5) - systemClock.now();

    aheadMs = dueMs - hourMs;
    rig.mgmt.tell(row(0.5), pair);
    const before = rig.mgmt.reports.length;
    await waitFor(() => rig.mgmt.reports.length > before + 1, { timeoutMs: patienceMs, what: 'two more reports' });
    expect(rig.cluster.writes).toHaveLength(2);

    aheadMs = dueMs + hourMs;
    rig.mgmt.tell(row(0.5), pair);
    const renewed = await waitFor(() => rig.cluster.writes[2], { timeoutMs: patienceMs, what: 'the renewal' });
    expect(renewed.rootCert).toBe(nudged?.rootCert);
    expect(renewed.annotations.accepted).toEqual(installed?.annotations.accepted);
    expect(renewed.caKey).not.toBe(installed?.caKey);
    const after = await rig.reported('the new signer', ({ written, replicas }) => {
      const signer = parseCertificate(renewed.caCert).fingerprint;
      const signers = replicas.map(({ result }) => (result.kind === 'holding' ? result.holding.signerChain[0] : undefined));
      return written?.signerChain[0] === signer && signers.every((each) => each === signer);
    });
    expect(after).toMatchObject({ appliedTerm: 1, appliedGeneration: 1, nudges: 1, problems: [] });
    expect(await leavesOf()).toEqual(leaves);
    expect(rig.mgmt.requests.map(({ signerRoot }) => signerRoot)).toEqual(Array(2).fill(a.certificate.fingerprint));
    expect(rig.cluster.writes).toHaveLength(3);
    const told = rig.cluster.events().find(({ reason }) => reason === 'IntermediateRenewed');
    expect(told?.note).toContain(new Date(parseCertificate(renewed.caCert).notAfterMs).toISOString());
  });

  it('comes by itself when only the ratio changes: the same row is no new generation', async () => {
    await rig.start();
    rig.mgmt.tell(row(0), pair);
    await rig.reported('the nudge of the row', ({ nudges }) => nudges === 1);
    aheadMs = 60 * dayMs;
    rig.mgmt.tell(row(0.5), pair);
    const renewed = await waitFor(() => rig.cluster.writes[2], { timeoutMs: patienceMs, what: 'the renewal' });
    expect(renewed.annotations.accepted).toEqual(rig.cluster.writes[0]?.annotations.accepted);
  });
});

describe('restarts after each change of the files', () => {
  const restarting = (generation: number) =>
    generation === 1
      ? trustOf([a], a, { replicaRestart: 'always' })
      : trustOf([a], a, { replicaRestart: 'always', nudge: 'when-loaded' });

  it('come one by one, once for each replica, and not again for a nudge, another pair or another agent', async () => {
    // The replicas are as old as the rig: what is written is to be written later.
    aheadMs = 1_000;
    await rig.start();
    rig.mgmt.tell(restarting(1), { term: 1, generation: 1 });
    await rig.arrived(1, 1, restarting(1));
    expect(rig.cluster.restarts).toEqual(['istiod-0', 'istiod-1']);
    rig.mgmt.tell(restarting(2), { term: 1, generation: 2 });
    await rig.reported('the nudge', ({ nudges, appliedGeneration }) => appliedGeneration === 2 && nudges === 1);
    await rig.stopAgent();
    await rig.start();
    rig.mgmt.tell(restarting(2), { term: 2, generation: 2 });
    await rig.arrived(2, 2, restarting(2));
    expect(rig.cluster.restarts).toEqual(['istiod-0', 'istiod-1']);
  });
});
