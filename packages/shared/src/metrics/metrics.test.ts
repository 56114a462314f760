import { describe, expect, it } from 'vitest';
import { readExposition } from '../testing/index.ts';
import type { MetricDefinitions } from './metric.ts';
import { agentMetrics, mgmtMetrics, processMetrics } from './names.ts';
import { processSamples } from './process-samples.ts';
import { createRegistry } from './registry.ts';
import { renderMetrics } from './render-metrics.ts';

const all: MetricDefinitions = { ...mgmtMetrics, ...agentMetrics, ...processMetrics };

describe('the names of metrics', () => {
  it('follow the conventions of Prometheus', () => {
    const wrong = Object.entries(all).filter(([name, { type, unit, help, labels, buckets = [1] }]) => {
      const isCounter = name.endsWith('_total');
      const hasUnit = unit === 'none' || name.includes(`_${unit}`);
      const isPlain = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(name) && !/_(ms|milliseconds|days|count|sum|bucket)$/.test(name);
      const ascends = buckets.every((bound, index) => index === 0 || bound > (buckets[index - 1] ?? 0));
      const isInfo = !name.endsWith('_info') || Object.keys(labels).length > 0;
      return !(isCounter === (type === 'counter') && hasUnit && isPlain && ascends && isInfo) || /[.\n]$/.test(help);
    });
    expect(wrong.map(([name]) => name)).toEqual([]);
  });
});

describe('a registry', () => {
  const definitions = {
    a_total: { type: 'counter', unit: 'none', help: 'A', labels: { why: { values: 'words', atMost: 3 } } },
    b_total: { type: 'counter', unit: 'none', help: 'B', labels: {} },
    c_seconds: { type: 'histogram', unit: 'seconds', help: 'C', labels: {}, buckets: [0.5, 1] },
  } as const satisfies MetricDefinitions;

  it('counts and measures, and is read back as it was written', () => {
    const registry = createRegistry(definitions);
    registry.count('a_total', { why: 'say "no"\n\\' });
    registry.count('a_total', { why: 'say "no"\n\\' }, 2);
    for (const seconds of [0.5, 0.7, 3]) registry.observe('c_seconds', {}, seconds);
    const text = renderMetrics(definitions, registry.samples());
    expect(text).toContain('# HELP c_seconds C\n# TYPE c_seconds histogram\nc_seconds_bucket{le="0.5"} 1\n');
    expect(readExposition(text)).toEqual([
      { name: 'a_total', labels: { why: 'say "no"\n\\' }, value: 3 },
      { name: 'b_total', labels: {}, value: 0 },
      { name: 'c_seconds_bucket', labels: { le: '0.5' }, value: 1 },
      { name: 'c_seconds_bucket', labels: { le: '1' }, value: 2 },
      { name: 'c_seconds_bucket', labels: { le: '+Inf' }, value: 3 },
      { name: 'c_seconds_sum', labels: {}, value: 4.2 },
      { name: 'c_seconds_count', labels: {}, value: 3 },
    ]);
  });

  it('never holds more series of a metric than a bound', () => {
    const registry = createRegistry(definitions);
    for (let index = 0; index < 3_000; index += 1) registry.count('a_total', { why: String(index) });
    expect(registry.samples().filter(({ name }) => name === 'a_total')).toHaveLength(2_000);
  });
});

describe('a process', () => {
  it('measures itself under names that are defined', () => {
    const samples = readExposition(renderMetrics(processMetrics, processSamples()));
    expect(samples.map(({ name }) => name).toSorted()).toEqual(Object.keys(processMetrics).toSorted());
    expect(samples.filter(({ value }) => !(value > 0))).toEqual([]);
  });
});
