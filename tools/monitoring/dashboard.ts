import { type MetricDefinitions, mgmtMetrics, processMetrics } from '../../packages/shared/src/metrics/index.ts';

/** One picture of the dashboard. */
interface Panel {
  readonly title: string;
  readonly kind: 'timeseries' | 'stat' | 'table' | 'state-timeline';
  readonly unit: 'short' | 's' | 'bytes' | 'dateTimeFromNow' | 'percentunit';
  readonly width: 6 | 8 | 12 | 24;
  /** Expressions, each with its legend. */
  readonly targets: readonly (readonly [expr: string, legend: string])[];
}

/** Rows of panels. */
export const dashboardRows: readonly { readonly title: string; readonly panels: readonly Panel[] }[] = [
  {
    title: 'Rotation',
    panels: [
      panel('State', 'state-timeline', 'short', 24, ['reroot_mesh_state{mesh=~"$mesh"} == 1', '{{mesh}} {{state}}']),
      panel('Waits for', 'state-timeline', 'short', 12, ['reroot_mesh_gate{mesh=~"$mesh"} == 1', '{{mesh}} {{reason}}']),
      panel('Laggards', 'timeseries', 'short', 12, ['reroot_mesh_laggards{mesh=~"$mesh"}', '{{mesh}}']),
      panel('Clusters by evidence', 'timeseries', 'short', 12, [
        'sum by (level) (reroot_mesh_clusters_by_evidence{mesh=~"$mesh"})',
        '{{level}}',
      ]),
      panel('Clusters by presence', 'timeseries', 'short', 12, [
        'sum by (presence) (reroot_mesh_clusters_by_presence{mesh=~"$mesh"})',
        '{{presence}}',
      ]),
    ],
  },
  {
    title: 'How quickly clusters follow',
    panels: [
      panel(
        'Agents take up what they are told',
        'timeseries',
        's',
        12,
        ...quantiles('reroot_acknowledge_duration_seconds', 'mesh=~"$mesh"'),
      ),
      panel(
        'Clusters are proven to hold it',
        'timeseries',
        's',
        12,
        ...quantiles('reroot_evidence_held_duration_seconds', 'mesh=~"$mesh"'),
      ),
      panel('Clusters that lag behind', 'table', 'short', 24, [
        'reroot_cluster_evidence_level{mesh=~"$mesh"} < 4',
        '{{mesh}} {{cluster}}',
      ]),
    ],
  },
  {
    title: 'Trust',
    panels: [
      panel('Root ends', 'stat', 'dateTimeFromNow', 6, [
        'reroot_mesh_root_expiry_timestamp_seconds{mesh=~"$mesh",role="current"} * 1000',
        '{{mesh}}',
      ]),
      panel('First intermediate ends', 'stat', 'dateTimeFromNow', 6, [
        'reroot_mesh_intermediate_expiry_timestamp_seconds{mesh=~"$mesh"} * 1000',
        '{{mesh}}',
      ]),
      panel('Pairs of clusters', 'timeseries', 'short', 12, [
        'sum by (state) (reroot_mesh_matrix_cells{mesh=~"$mesh"})',
        '{{state}}',
      ]),
      panel('Handshakes', 'timeseries', 'short', 12, [
        'sum by (expects, outcome) (rate(reroot_handshakes_total{mesh=~"$mesh"}[$__rate_interval]))',
        'expected {{expects}}: {{outcome}}',
      ]),
      panel(
        'Alarms and drift',
        'timeseries',
        'short',
        12,
        ['sum by (reason) (reroot_mesh_alarms{mesh=~"$mesh"})', '{{reason}}'],
        ['sum by (kind) (reroot_mesh_drift{mesh=~"$mesh"}) > 0', 'drift: {{kind}}'],
      ),
    ],
  },
  {
    title: 'mgmt',
    panels: [
      panel('Requests', 'timeseries', 'short', 8, [
        'sum by (status) (rate(reroot_api_requests_total[$__rate_interval]))',
        '{{status}}',
      ]),
      panel('Time to answer', 'timeseries', 's', 8, ...quantiles('reroot_api_request_duration_seconds', '')),
      panel(
        'Refused',
        'timeseries',
        'short',
        8,
        ['sum by (reason) (rate(reroot_messages_refused_total[$__rate_interval]))', 'message: {{reason}}'],
        ['sum by (code) (rate(reroot_api_refusals_total[$__rate_interval]))', 'request: {{code}}'],
      ),
      panel(
        'NATS',
        'timeseries',
        'short',
        8,
        ['reroot_bus_connected', 'connected'],
        ['rate(reroot_bus_dropped_messages_total[$__rate_interval])', 'dropped {{direction}}'],
        ['increase(reroot_bus_reconnects_total[$__rate_interval])', 'reconnects'],
      ),
      panel(
        'Links to agents',
        'timeseries',
        's',
        8,
        ['reroot_agent_round_trip_max_seconds{mesh=~"$mesh"}', 'round trip {{mesh}}'],
        ['reroot_agent_clock_offset_max_seconds{mesh=~"$mesh"}', 'clock {{mesh}}'],
      ),
      panel(
        'Event loop and processor',
        'timeseries',
        'percentunit',
        8,
        ['rate(nodejs_eventloop_active_seconds_total[$__rate_interval])', 'event loop'],
        ['rate(process_cpu_seconds_total[$__rate_interval])', 'processor'],
      ),
      panel(
        'Memory',
        'timeseries',
        'bytes',
        12,
        ['process_resident_memory_bytes', 'resident'],
        ['nodejs_heap_size_used_bytes', 'heap'],
      ),
      panel('Followers of the live stream', 'timeseries', 'short', 12, ['reroot_live_clients', 'clients']),
    ],
  },
];

