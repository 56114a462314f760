import { readFileSync } from 'node:fs';
import type { PreflightCheck } from '@reroot/shared/api';
import { type Inspection, known, unknown } from '@reroot/shared/protocol';
import { describe, expect, it } from 'vitest';
import { evidenceOf, holdingOf, rootB, snapshotOf } from '../rotation/evidence-sample.ts';
import { checkGroups } from './checks/index.ts';
import type { PreflightFacts } from './facts.ts';
import { fatalChecks, maxListedFindings, runChecks } from './run-checks.ts';
import { checkFixtures } from './testing/check-fixtures.ts';
import { withAdopted } from './testing/fixture-parts.ts';
import {
  adopting,
  caFiles,
  dayMs,
  facts,
  hosted,
  inspected,
  inspection,
  istiod,
  proxies,
  record,
  spec,
  specWith,
} from './testing/sample-facts.ts';

const checks = checkGroups.flatMap((group) => group.checks);

const withOpen = Object.keys(checkFixtures).filter((id) => checkFixtures[id]?.open !== undefined);
const meshWide = [
  ...['any-member', 'members', 'root-key', 'root-in-force', 'target-root', 'target-root-name', 'approvals'],
  ...['maintenance-windows', 'adoptable', 'foreign-trust', 'istiod-budgets', 'gateway-budgets', 'nats-limits', 'disk'],
];

function resultOf(id: string, given: PreflightFacts): PreflightCheck {
  const found = runChecks(given).checks.find((check) => check.id === id);
  if (found === undefined) throw new Error(`there is no check ${id}`);
  return found;
}

