import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { agentMetrics, type MetricDefinitions, mgmtMetrics, processMetrics, renderMetrics } from '@reroot/shared/metrics';
import { describe, expect, it } from 'vitest';
import { findServers } from './servers/find-servers.ts';

const monitoring = join(import.meta.dirname, '../../deploy/monitoring');
const { promtool } = findServers();

/** What promtool says, and its exit code. */
function ask(args: readonly string[], input = ''): { readonly status: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(promtool, args, { cwd: monitoring, encoding: 'utf8', timeout: 120_000, input });
  return { status, said: stdout + stderr };
}

/** An exposition with a series of every metric. */
function exposeAll(definitions: MetricDefinitions): string {
  const samples = Object.entries(definitions).flatMap(([name, { type, labels }]) => {
    const filled = Object.fromEntries(Object.keys(labels).map((label) => [label, 'x']));
    if (type !== 'histogram') return [{ name, labels: filled, value: 1 }];
    const buckets = [{ name: `${name}_bucket`, labels: { ...filled, le: '+Inf' }, value: 1 }];
    return [...buckets, ...['sum', 'count'].map((part) => ({ name: `${name}_${part}`, labels: filled, value: 1 }))];
  });
  return renderMetrics(definitions, samples);
}

describe('promtool', () => {
  it('takes the alert rules', () => {
    expect(ask(['check', 'rules', '--lint=all', '--lint-fatal', 'alerts.yaml'])).toMatchObject({ status: 0 });
  });

  it('sees each of them come up when it should, and not before', () => {
    expect(ask(['test', 'rules', 'alerts.test.yaml'])).toMatchObject({ status: 0, said: expect.stringContaining('SUCCESS') });
  });

  it('finds nothing to say of the names of the metrics', () => {
    for (const definitions of [{ ...mgmtMetrics, ...processMetrics }, agentMetrics]) {
      expect(ask(['check', 'metrics'], exposeAll(definitions))).toEqual({ status: 0, said: '' });
    }
    expect(ask(['check', 'metrics'], '# TYPE reroot_wrong counter\nreroot_wrong 1\n').status).not.toBe(0);
  });
});
