import { systemClock } from '@reroot/shared/clock';
import { sha256Hex } from '@reroot/shared/pki';
import type { Report } from '@reroot/shared/protocol';
import { waitFor } from '@reroot/shared/testing';
import { describe, expect, it } from 'vitest';
import type { CaSecretContent } from './cluster/cluster.ts';
import { type AgentRig, patienceMs, rigCluster, trustOf } from './testing/agent-rig.ts';
import { createCa } from './testing/ca.ts';
import { rigPerTest } from './testing/rig-per-test.ts';

const a = await createCa('root A', systemClock.now());
const b = await createCa('root B', systemClock.now());
let rig: AgentRig;
rigPerTest([a, b], (fresh) => {
  rig = fresh;
});

const withProblem = (code: string): Promise<Report> =>
  rig.reported(code, ({ problems }) => problems.some((problem) => problem.code === code));
const write = async (index: number): Promise<CaSecretContent> =>
  waitFor(() => rig.cluster.writes[index], { timeoutMs: patienceMs, what: `write ${index}` });
const rows = () => [trustOf([a], a), trustOf([a, b], a), trustOf([a, b], b)] as const;

/** Brings the cluster row by row to `[A+B | B]` in generation 3. */
async function propagate(): Promise<void> {
  await rig.start();
  for (const [index, row] of rows().entries()) {
    rig.mgmt.tell(row, { term: 1, generation: index + 1 });
    await rig.arrived(1, index + 1, row);
  }
}

describe('a cluster that is rebuilt under its name', () => {
  it('is brought up by the agent that runs, with a new key and the trust that it knows', async () => {
    await propagate();
    const before = rig.cluster.writes.length;
    rig.cluster.rebuild();
    const fresh = await write(before);
    const [, , propagating] = rows();
    const report = await rig.reported('the new cluster', ({ clusterUid, appliedGeneration, replicas }) => {
      const loaded = replicas.every(({ result }) => result.kind === 'holding');
      return clusterUid === `uid-of-${rigCluster}-1` && appliedGeneration === 3 && loaded;
    });
    expect(report.written?.roots).toEqual(propagating.roots.map((der) => sha256Hex(der)));
    expect(report.problems).toEqual([]);
    expect(fresh.annotations.accepted).toMatchObject({ term: 1, generation: 3 });
    expect(rig.cluster.writes.slice(0, before).map(({ caKey }) => caKey)).not.toContain(fresh.caKey);
  });

  it('is reported to have accepted nothing by an agent that is started anew, until mgmt speaks', async () => {
    await propagate();
    await rig.stopAgent();
    rig.cluster.rebuild();
    await rig.start();
    const blank = await rig.reported('the new cluster', ({ clusterUid }) => clusterUid === `uid-of-${rigCluster}-1`);
    expect(blank).toMatchObject({ appliedTerm: 0, appliedGeneration: 0, written: undefined, nudges: 0 });
    const before = rig.cluster.writes.length;
    const [, , row] = rows();
    rig.mgmt.tell(row, { term: 1, generation: 3 });
    expect((await write(before)).annotations.accepted).toMatchObject({ term: 1, generation: 3 });
  });

  it('is reported to have accepted nothing while no intermediate can be had for it', async () => {
    await propagate();
    rig.mgmt.answerWith(async () => 'silence');
    rig.cluster.rebuild();
    const report = await withProblem('RR_NATS_NO_ANSWER');
    expect(report).toMatchObject({ appliedTerm: 0, appliedGeneration: 0, written: undefined });
  });
});

describe('a Secret that comes back from a backup', () => {
  it('is left alone when the step from it is not adjacent, and reported as what it is', async () => {
    await propagate();
    const [old] = rig.cluster.writes;
    const before = rig.cluster.writes.length;
    await rig.cluster.restoreSecret(old!);
    const report = await withProblem('RR_TRUST_NOT_ADJACENT');
    expect(report).toMatchObject({ appliedTerm: 1, appliedGeneration: 1, written: { roots: [a.certificate.fingerprint] } });
    expect(rig.cluster.writes).toHaveLength(before);
  });

  it('is brought forward when the step from it is adjacent', async () => {
    await propagate();
    const [, adding] = rig.cluster.writes;
    const before = rig.cluster.writes.length;
    await rig.cluster.restoreSecret(adding!);
    expect((await write(before)).annotations.accepted).toMatchObject({ term: 1, generation: 3 });
  });

  it('is left alone, too, by an agent that is started anew and hears of the same row again', async () => {
    await propagate();
    await rig.stopAgent();
    const [old] = rig.cluster.writes;
    const before = rig.cluster.writes.length;
    await rig.cluster.restoreSecret(old!);
    await rig.start();
    const [, , row] = rows();
    rig.mgmt.tell(row, { term: 2, generation: 3 });
    expect(await withProblem('RR_TRUST_NOT_ADJACENT')).toMatchObject({ appliedTerm: 1, appliedGeneration: 1 });
    expect(rig.cluster.writes).toHaveLength(before);
  });
});

describe('an mgmt that is deposed or broken', () => {
  it('cannot have another row written under the accepted pair, not even through an agent that forgot', async () => {
    await rig.start();
    const row = trustOf([a], a);
    const pair = { term: 1, generation: 1 };
    rig.mgmt.tell(row, pair);
    await rig.arrived(1, 1, row);
    await rig.stopAgent();
    await rig.start();
    rig.mgmt.tell(trustOf([a, b], a), pair);
    expect((await withProblem('RR_TRUST_CONTRADICTORY')).written?.roots).toEqual([a.certificate.fingerprint]);
    expect(rig.cluster.writes).toHaveLength(1);
  });

  it('may say the same under the same pair as often as it likes: nothing is written', async () => {
    await rig.start();
    const row = trustOf([a], a);
    for (let count = 0; count < 3; count += 1) rig.mgmt.tell(row, { term: 1, generation: 1 });
    await rig.arrived(1, 1, row);
    await rig.stopAgent();
    await rig.start();
    const before = rig.mgmt.reports.length;
    rig.mgmt.tell(row, { term: 1, generation: 1 });
    await waitFor(() => rig.mgmt.reports.length > before + 1, { timeoutMs: patienceMs, what: 'two more reports' });
    expect(rig.cluster.writes).toHaveLength(1);
    expect(rig.mgmt.reports.flatMap(({ problems }) => problems)).toEqual([]);
  });

  it('cannot have its intermediate installed: the agent asks on until the mgmt in force answers', async () => {
    rig.mgmt.answerUnder({ term: 6, generation: 9 });
    await rig.start();
    rig.mgmt.tell(trustOf([a], a), { term: 7, generation: 1 });
    await withProblem('RR_ISSUE_STALE');
    expect(rig.cluster.writes).toEqual([]);
    rig.mgmt.answerUnder({ term: 7, generation: 1 });
    expect((await rig.applied(7, 1)).problems).toEqual([]);
  });
});
