import { agentMetrics, type MetricDefinitions, mgmtMetrics, processMetrics } from '../../packages/shared/src/metrics/index.ts';

/** The tables of docs/metrics.md. */
export function metricsParts(): Readonly<Record<string, string>> {
  return { mgmt: tableOf(mgmtMetrics), agent: tableOf(agentMetrics), process: tableOf(processMetrics), labels: labelTable() };
}

function tableOf(definitions: MetricDefinitions): string {
  const rows = Object.entries(definitions).map(([name, { type, labels, help }]) => {
    const names = Object.keys(labels).map((label) => `\`${label}\``);
    return `| \`${name}\` | ${type} | ${names.join(', ')} | ${help} |\n`;
  });
  return `| metric | type | labels | is |\n|---|---|---|---|\n${rows.join('')}`;
}

function labelTable(): string {
  const rows = [mgmtMetrics, agentMetrics, processMetrics]
    .flatMap((definitions: MetricDefinitions) => Object.values(definitions))
    .flatMap(({ labels }) => Object.entries(labels))
    .map(([label, { values, atMost }]) => `| \`${label}\` | ${values} | ${boundText(atMost)} |\n`);
  return `| label | its values | at most |\n|---|---|---|\n${[...new Set(rows)].toSorted().join('')}`;
}

function boundText(atMost: number | 'meshes' | 'clusterSeries'): string {
  if (atMost === 'meshes') return 'as many as there are meshes';
  return atMost === 'clusterSeries' ? '`metrics.clusterSeries` in each mesh' : String(atMost);
}