describe('the checks of preflight', () => {
  it('all pass for a mesh that is fit', () => {
    const report = runChecks(facts());
    expect(report.checks.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
    expect(report).toMatchObject({ mesh: 'demo', outcome: 'passed' });
  });

  it('have names of their own, and each a case that fails and one that passes', () => {
    const ids = checks.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(Object.keys(checkFixtures).toSorted()).toEqual(ids.toSorted());
  });

  it.each(checks.map(({ id, severity }) => ({ id, severity })))('$id fails where it should, as $severity', ({ id, severity }) => {
    const { outcome, findings, hint } = resultOf(id, checkFixtures[id]!.failing);
    expect(outcome).toBe(severity);
    expect(findings.every(({ message }) => message.length > 0)).toBe(true);
    expect(hint).toContain(`(docs/preflight.md#${id})`);
  });

  it.each(checks.map(({ id }) => id))('%s passes beside that', (id) => {
    expect(resultOf(id, checkFixtures[id]!.passing)).toMatchObject({ outcome: 'passed', findingCount: 0 });
  });

  it.each(withOpen)('%s says of whom it is not known', (id) => {
    const [given, name] = checkFixtures[id]!.open!;
    const { outcome, message, findings, hint } = resultOf(id, given);
    expect(outcome).toBe('unknown');
    expect(message).toMatch(/^not known: whether /);
    expect(findings.map(({ kind }) => kind)).toEqual(findings.map(() => 'unknown'));
    expect(findings[0]?.message).toContain(name);
    expect(hint).toContain(`(docs/preflight.md#${id})`);
  });

  it('find a namesake of the next root among those that adopted clusters came with', () => {
    expect(resultOf('target-root-name', withAdopted('CN=new'))).toMatchObject({
      outcome: 'fatal',
      findings: [{ message: `${rootB.fingerprint.slice(0, 12)} and ${'c'.repeat(12)}` }],
    });
    expect(resultOf('target-root-name', withAdopted('CN=adopted')).outcome).toBe('passed');
    expect(resultOf('target-root-name', withAdopted(undefined)).outcome).toBe('unknown');
  });

  it.each(['istiod-multi-root', 'istiod-reloads', 'istiod-outside-clients', 'proxies-ask-for-bundles'])(
    '%s says when it passes that a restart helps too: with the policy for that it looks at nothing',
    (id) => {
      const restarted = specWith({ restarts: 'always', workloadRestarts: 'when-needed' });
      const { outcome, message } = resultOf(id, { ...checkFixtures[id]!.failing, spec: restarted });
      expect([outcome, message]).toEqual(['passed', expect.stringMatching(/, or (istiod )?is restarted/)]);
    },
  );

  it('let nothing of clusters pass where no cluster takes part, and refuse the start', () => {
    for (const given of [checkFixtures['any-member']!.failing, facts({ snapshot: { ...facts().snapshot, clusters: [] } })]) {
      const report = runChecks(given);
      expect(fatalChecks(report).map(({ id }) => id)).toEqual(['any-member']);
      const passed = report.checks.filter(({ outcome }) => outcome === 'passed').map(({ id }) => id);
      expect(passed.filter((id) => !meshWide.includes(id))).toEqual([]);
    }
    expect(resultOf('istiod-signs', checkFixtures['any-member']!.failing)).toMatchObject({
      outcome: 'unknown',
      message: 'not known: whether every istiod signs by itself; no cluster takes part',
    });
    expect(resultOf('any-member', checkFixtures['any-member']!.failing)).toMatchObject({
      findings: [{ message: 'no cluster of the mesh takes part: 2 held back until they are adopted or led to the others' }],
      hint: expect.stringContaining('`reroot mesh adopt`') as string,
    });
  });

  it('warn of approvals by name alone where a mesh asks for another person, as in an emergency', () => {
    const fourEyes = specWith({ approvals: { by: 'another-person', expireAfterMs: dayMs } });
    expect(resultOf('approvals', hosted({ names: 'claimed' }, { spec: fourEyes })).outcome).toBe('warning');
    expect(resultOf('approvals', hosted({ names: 'known' }, { spec: fourEyes, pace: 'emergency' })).outcome).toBe('passed');
  });

  it('take machines and proxies with certificates of their own for clients that istiod must be restarted for', () => {
    expect(resultOf('istiod-outside-clients', inspected({ outsideWorkloads: known(2) })).outcome).toBe('warning');
    const restarted = { spec: specWith({ restarts: 'always' }) } as const;
    expect(resultOf('istiod-outside-clients', inspected({ outsideWorkloads: known(2) }, restarted)).outcome).toBe('passed');
    const provisioned = inspected({ proxies: known([proxies({ certificates: 'provisioned' })]) });
    expect(resultOf('istiod-outside-clients', provisioned).outcome).toBe('warning');
  });

  it('fear nothing of leaves whose lifetime is not known where istiod signs for no longer than intermediates live', () => {
    const unread = known([proxies({ leafLifetimeMs: 90 * dayMs, unread: ['SECRET_TTL'] })]);
    const short = known([istiod({ longestLeafMs: 30 * dayMs })]);
    expect(resultOf('intermediate-lifetime', inspected({ proxies: unread, istiods: short })).outcome).toBe('passed');
    const open = known([istiod({ longestLeafMs: 30 * dayMs, unread: ['MAX_WORKLOAD_CERT_TTL'] })]);
    expect(resultOf('intermediate-lifetime', inspected({ proxies: unread, istiods: open })).outcome).toBe('unknown');
  });

  it('name a revocation list that is complete, for the next intermediate can have none in it, and one that is not', () => {
    const keys = [{ name: 'ca-crl.pem', bytes: 300 }];
    const findings = [{ rule: 'crl-incomplete', verdict: 'refuses', message: 'lacks one' }] as const;
    const found = resultOf('ca-crls', inspected({ caFiles: known([caFiles({ keys, findings })]) })).findings;
    expect(found.map(({ message }) => message)).toEqual([
      'istio-system/cacerts: lacks one (crl-incomplete)',
      'istio-system/cacerts has a ca-crl.pem, and no list of the next intermediate can be in it',
    ]);
  });

  it('have each a heading in docs/preflight.md', () => {
    const page = readFileSync(new URL('../../../../docs/preflight.md', import.meta.url), 'utf8');
    const headings = new Set([...page.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading));
    expect(checks.map(({ id }) => id).filter((id) => !headings.has(id))).toEqual([]);
  });
});

describe('what is not known', () => {
  it('never keeps a rotation from starting, and is said with its reason', () => {
    const blind = unknown('list pods is forbidden');
    const nothing = Object.keys(inspection()).filter((name) => name !== 'takenAtMs');
    const report = runChecks(inspected(Object.fromEntries(nothing.map((name) => [name, blind]))));
    expect(fatalChecks(report)).toEqual([]);
    expect(report.outcome).toBe('warnings');
    expect(resultOf('istiod-signs', inspected({ istiods: blind }))).toMatchObject({
      outcome: 'unknown',
      message: 'not known: whether every istiod signs by itself',
      findings: [{ cluster: 'east', kind: 'unknown', message: 'unknown because list pods is forbidden' }],
    });
  });

  it('of a whole cluster is said once, by the check whose matter it is', () => {
    const silent = facts({ inspections: new Map(spec.clusters.map((name) => [name, unknown('the agent did not answer')])) });
    const found = runChecks(silent).checks.filter(({ findingCount }) => findingCount > 0);
    expect(found.map(({ id, outcome, clusterCount }) => `${id} ${outcome} ${clusterCount}`)).toEqual(['agent-answers warning 2']);
  });

  it('of a whole cluster lets no check pass that needs it, and the check names it in its sentence', () => {
    const fit = facts();
    const inspections = new Map([...fit.inspections, ['west', unknown('the agent did not answer')] as const]);
    const snapshot = { ...fit.snapshot, ...snapshotOf(record, { west: undefined }), links: new Map() };
    const report = runChecks({ ...fit, inspections, snapshot });
    expect(report.checks.find(({ id }) => id === 'istiod-signs')).toEqual({
      ...{ id: 'istiod-signs', category: 'istiod', outcome: 'unknown', findings: [], findingCount: 0, clusterCount: 0 },
      message: 'every istiod signs by itself; not seen: west',
    });
    const passed = report.checks.filter(({ outcome }) => outcome === 'passed').map(({ id }) => id);
    // These look at the mesh and at mgmt alone; nobody asks for restarts here.
    expect(passed).toEqual(meshWide);
  });

  it('stands behind what is known to be wrong', () => {
    const given = inspected({ istiods: unknown('nobody says') });
    const west = known(inspection({ istiods: known([istiod({ externalCa: 'spire:443' })]) }));
    const inspections = new Map([...given.inspections, ['west', west] as const]);
    const { outcome, findings } = resultOf('istiod-signs', { ...given, inspections });
    expect(outcome).toBe('fatal');
    expect(findings.map(({ cluster, kind }) => `${cluster} ${kind}`)).toEqual(['west failing', 'east unknown']);
  });
});

describe('before an adoption', () => {
  const reported = (changes: Parameters<typeof evidenceOf>[1]): Partial<PreflightFacts> => ({
    snapshot: { ...facts().snapshot, ...snapshotOf(record, { east: evidenceOf(record, changes) }) },
  });
  const standing = { source: 'self-made', owner: 'other', adoption: 'allowed', objection: '' } as const;
  const otherBytes = { ...holdingOf(record), bundleSha256: 'other bytes' };
  const replicas = [{ replica: 'istiod-0', holding: otherBytes, failure: undefined, multiRoot: 'on' }] as const;
  const tls = [{ rule: 'tls-form-roots-in-chain', verdict: 'warns', message: 'the TLS form' }] as const;
  const otherTerm = [{ code: 'RR_REPORT_OTHER_TERM', message: 'of term 0', remedy: 'wait' }];

  it.each<[string, Partial<Inspection>, Partial<PreflightFacts>]>([
    ['ca-form', { caFiles: known([caFiles({ findings: tls })]) }, {}],
    ['istiod-byte-rule', { istiods: known([istiod({ version: '1.29.6' })]) }, reported({ replicas, standing })],
    ['agent-problems', {}, reported({ problems: otherTerm })],
  ])('%s passes over what the adoption of that cluster puts right', (id, changes, more) => {
    expect(resultOf(id, inspected(changes, more)).outcome).toBe('warning');
    expect(resultOf(id, inspected(changes, { ...more, ...adopting('west') })).outcome).toBe('warning');
    expect(resultOf(id, inspected(changes, { ...more, ...adopting('east') })).outcome).toBe('passed');
  });

  it('istiods that signed by a plugged-in CA compare their bytes as ever', () => {
    const plugged = reported({ replicas, standing: { ...standing, source: 'cacerts' } });
    const old = inspected({ istiods: known([istiod({ version: '1.29.6' })]) }, { ...plugged, ...adopting('east') });
    expect(resultOf('istiod-byte-rule', old).outcome).toBe('warning');
  });

  it('what is wrong with a CA that is kept as it is stays fatal', () => {
    const findings = [{ rule: 'chain-lacks-signer', verdict: 'breaks', message: 'no signer' }] as const;
    expect(
      resultOf('ca-chain-has-signer', inspected({ caFiles: known([caFiles({ findings })]) }, adopting('east'))).outcome,
    ).toBe('fatal');
  });

  it('a root that is brought along counts as a namesake of that of the mesh', () => {
    const given = withAdopted('CN=adopted');
    const roots = new Map([['e'.repeat(64), given.roots.get(rootB.fingerprint)!]]);
    const named = { ...given, roots: new Map([...given.roots, ...roots]) };
    expect(resultOf('target-root-name', named).outcome).toBe('passed');
    expect(resultOf('target-root-name', { ...named, ...adopting('east', { roots }) }).outcome).toBe('fatal');
  });

  it('is said to be one', () => {
    expect([runChecks(facts()).start, runChecks(facts(adopting('east'))).start]).toEqual(['rotation', 'adoption']);
  });
});

describe('in a large fleet', () => {
  it('findings are counted all and listed to a bound', () => {
    const clusters = Array.from({ length: 1_000 }, (_, index) => `c-${index}`);
    const bad = known(inspection({ istiods: known([istiod({ externalCa: 'spire:443' })]) }));
    const large = facts({
      spec: { ...spec, clusters },
      snapshot: { ...facts().snapshot, clusters },
      inspections: new Map(clusters.map((cluster) => [cluster, bad])),
    });
    const { findings, findingCount, clusterCount } = resultOf('istiod-signs', large);
    expect([findings.length, findingCount, clusterCount]).toEqual([maxListedFindings, 1_000, 1_000]);
  });
});
