import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { agentMetrics, type MetricDefinitions, mgmtMetrics, processMetrics } from '../../packages/shared/src/metrics/index.ts';
import { repository } from '../generated-files.ts';
import { alertRules } from './alerts.ts';
import { dashboardRows, renderDashboard } from './dashboard.ts';

const definitions: MetricDefinitions = { ...mgmtMetrics, ...agentMetrics, ...processMetrics };

/** What an expression takes for granted that is not so. */
function wrongIn(expr: string): readonly string[] {
  const names = expr.match(/\b(reroot|process|nodejs)_\w+/g) ?? [];
  if (names.length === 0) return ['no metric'];
  const base = (name: string): string => (definitions[name] === undefined ? name.replace(/_(bucket|sum|count)$/, '') : name);
  const unknown = names.filter((name) => definitions[base(name)] === undefined);
  const labels = [...expr.matchAll(/\b((?:reroot|process|nodejs)_\w+)\{([^}]*)\}/g)].flatMap(([, name = '', selectors = '']) =>
    [...selectors.matchAll(/(\w+)\s*=/g)].map(([, label = '']) => ({ name, label })),
  );
  const grouped = [...expr.matchAll(/by \(([^)]*)\)/g)].flatMap(([, list = '']) =>
    list.split(/,\s*/).map((label) => ({ name: names[0] ?? '', label })),
  );
  const foreign = [...labels, ...grouped].filter(
    ({ name, label }) => label !== 'le' && definitions[base(name)]?.labels[label] === undefined,
  );
  const rated = [...expr.matchAll(/\b(?:rate|increase)\((\w+)/g)].map(([, name = '']) => name);
  const gauges = rated.filter((name) => definitions[base(name)]?.type === 'gauge');
  return [
    ...unknown,
    ...foreign.map(({ name, label }) => `${name} has no ${label}`),
    ...gauges.map((name) => `${name} is a gauge`),
  ];
}

describe('the dashboard', () => {
  it('asks for metrics and labels that exist, in pictures that fit on the page', () => {
    const panels = dashboardRows.flatMap((row) => row.panels);
    expect(panels.flatMap(({ targets }) => targets.flatMap(([expr]) => wrongIn(expr)))).toEqual([]);
    const drawn = (JSON.parse(renderDashboard()) as { panels: { gridPos: { x: number; y: number; w: number; h: number } }[] })
      .panels;
    const boxes = drawn.map(({ gridPos }) => gridPos);
    const overlaps = boxes.filter((a, index) =>
      boxes.some((b, other) => other > index && a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h),
    );
    expect(overlaps).toEqual([]);
    expect(boxes.filter(({ x, w }) => x + w > 24)).toEqual([]);
  });
});

describe('the dashboard as Grafana reads it', () => {
  const board = JSON.parse(readFileSync(join(repository, 'deploy/monitoring/grafana-dashboard.json'), 'utf8')) as Board;
  const pictures = board.panels.filter(({ type }) => type !== 'row');

  it('has an identity that stays, and asks at its import which Prometheus it is to use', () => {
    expect(board).toMatchObject({ uid: 'reroot', title: 'reroot', schemaVersion: 39 });
    const [input] = board.__inputs;
    expect(input).toMatchObject({ type: 'datasource', pluginId: 'prometheus' });
    const asked = new Set([...pictures, ...pictures.flatMap(({ targets }) => targets)].map(({ datasource }) => datasource.uid));
    expect([...asked]).toEqual([`\${${input?.name ?? ''}}`]);
  });

  it('has panels with an id, a place, a unit and words of their own, and targets that differ', () => {
    expect(new Set(board.panels.map(({ id }) => id)).size).toBe(board.panels.length);
    expect(pictures.length).toBeGreaterThan(15);
    for (const { title, description, fieldConfig, targets } of pictures) {
      expect([title, description]).toEqual([title, expect.stringMatching(/^`\w+`: \S.*\.$/s)]);
      expect(fieldConfig.defaults.unit).toMatch(/^\w+$/);
      expect(targets.length).toBeGreaterThan(0);
      expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
    }
  });

  it('knows the variables that its expressions have', () => {
    const variables = new Set(pictures.flatMap(({ targets }) => targets.flatMap(({ expr }) => expr.match(/\$\w+/g) ?? [])));
    const known = [...board.templating.list.map(({ name }) => `$${name}`), '$__rate_interval'];
    expect([...variables].filter((name) => !known.includes(name))).toEqual([]);
  });
});

/** Of a dashboard what is looked at. */
interface Board {
  readonly uid: string;
  readonly __inputs: readonly { readonly name: string; readonly type: string; readonly pluginId: string }[];
  readonly templating: { readonly list: readonly { readonly name: string }[] };
  readonly panels: readonly {
    readonly id: number;
    readonly type: string;
    readonly title: string;
    readonly description?: string;
    readonly datasource: { readonly uid: string };
    readonly fieldConfig: { readonly defaults: { readonly unit: string } };
    readonly targets: readonly { readonly refId: string; readonly expr: string; readonly datasource: { readonly uid: string } }[];
  }[];
}

describe('the alert rules', () => {
  it('ask for metrics and labels that exist', () => {
    expect(alertRules.flatMap(({ expr }) => wrongIn(expr))).toEqual([]);
    expect(wrongIn('rate(reroot_term[1m]) + sum by (cluster) (reroot_nothing)')).toHaveLength(3);
  });

  it('have a runbook each', () => {
    const text = readFileSync(join(repository, 'docs/troubleshooting.md'), 'utf8');
    const anchors = new Set([...text.matchAll(/^### (\w+)$/gm)].map(([, name = '']) => name.toLowerCase()));
    const rules = readFileSync(join(repository, 'deploy/monitoring/alerts.yaml'), 'utf8');
    const named = [...rules.matchAll(/runbook: docs\/troubleshooting\.md#(\w+)$/gm)].map(([, anchor = '']) => anchor);
    expect(named).toHaveLength(alertRules.length);
    expect(named.filter((anchor) => !anchors.has(anchor))).toEqual([]);
  });

  it('come up in a case each, which promtool runs in the real tier', () => {
    const text = readFileSync(join(repository, 'deploy/monitoring/alerts.test.yaml'), 'utf8');
    const named = (pattern: RegExp) => new Set([...text.matchAll(pattern)].map(([, name = '']) => name));
    const [comesUp, doesNot] = [named(/alertname: (\w+)\n +exp_alerts:/g), named(/\{ eval_time: \w+, alertname: (\w+) \}/g)];
    const rules = alertRules.map(({ name }) => name);
    expect([...comesUp].toSorted()).toEqual(rules.toSorted());
    expect([...doesNot].toSorted()).toEqual(rules.toSorted());
  });
});
