import { systemClock } from '@reroot/shared/clock';
import type { Report } from '@reroot/shared/protocol';
import { waitFor } from '@reroot/shared/testing';
import { describe, expect, it } from 'vitest';
import type { CaSecret } from './cluster/cluster.ts';
import { type AgentRig, patienceMs, trustOf } from './testing/agent-rig.ts';
import { type Ca, createCa, signCrlOfSigner } from './testing/ca.ts';
import { rigPerTest } from './testing/rig-per-test.ts';

const { signal } = new AbortController();
const code = 'RR_SECRET_CRL_INCOMPLETE';

const a = await createCa('root A', systemClock.now());
const b = await createCa('root B', systemClock.now());
let rig: AgentRig;
rigPerTest([a, b], (fresh) => {
  rig = fresh;
});

const told = (generation: number, says: string): Promise<Report> =>
  rig.reported(says, ({ appliedGeneration, problems }) => {
    const found = problems.some((problem) => problem.code === code && problem.message.includes(says));
    return found && appliedGeneration === generation;
  });

/** Tells mgmt's row, and waits until the whole cluster has arrived at it. */
async function goTo(generation: number, roots: readonly Ca[], signer: Ca): Promise<void> {
  const row = trustOf(roots, signer);
  rig.mgmt.tell(row, { term: 1, generation });
  await rig.arrived(1, generation, row);
}

async function secretNow(): Promise<CaSecret> {
  return (await rig.cluster.readCaSecret(signal))!;
}

describe('an agent that finds a ca-crl.pem which somebody has put beside the CA', () => {
  it('takes it along while the CA stays, and writes no new one until it is gone and every replica was restarted', async () => {
    await rig.start();
    await goTo(1, [a], a);
    const [ofA, ofB] = [await a.signCrl(), await b.signCrl()];
    const crl = (await signCrlOfSigner(await secretNow(), systemClock.now())).pem + ofA.pem + ofB.pem;
    await rig.cluster.editSecret({ crl }, 'an operator');
    await goTo(2, [a, b], a);
    expect(await secretNow()).toMatchObject({ crl, editedBy: [] });

    const writes = rig.cluster.writes.length;
    const row = trustOf([a, b], b);
    rig.mgmt.tell(row, { term: 1, generation: 3 });
    await told(2, 'of the new intermediate');
    await rig.cluster.editSecret({ crl: undefined }, 'an operator');
    const waiting = await told(2, 'istiod-0, istiod-1 still run since before that');
    expect(waiting.replicas.map(({ result }) => result.kind)).toEqual(['holding', 'holding']);
    await rig.cluster.restartReplica('istiod-0', signal);
    await told(2, ', and istiod-1 still run since before that');
    expect(rig.cluster.writes).toHaveLength(writes);
    await rig.cluster.restartReplica('istiod-1', signal);
    const arrived = await rig.arrived(1, 3, row);
    expect(arrived.problems.map((problem) => problem.code)).not.toContain(code);
    expect(await secretNow()).not.toHaveProperty('crl');
  });

  it('says at once which CA has no list in it, and restarts no replica, which would not come back', async () => {
    await rig.start();
    await goTo(1, [a], a);
    await rig.cluster.editSecret({ crl: (await b.signCrl()).pem }, 'an operator');
    await told(1, 'no CRL is good for O=test, CN=intermediate of root A');
    const before = await secretNow();
    rig.mgmt.tell(trustOf([a, b], a, { replicaRestart: 'always' }), { term: 1, generation: 2 });
    const heard = rig.mgmt.reports.length;
    await waitFor(() => rig.mgmt.reports[heard + 1], { timeoutMs: patienceMs, what: 'what the agent makes of it' });
    expect(await secretNow()).toEqual(before);
    expect(rig.cluster.restarts).toEqual([]);
  });
});
