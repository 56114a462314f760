import { systemClock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import { waitFor } from '@reroot/shared/testing';
import { describe, expect, it } from 'vitest';
import type { ClusterEvent } from './cluster/cluster-event.ts';
import { type AgentRig, patienceMs, trustOf } from './testing/agent-rig.ts';
import { type Ca, createCa } from './testing/ca.ts';
import { rigPerTest } from './testing/rig-per-test.ts';

const a = await createCa('root A', systemClock.now());
const b = await createCa('root B', systemClock.now());
let rig: AgentRig;
rigPerTest([a, b], (fresh) => {
  rig = fresh;
});

const told = (reason: string, holds: (event: ClusterEvent) => boolean = () => true): Promise<ClusterEvent> => {
  const find = (): ClusterEvent | undefined => rig.cluster.events().find((event) => event.reason === reason && holds(event));
  return waitFor(find, { timeoutMs: patienceMs, what: `the event ${reason}` });
};
const short = ({ certificate }: Ca): string => certificate.fingerprint.slice(0, 8);

/** Brings the cluster to `[A | A]`, in generation 1. */
async function install(): Promise<void> {
  await rig.start();
  rig.mgmt.tell(trustOf([a], a), { term: 1, generation: 1 });
  await told('TrustProven');
}

describe('the events in a cluster', () => {
  it('say which roots were written in which generation, and when all of it holds them', async () => {
    await install();
    rig.mgmt.tell(trustOf([a, b], a), { term: 1, generation: 2 });
    const written = await told('TrustWritten', ({ note }) => note.includes('generation 2'));
    expect(written).toMatchObject({ severity: 'normal', count: 1 });
    expect(written.note).toBe(`cacerts holds generation 2, [${short(a)}+${short(b)} | ${short(a)}] (roots | signer)`);
    await told('TrustProven', ({ note }) => note.includes('generation 2'));
    const [first] = rig.cluster.events();
    expect(first?.note).toMatch(/^cacerts holds generation 1, .*, with a new intermediate until \d{4}-\d\d-\d\dT/);
    const problems = rig.cluster.events().filter(({ severity }) => severity === 'warning');
    expect(problems.map(({ reason }) => reason).filter((reason) => reason !== 'ReplicaUnreachable')).toEqual([]);
  });

  it('say that somebody edited the Secret, or took it away, and that it was written again', async () => {
    await install();
    await rig.cluster.editSecret({ rootCert: b.certificate.pem }, 'kubectl-edit');
    await told('SecretEdited', ({ note }) => note.includes('kubectl-edit'));
    expect(await told('TrustRestored')).toMatchObject({ severity: 'warning' });
    const before = rig.cluster.writes.length;
    rig.cluster.deleteSecret();
    await told('SecretEdited', ({ note }) => note.includes('taken away'));
    await waitFor(() => rig.cluster.writes.length > before, { timeoutMs: patienceMs, what: 'another Secret' });
    expect(
      rig.cluster
        .events()
        .filter(({ note }) => note.includes('cacerts holds'))
        .at(-1)?.reason,
    ).toBe('TrustRestored');
  });

  it('say what was refused', async () => {
    await install();
    rig.mgmt.tell(trustOf([b], b), { term: 1, generation: 2 });
    expect(await told('TrustNotAdjacent')).toMatchObject({ severity: 'warning', action: 'ReconcileTrust' });
  });

  it('say which replica is waited for, and that it was restarted', async () => {
    await install();
    await rig.cluster.hold('istiod-1');
    rig.mgmt.tell(trustOf([a, b], a, { replicaRestart: 'when-refused' }), { term: 1, generation: 2 });
    await told('ReplicaNotLoaded', ({ note }) => note.includes('istiod-1'));
    expect(await told('ReplicaRestarted')).toMatchObject({ note: 'istiod-1 of istiod was told to restart, for generation 2' });
  });

  it('are not missed by an agent that may not write them', async () => {
    const asked: string[] = [];
    const forbidding = {
      ...rig.cluster,
      recordEvent: async ({ reason }: ClusterEvent) => {
        asked.push(reason);
        throw new RerootError('RR_CLUSTER_FORBIDDEN', 'User "agent" cannot create resource "events"');
      },
    };
    await rig.start(forbidding);
    rig.mgmt.tell(trustOf([a], a), { term: 1, generation: 1 });
    const report = await rig.arrived(1, 1, trustOf([a], a));
    expect(report.problems).toEqual([]);
    expect(asked).toContain('TrustWritten');
  });

  it('are no news where an agent is started over a cluster that is as it should be', async () => {
    await install();
    await rig.stopAgent();
    const before = rig.cluster.events().length;
    await rig.start();
    rig.mgmt.tell(trustOf([a], a), { term: 1, generation: 1 });
    const reports = rig.mgmt.reports.length;
    await waitFor(() => rig.mgmt.reports.length > reports + 2, { timeoutMs: patienceMs, what: 'two more reports' });
    expect(rig.cluster.events()).toHaveLength(before);
  });
});