function panel(
  title: string,
  kind: Panel['kind'],
  unit: Panel['unit'],
  width: Panel['width'],
  ...targets: Panel['targets']
): Panel {
  return { title, kind, unit, width, targets };
}

function quantiles(name: string, labels: string): Panel['targets'] {
  const of = (quantile: number): string =>
    `histogram_quantile(${quantile}, sum by (le) (rate(${name}_bucket{${labels}}[$__rate_interval])))`;
  return [
    [of(0.5), 'half of them'],
    [of(0.99), '99 of 100'],
  ];
}

const [gridWidth, panelHeight] = [24, 8];

/** The dashboard as Grafana imports it; it asks for the source of data when it is imported. */
export function renderDashboard(): string {
  const panels: object[] = [];
  let [x, y] = [0, 0];
  for (const { title, panels: inRow } of dashboardRows) {
    panels.push({
      id: panels.length + 1,
      type: 'row',
      title,
      collapsed: false,
      panels: [],
      gridPos: { h: 1, w: gridWidth, x: 0, y },
    });
    [x, y] = [0, y + 1];
    for (const each of inRow) {
      if (x + each.width > gridWidth) [x, y] = [0, y + panelHeight];
      panels.push(panelOf(each, panels.length + 1, { h: panelHeight, w: each.width, x, y }));
      x += each.width;
    }
    y += panelHeight;
  }
  return `${JSON.stringify({ ...frame, panels }, undefined, 2)}\n`;
}

const datasource = { type: 'prometheus', uid: '${DS_PROMETHEUS}' };

const frame = {
  __inputs: [
    { name: 'DS_PROMETHEUS', label: 'Prometheus', type: 'datasource', pluginId: 'prometheus', pluginName: 'Prometheus' },
  ],
  title: 'reroot',
  uid: 'reroot',
  tags: ['reroot'],
  schemaVersion: 39,
  editable: true,
  refresh: '10s',
  time: { from: 'now-6h', to: 'now' },
  templating: {
    list: [
      {
        ...{ name: 'mesh', label: 'Mesh', type: 'query', datasource, query: 'label_values(reroot_mesh_clusters, mesh)' },
        ...{ refresh: 2, includeAll: true, multi: true, allValue: '.*', current: { text: 'All', value: '$__all' } },
      },
    ],
  },
};

function panelOf({ title, kind, unit, targets }: Panel, id: number, gridPos: object): object {
  return {
    ...{ id, type: kind, title, description: describeMetrics(targets.map(([expr]) => expr)), datasource, gridPos },
    fieldConfig: { defaults: { unit }, overrides: [] },
    options: kind === 'timeseries' ? { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi' } } : {},
    targets: targets.map(([expr, legendFormat], index) => ({
      ...{ refId: String.fromCharCode(65 + index), datasource, expr, legendFormat },
      ...(kind === 'table' || kind === 'stat' ? { instant: true, range: false } : {}),
      ...(kind === 'table' ? { format: 'table' } : {}),
    })),
  };
}

const definitions: MetricDefinitions = { ...mgmtMetrics, ...processMetrics };

/** What the metrics of a panel are, in the words of their help. */
function describeMetrics(expressions: readonly string[]): string {
  const names = expressions.flatMap((expr) => expr.match(/\b(?:reroot|process|nodejs)_\w+/g) ?? []);
  const metrics = new Set(
    names.map((name) => (definitions[name] === undefined ? name.replace(/_(bucket|sum|count)$/, '') : name)),
  );
  return [...metrics].map((name) => `\`${name}\`: ${definitions[name]?.help ?? ''}.`).join('\n\n');
}
