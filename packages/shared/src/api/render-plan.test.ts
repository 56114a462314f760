import { describe, expect, it } from 'vitest';
import { planFrom, plannedStep, plannedTime, plannedWave, rotationPlan } from '../testing/rotation-plan.ts';
import { planPath, readPlan } from './plan-exchange.ts';
import { renderPlan, renderPlanSummary } from './render-plan.ts';
import { noPaint } from './render-table.ts';

const text = (...differing: Parameters<typeof rotationPlan>): string =>
  renderPlan(rotationPlan(...differing), noPaint).join('\n');
const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `c-${String(index).padStart(4, '0')}`);

describe('a plan as text', () => {
  it('says what it is of, between which roots, and how long it takes', () => {
    expect(text()).toContain(
      [
        'plan of mesh demo: a new rotation · MULTI_ROOT · verification none · 2 clusters',
        'A  old root aaaaaaaaaaaa · O=reroot, CN=one · until 2036-01-01',
        'B  new root is made or taken when the rotation starts · until 2028-01-04',
        'begins 2027-01-04T12:00:00.000Z · ends 2027-01-04T12:00:20.000Z, +20 s (+13 s to +3 min)',
      ].join('\n'),
    );
  });

  it('names the roots that adopted clusters came with, and the rows as the status does', () => {
    const mesh = { fingerprint: 'a'.repeat(64), origin: 'known' } as const;
    const theirs = ['d', 'e'].map((digit) => ({ fingerprint: digit.repeat(64), origin: 'known' }) as const);
    const row = { roots: [mesh, ...theirs].map(({ fingerprint }) => fingerprint), signer: mesh.fingerprint };
    const steps = [plannedStep({ row }), plannedStep({ row, step: 'PROPAGATING_NEW_INTERMEDIATE' })];
    const two = text({ oldRoot: mesh, newRoot: mesh, alsoOld: theirs, steps });
    expect(two).toContain('\nA1 old root dddddddddddd\nA2 old root eeeeeeeeeeee\nB  new root aaaaaaaaaaaa\n');
    expect(two).toContain('ADDING_NEW_ROOT [A+B | A] ·');
    expect(two).toContain('PROPAGATING_NEW_INTERMEDIATE [A+B | B] ·');
    expect(text({ oldRoot: mesh, newRoot: mesh, alsoOld: theirs.slice(0, 1) })).toContain('\nA  old root dddddddddddd\nB  new');
  });

  it('has the bundle as a diff, who signs, and a line for each wave', () => {
    expect(text()).toContain('1 ADDING_NEW_ROOT [A+B | A] · begins at once, proven +20 s (+13 s to +3 min)');
    expect(text()).toContain('writes    cacerts of 2: east, west: bundle + B; signer A and its intermediate stay');
    expect(text()).toMatch(/\n +1 +2: east, west +at once +\+20 s \(\+13 s to \+3 min\) +6/);
    const signs = plannedStep({
      changes: [
        {
          clusters: ['east'],
          before: { roots: ['a'.repeat(64)], signer: 'a'.repeat(64) },
          kept: [],
          added: [],
          removed: ['a'.repeat(64), 'd'.repeat(64)],
          signer: 'new',
          intermediate: 'new',
        },
      ],
      intermediates: { count: 1, by: 'vault', atOnce: 1, seconds: 4 },
      restarts: { replicas: 2, replicasWhy: 'always', workloads: 5, blocked: ['east'], unknown: ['west'] },
    });
    expect(text({ steps: [signs] })).toContain('cacerts of east: bundle - A, - dddddddddddd; signer A → B, a new intermediate');
    expect(text({ steps: [signs] })).toContain('1 intermediates by vault, up to 1 at once, in 4.0 s');
    expect(text({ steps: [signs] })).toContain(
      'restarts  2 istiods (always), owners of up to 5 workloads; PodDisruptionBudgets bear none now in east, not known of west',
    );
  });

  it('says of a step under way what is done already', () => {
    const change = { ...plannedStep().changes[0]!, added: [], kept: ['a'.repeat(64), 'new'] };
    const waves = [plannedWave({ progress: 'told', proven: plannedTime(-5, -5, -5) })];
    const shown = text({
      of: 'rest',
      rotationId: 'r1',
      steps: [plannedStep({ progress: 'under-way', begins: plannedTime(-6, -6, -6), changes: [change], waves })],
    });
    expect(shown).toContain('what is left of rotation r1');
    expect(shown).toContain('1 ADDING_NEW_ROOT [A+B | A] · under way · began 6.0 s ago');
    expect(shown).toContain('writes    nothing in 2: east, west: the row is there already');
    expect(shown).toMatch(/\n +1 +2: east, west +told +5\.0 s ago +6/);
  });

  it('stays short with thousands of clusters and waves', () => {
    const waves = many(1_000).map((name, index) => plannedWave({ index: index + 1, clusters: [name] }));
    const change = plannedStep().changes[0]!;
    const steps = [plannedStep({ waves, changes: [{ ...change, clusters: many(1_000) }] })];
    const lines = renderPlan(rotationPlan({ members: 1_000, steps }), noPaint);
    expect(lines.length).toBeLessThan(25);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(160);
    expect(lines.join('\n')).toContain('1000: c-0000, c-0001 … c-0999');
    expect(lines.join('\n')).toMatch(/… 995 more waves\n +1000 +c-0999/);
  });

  it('says why there is no latest end, what blocks it and what ends before', () => {
    const shown = text({
      ends: plannedTime(13, 20, undefined, 'a person has to answer'),
      notices: [{ severity: 'blocks', reason: 'ClusterSilent', message: 'c is silent', clusters: ['a', 'b'] }],
      expiries: [{ what: 'old root x', at: '2027-01-05T12:00:00.000Z', when: 'soon-after', message: 'so', clusters: [] }],
    });
    expect(shown).toContain('+20 s (+13 s, without a latest)\n  no latest end: a person has to answer');
    expect(shown).toContain('blocks: c is silent (2: a, b) · ClusterSilent');
    expect(shown).toContain('expires: old root x ends soon afterwards, 2027-01-05T12:00:00.000Z (+24 h 0 min): so');
  });

  it('shows an outage, and the pairs that break by it', () => {
    const shown = text({
      breaks: [
        {
          cluster: 'east',
          others: ['west'],
          step: 'DELETING_OLD_ROOT',
          from: '2027-01-04T12:10:00.000Z',
          refuses: 'both',
          message: 'neither trusts',
        },
      ],
      whatIf: {
        ...{
          offline: ['east'],
          from: planFrom,
          until: '2027-01-04T15:00:00.000Z',
          outcome: 'leaves-behind',
          message: 'it goes on',
        },
        ...{ excludedAt: '2027-01-04T12:05:00.000Z', ends: '2027-01-04T12:30:00.000Z', consequences: ['east returns'] },
      },
    });
    expect(shown).toContain(
      'what if east is offline until 2027-01-04T15:00:00.000Z (+3 h 0 min):\n  it goes on\n  excluded by the policy +5 min',
    );
    expect(shown).toContain('the rotation ends +30 min, and otherwise never');
    expect(shown).toMatch(/east +west +\+10 min +it is brought back +DELETING_OLD_ROOT +neither trusts/);
  });

  it('lets no text of elsewhere steer the terminal', () => {
    expect(text({ notices: [{ severity: 'warning', reason: 'X', message: 'a\u001b[2Jb', clusters: [] }] })).not.toContain(
      '\u001b',
    );
  });

  it('has three lines for whoever is to confirm it', () => {
    const blocked = rotationPlan({ notices: [{ severity: 'blocks', reason: 'X', message: 'somebody is silent', clusters: [] }] });
    expect(renderPlanSummary(blocked, noPaint)).toEqual([
      '2 clusters, 1 steps, 1 waves; likely takes 20 s',
      'blocks: somebody is silent',
    ]);
  });
});

describe('the exchange of a plan', () => {
  it('leaves out of the path what is not asked for', () => {
    expect(planPath({})).toBe('/plan');
    expect(planPath({ strategy: 'NONE', at: '2h', offline: ['a', 'b'], exclude: [] })).toBe(
      '/plan?strategy=NONE&at=2h&offline=a%2Cb',
    );
  });

  it('takes nothing for a plan that is none', () => {
    expect(readPlan(rotationPlan())).toBeDefined();
    expect([readPlan({ mesh: 'demo' }), readPlan([]), readPlan('plan')]).toEqual([undefined, undefined, undefined]);
  });
});
