import { systemClock } from '@reroot/shared/clock';
import type { Report } from '@reroot/shared/protocol';
import { waitFor } from '@reroot/shared/testing';
import { describe, expect, it } from 'vitest';
import { type AgentRig, patienceMs, trustOf } from './testing/agent-rig.ts';
import { createCa, makeContent } from './testing/ca.ts';
import { rigPerTest } from './testing/rig-per-test.ts';

const a = await createCa('root A', systemClock.now());
const b = await createCa('root B', systemClock.now());
let rig: AgentRig;
rigPerTest([a, b], (fresh) => {
  rig = fresh;
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

describe('an agent that is to keep the signer that it finds', () => {
  const kept = { signer: 'kept' } as const;
  const chainOf = (report: Report): unknown => report.written?.signerChain;

  it('accepts what istiod made itself as it is, then plugs it in beside other roots, and goes on with it after a way back', async () => {
    await rig.cluster.putSelfMadeCa(a.selfMade());
    const own = a.certificate.fingerprint;
    await rig.start(rig.cluster, {}, 'allowed');
    rig.mgmt.tell(trustOf([a], a, kept), pair);
    const found = await rig.reported('what was found', ({ appliedGeneration }) => appliedGeneration === 1);
    expect(chainOf(found)).toEqual([own]);
    expect(found.standing).toEqual({ source: 'self-made', owner: 'other', adoption: 'allowed', objection: '' });
    expect(found.replicas.map(({ result }) => result)).toEqual(Array(2).fill({ kind: 'holding', holding: found.written }));
    expect(found.workloads?.every(({ holding }) => holding.signerChain[0] === own)).toBe(true);
    expect(rig.cluster.writes).toEqual([]);

    const restart = { replicaRestart: 'when-refused' } as const;
    rig.mgmt.tell(trustOf([a, b], a, { ...kept, ...restart }), { term: 1, generation: 2 });
    await rig.arrived(1, 2, trustOf([a, b], a));
    expect(rig.cluster.writes[0]).toMatchObject({ caKey: a.selfMade().caKey, certChain: a.selfMade().caCert });
    expect(rig.cluster.restarts.toSorted()).toEqual(['istiod-0', 'istiod-1']);

    rig.mgmt.tell(trustOf([a, b], b, restart), { term: 1, generation: 3 });
    await rig.arrived(1, 3, trustOf([a, b], b));
    rig.mgmt.tell(trustOf([a, b], a, { ...kept, ...restart }), { term: 1, generation: 4 });
    await rig.arrived(1, 4, trustOf([a, b], a));
    rig.mgmt.tell(trustOf([a], a, { ...kept, ...restart }), { term: 1, generation: 5 });
    await rig.arrived(1, 5, trustOf([a], a));
    expect(rig.cluster.writes.at(-1)).toMatchObject({ caCert: a.certificate.pem, rootCert: a.certificate.pem });
    expect(rig.cluster.restarts).toHaveLength(2);
  });

  it('gives a foreign intermediate back that another one has taken the place of', async () => {
    const theirs = await makeContent([a], a);
    const { caCert, caKey, certChain, rootCert } = theirs;
    await rig.cluster.putForeignSecret({ caCert, caKey, certChain, rootCert });
    await rig.start(rig.cluster, {}, 'allowed');
    rig.mgmt.tell(trustOf([a, b], a, kept), pair);
    await rig.arrived(1, 1, trustOf([a, b], a));
    rig.mgmt.tell(trustOf([a, b], b), { term: 1, generation: 2 });
    await rig.arrived(1, 2, trustOf([a, b], b));
    rig.mgmt.tell(trustOf([a, b], a, kept), { term: 1, generation: 3 });
    await rig.arrived(1, 3, trustOf([a, b], a));
    expect(rig.cluster.writes.at(-1)).toMatchObject({ caCert, caKey, certChain });
    expect(rig.mgmt.requests).toHaveLength(1);
  });

  it('gives back the signer of another reroot, in a merge of meshes that is taken back', async () => {
    const theirs = await makeContent([a], a);
    const { caCert, caKey, certChain } = theirs;
    await rig.cluster.restoreSecret(theirs);
    await rig.start();
    rig.mgmt.tell(trustOf([a], a, kept), { term: 1, generation: 2 });
    await rig.arrived(1, 2, trustOf([a], a));
    rig.mgmt.tell(trustOf([a, b], a, kept), { term: 1, generation: 3 });
    await rig.arrived(1, 3, trustOf([a, b], a));
    rig.mgmt.tell(trustOf([a, b], b), { term: 1, generation: 4 });
    await rig.arrived(1, 4, trustOf([a, b], b));
    rig.mgmt.tell(trustOf([a, b], a, kept), { term: 1, generation: 5 });
    await rig.arrived(1, 5, trustOf([a, b], a));
    expect(rig.cluster.writes.at(-1)).toMatchObject({ caCert, caKey, certChain });
    expect(rig.mgmt.requests).toHaveLength(1);
  });

  it('says so when adoption is not allowed, before anything is to be written', async () => {
    await rig.cluster.putSelfMadeCa(a.selfMade());
    await rig.start();
    rig.mgmt.tell(trustOf([a], a, kept), pair);
    const report = await rig.reported('the refusal', hasProblem('RR_SECRET_NOT_OURS'));
    expect(report).toMatchObject({ appliedGeneration: 0, standing: { adoption: 'never' } });
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
