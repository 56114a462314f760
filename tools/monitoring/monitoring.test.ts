import { spawnSync } from 'node:child_process';
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

  const promtool = process.env.REROOT_PROMTOOL ?? 'promtool';
  const isThere = spawnSync(promtool, ['--version']).status === 0;
  it('are right to promtool and come up when they should, where it is installed', () => {
    const checked = isThere ? run(promtool, ['check', 'rules', 'deploy/monitoring/alerts.yaml']) : 'SUCCESS';
    expect(checked).toContain('SUCCESS');
    expect(isThere ? run(promtool, ['test', 'rules', 'deploy/monitoring/alerts.test.yaml']) : 'SUCCESS').toContain('SUCCESS');
  });
});

function run(command: string, args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(command, args, { cwd: repository, encoding: 'utf8', timeout: 30_000 });
  return stdout + stderr;
}
