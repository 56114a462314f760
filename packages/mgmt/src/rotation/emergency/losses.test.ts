import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { evidenceOf, holdingOf, samplePolicy, snapshotOf, workloadsHolding } from '../evidence-sample.ts';
import type { Policy } from '../policy.ts';
import { nowMs, rest } from '../testing/sample-run.ts';
import { type EmergencyPlan, lossesOf, lossReasons } from './losses.ts';

const hours = 3_600_000;
const plan: EmergencyPlan = { strategy: undefined, verification: undefined, excludeSilent: [], windows: 0, crl: 'can-be-signed' };
const holding = holdingOf(rest);
const clusters = { east: evidenceOf(rest), west: evidenceOf(rest) };

/** What would be lost, by reason. */
function lost(
  policy: Partial<Policy> = {},
  asked: Partial<EmergencyPlan> = {},
  evidence: Parameters<typeof snapshotOf>[1] = clusters,
  record = rest,
): Record<string, string> {
  const names = Object.keys(evidence);
  const losses = lossesOf(
    record,
    snapshotOf(rest, evidence, names),
    { ...samplePolicy, ...policy },
    { ...plan, ...asked },
    nowMs,
  );
  return Object.fromEntries(losses.map(({ reason, message }) => [reason, message]));
}

describe('what is lost by a rotation in an emergency', () => {
  it('is, at the least, that the old root is trusted until the end, that all ask at once, and that no list revokes anything', () => {
    expect(Object.keys(lost())).toEqual(['OldRootTrustedMeanwhile', 'WorkloadsReissued', 'ReplicasRestarted', 'CrlNotInstalled']);
    expect(lost()).toMatchObject({
      WorkloadsReissued: '6 workloads ask for a new certificate at the same moment, in each step',
      ReplicasRestarted: 'of 4 istiod replicas, those that refuse a row are restarted, one by one',
    });
  });

  it('says of replicas that the policy restarts in each step that all of them are', () => {
    expect(lost({ restarts: 'always' })).toMatchObject({
      ReplicasRestarted: 'of 4 istiod replicas, each is restarted in each step, one by one, as restarts: RESTART_ALWAYS says',
    });
  });

  it('names what the policy asks for and is skipped, with how much that is', () => {
    const policy: Partial<Policy> = {
      verification: 'manual',
      approvals: { by: 'another-person', expireAfterMs: hours },
      waves: { canaries: ['west'], size: { kind: 'share', percent: 25 }, soakMs: 2 * hours, onFailure: 'stop' },
      stepTimeout: { afterMs: 3 * hours, then: 'rollback' },
      minimumOverlapMs: 24 * hours,
      window: { kind: 'closed', opensAtMs: undefined },
    };
    const found = lost(policy, { windows: 2 });
    expect(found).toMatchObject({
      WavesSkipped: 'the canaries west and waves of 25 %: every cluster is told at once',
      SoakSkipped: 'the soak of 2 h after each wave',
      WindowsSkipped: '2 maintenance windows (closed now): steps begin at any time',
      OverlapSkipped: 'the minimum overlap of 24 h: evidence alone says that both roots are trusted everywhere',
      VerificationSkipped:
        'the manual verification of each step, and the second person that approves each step: evidence alone lets it pass',
      TimeoutSkipped: 'the step timeout of 3 h that takes a step back: nothing but a person does',
    });
    expect(lost(policy, { verification: 'manual' })).not.toHaveProperty('VerificationSkipped');
  });

  it('names, by cluster and namespace, the workloads that are restarted, or waited for where that is not allowed', () => {
    const renewed = workloadsHolding(holding, { namespace: 'shop', count: 2, learns: 'renewed' });
    const evidence = { east: evidenceOf(rest, { workloads: [renewed, workloadsHolding(holding)] }), west: evidenceOf(rest) };
    expect(lost({}, {}, evidence)).toMatchObject({
      WorkloadsRestarted: '2 workloads learn of roots only by a restart, and are restarted in each step: east: shop 2',
      WorkloadsReissued: '6 workloads ask for a new certificate at the same moment, in each step',
    });
    const emergency = { restarts: 'never', workloadRestarts: 'never' } as const;
    const strict = lost({ emergency }, {}, evidence);
    expect(strict['WorkloadsNotRestarted']).toMatch(/^2 workloads would have to be restarted, .*: east: shop 2$/);
    expect(strict).not.toHaveProperty('WorkloadsRestarted');
    expect(strict).not.toHaveProperty('ReplicasRestarted');
  });

  it('names replicas that refuse every row, and that the policy lets nobody restart', () => {
    const emergency = { restarts: 'never', workloadRestarts: 'never' } as const;
    const off = evidenceOf(rest).replicas.map((replica) => ({ ...replica, multiRoot: 'off' as const }));
    expect(lost({ emergency }, {}, { east: evidenceOf(rest, { replicas: off }) })['ReplicasNotRestarted']).toMatch(/^2 istiod/);
  });

  it('names silent clusters: those that are cut off, and those that it would stand still for', () => {
    const silent = evidenceOf(rest, { receivedAtMs: nowMs - samplePolicy.silentAfterMs - 1 });
    const evidence = { east: evidenceOf(rest), north: silent, west: silent };
    const found = lost({}, { excludeSilent: ['west'] }, evidence);
    expect(found['ClustersCutOff']).toMatch(/: west$/);
    expect(found['ClustersWaitedFor']).toBe(
      'silent, and not named: the rotation tells nobody before they report or are excluded: north',
    );
    expect(lost({}, { strategy: 'NONE' }, evidence)['ClustersWaitedFor']).toMatch(/does not finish .*: north, west$/);
  });

  it('names clusters that are no members, workloads that nobody has seen into, and budgets that hold restarts up', () => {
    const problems = [{ code: 'RR_ROLLOUT_BLOCKED', message: 'PodDisruptionBudget shop/web lets no pod go', remedy: '' }];
    const unread = workloadsHolding(holding, { method: 'none', unread: 'forbidden' });
    const deviation = { kind: 'excluded', cause: 'operator', by: 'ann', why: 'so', sinceMs: 1, told: undefined } as const;
    const evidence = { east: evidenceOf(rest, { problems, workloads: [unread] }), west: evidenceOf(rest) };
    expect(lost({}, {}, evidence, { ...rest, deviations: { west: deviation } })).toMatchObject({
      RolloutsBlocked: expect.stringMatching(/: east: PodDisruptionBudget shop\/web lets no pod go$/),
      WorkloadsNotProven: 'what 3 workloads hold is not known, and each step waits for the proof: east: default 3',
      ClustersLeftBehind: 'no members now, so they keep what they hold: west',
    });
  });

  it('is traffic itself under strategy NONE', () => {
    const found = lost({ minimumOverlapMs: hours }, { strategy: 'NONE' });
    expect(found['TrafficInterrupted']).toMatch(/^strategy NONE: 6 workloads of 2 clusters refuse each other/);
    expect(found['ReplicasRestarted']).toMatch(/every one of them is restarted$/);
    expect(found).not.toHaveProperty('OldRootTrustedMeanwhile');
    expect(found).not.toHaveProperty('OverlapSkipped');
  });

  it('says what a revocation list would take where mgmt has no key', () => {
    expect(lost({}, { crl: 'no-key' })['CrlNotInstalled']).toMatch(/mgmt has no key to sign one with/);
  });

  it('stays a few sentences for thousands of clusters', () => {
    const workloads = Array.from({ length: 30 }, (_, index) =>
      workloadsHolding(holding, { namespace: `shop-${index}`, learns: 'renewed', method: 'none' }),
    );
    const many = Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`c${index}`, evidenceOf(rest, { workloads })]));
    const found = lost({}, {}, many);
    expect(found['WorkloadsRestarted']).toMatch(/^180000 workloads .* and 1990 more$/);
    expect(JSON.stringify(found).length).toBeLessThan(8_000);
  });

  it('is listed, reason by reason, on the page on emergencies', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../../../docs/emergency.md'), 'utf8');
    expect(lossReasons.filter(({ reason }) => !page.includes(`\n| \`${reason}\` |`))).toEqual([]);
  });
});
