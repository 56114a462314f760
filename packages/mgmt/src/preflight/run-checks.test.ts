import { readFileSync } from 'node:fs';
import type { PreflightCheck } from '@reroot/shared/api';
import { known, unknown } from '@reroot/shared/protocol';
import { describe, expect, it } from 'vitest';
import { checkGroups } from './checks/index.ts';
import type { PreflightFacts } from './facts.ts';
import { fatalChecks, maxListedFindings, runChecks } from './run-checks.ts';
import { checkFixtures } from './testing/check-fixtures.ts';
import { caFiles, facts, inspected, inspection, istiod, spec } from './testing/sample-facts.ts';

const checks = checkGroups.flatMap((group) => group.checks);

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
      message: 'not known: whether every istiod signs by itself, with its plugged-in CA',
      findings: [{ cluster: 'east', kind: 'unknown', message: 'unknown because list pods is forbidden' }],
    });
  });

  it('of a whole cluster is said once, by the check whose matter it is', () => {
    const silent = facts({ inspections: new Map(spec.clusters.map((name) => [name, unknown('the agent did not answer')])) });
    const open = runChecks(silent).checks.filter(({ outcome }) => outcome !== 'passed');
    expect(open.map(({ id, outcome, clusterCount }) => `${id} ${outcome} ${clusterCount}`)).toEqual(['agent-answers warning 2']);
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
