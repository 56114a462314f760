import type { LabelBound, MetricDefinition, MetricDefinitions } from './metric.ts';

type Labels = Readonly<Record<string, LabelBound>>;
type Unit = MetricDefinition['unit'];

const counter = <const L extends Labels>(unit: Unit, labels: L, help: string) =>
  ({ type: 'counter', unit, labels, help }) as const;
const gauge = <const L extends Labels>(unit: Unit, labels: L, help: string) => ({ type: 'gauge', unit, labels, help }) as const;
const histogram = <const L extends Labels>(labels: L, buckets: readonly number[], help: string) =>
  ({ type: 'histogram', unit: 'seconds', labels, help, buckets }) as const;

const mesh: LabelBound = { values: 'the mesh', atMost: 'meshes' };
const cluster: LabelBound = { values: 'the cluster', atMost: 'clusterSeries' };
const version: LabelBound = { values: 'the version', atMost: 1 };
const webhook: LabelBound = { values: 'the name of a webhook', atMost: 20 };
const state: LabelBound = { values: 'a state of the [rotation](rotation.md)', atMost: 10 };
const reason: LabelBound = { values: 'a reason of the [gates](rotation.md)', atMost: 60 };
const code: LabelBound = { values: 'a code of [errors.md](errors.md)', atMost: 400 };
const method: LabelBound = {
  values: 'GET, HEAD, POST, PUT, DELETE, PATCH, OPTIONS, or `other`',
  atMost: 8,
};
const words = (...values: readonly string[]): LabelBound => ({
  values: values.map((value) => `\`${value}\``).join(', '),
  atMost: values.length,
});

/** From an agent that is near to a fleet that is told by waves of a thousand, and to proxies that wait for their leaf to end. */
const secondsToDays = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 14_400, 86_400];
const quick = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What mgmt measures: docs/metrics.md, the dashboard and the alert rules are made from this, or held to it. */
export const mgmtMetrics = {
  reroot_mesh_state: gauge('none', { mesh, state }, '1 for the state that the mesh is in, 0 for the others'),
  reroot_mesh_state_entered_timestamp_seconds: gauge('seconds', { mesh }, 'When the mesh came into its state, as UNIX time'),
  reroot_mesh_transitions_total: counter(
    'none',
    { mesh, state },
    'Changes of state since mgmt started, by the state that was entered',
  ),
  reroot_mesh_generation: gauge('none', { mesh }, 'The generation of the row in force'),
  reroot_mesh_gate: gauge(
    'none',
    { mesh, reason },
    '1 for the reason of the present verdict, which is Passed when nothing is waited for; the others are absent',
  ),
  reroot_mesh_laggards: gauge(
    'none',
    { mesh },
    'How many clusters, replicas, namespaces and groups of workloads the mesh waits for',
  ),
  reroot_mesh_clusters: gauge('none', { mesh }, 'Clusters of the mesh'),
  reroot_mesh_clusters_by_presence: gauge(
    'none',
    { mesh, presence: words('reporting', 'silent', 'never-seen') },
    'Clusters by whether they have reported of late',
  ),
  reroot_mesh_clusters_by_membership: gauge(
    'none',
    { mesh, membership: words('member', 'excluded', 'returning') },
    'Clusters by whether the gates wait for them',
  ),
  reroot_mesh_clusters_by_evidence: gauge(
    'none',
    { mesh, level: words('none', 'written', 'loaded', 'published', 'held') },
    'Clusters by the highest level up to which all evidence shows what they were told to hold; each stands in one level',
  ),
  reroot_mesh_clusters_shown: gauge(
    'none',
    { mesh },
    'Clusters that have series of their own: all of them in a mesh of up to `metrics.clusterSeries`, in a larger one so many of those that lag behind',
  ),
  reroot_cluster_evidence_level: gauge(
    'none',
    { mesh, cluster },
    'The level of one cluster: 0 none, 1 written, 2 loaded, 3 published, 4 held',
  ),
  reroot_cluster_report_timestamp_seconds: gauge(
    'seconds',
    { mesh, cluster },
    'When the last report of one cluster came, as UNIX time; absent before the first',
  ),
  reroot_cluster_intermediate_expiry_timestamp_seconds: gauge(
    'seconds',
    { mesh, cluster },
    'When the intermediate of one cluster ends, as UNIX time',
  ),
  reroot_mesh_root_expiry_timestamp_seconds: gauge(
    'seconds',
    { mesh, role: words('current', 'new', 'old') },
    'When roots of the mesh end, as UNIX time; the earliest of those in one role',
  ),
  reroot_mesh_intermediate_expiry_timestamp_seconds: gauge(
    'seconds',
    { mesh },
    'When the first intermediate of the mesh ends, as UNIX time',
  ),
  reroot_mesh_alarms: gauge(
    'none',
    { mesh, severity: words('critical', 'warning'), reason: { values: 'a reason of alarms', atMost: 40 } },
    'Alarms that are raised; a series is gone when its last alarm is over',
  ),
  reroot_mesh_drift: gauge(
    'none',
    { mesh, kind: { values: 'a kind of [drift](drift.md)', atMost: 5 } },
    'Clusters that have drifted',
  ),
  reroot_mesh_matrix_cells: gauge(
    'none',
    { mesh, state: { values: 'a state of a [cell](trust-matrix.md)', atMost: 8 } },
    'Ordered pairs of clusters by whether the one trusts all that the other presents',
  ),
  reroot_preflight_checks: gauge(
    'none',
    { mesh, outcome: { values: 'an outcome of [preflight](preflight.md)', atMost: 5 } },
    'Checks of the last preflight; absent before the first since mgmt started',
  ),
  reroot_preflight_timestamp_seconds: gauge('seconds', { mesh }, 'When the last preflight was made, as UNIX time'),
  reroot_acknowledge_duration_seconds: histogram(
    { mesh },
    secondsToDays,
    'From the word of mgmt, when it is new, to the first report of an agent that has taken it up',
  ),
  reroot_evidence_held_duration_seconds: histogram(
    { mesh },
    secondsToDays,
    'From the word of mgmt, when it is new, to evidence that the cluster holds it, as far as the mesh asks for evidence',
  ),
  reroot_handshakes_total: counter(
    'none',
    { mesh, expects: words('accepted', 'refused'), outcome: words('accepted', 'refused', 'unavailable', 'impossible') },
    'Handshakes that verification has made between clusters, by what should and what did come of them',
  ),
  reroot_proofs_total: counter(
    'none',
    { mesh, outcome: words('passed', 'failed', 'unproven') },
    'Proofs that verification has come to',
  ),
  reroot_agents_answering: gauge('none', { mesh }, 'Clusters whose agent answers over the bus'),
  reroot_agent_round_trip_max_seconds: gauge('seconds', { mesh }, 'The longest way to an agent and back'),
  reroot_agent_clock_offset_max_seconds: gauge(
    'seconds',
    { mesh },
    'How far the clock of an agent is off at the most, ahead or behind',
  ),
  reroot_messages_refused_total: counter(
    'none',
    { reason: code },
    'Messages of agents, or of strangers, that were not listened to',
  ),
  reroot_api_requests_total: counter(
    'none',
    {
      method,
      route: { values: 'the path as the API knows it', atMost: 80 },
      status: { values: 'the status', atMost: 30 },
    },
    'Requests that the API has answered',
  ),
  reroot_api_request_duration_seconds: histogram({ method }, quick, 'How long requests took to answer'),
  reroot_api_refusals_total: counter(
    'none',
    { code },
    'Requests, and handshakes of the live stream, that were answered with a problem',
  ),
  reroot_notifications_queued: gauge('none', { webhook }, 'Notifications that wait to be delivered'),
  reroot_notifications_delivered_total: counter('none', { webhook }, 'Notifications that were taken'),
  reroot_notifications_failed_attempts_total: counter('none', { webhook }, 'Attempts that have failed; each is made again'),
  reroot_notifications_given_up_total: counter('none', { webhook }, 'Notifications that were never taken'),
  reroot_notifications_dead: gauge(
    'none',
    { webhook },
    '1 while a webhook has taken nothing for an hour although something was sent, else 0',
  ),
  reroot_live_clients: gauge('none', {}, 'Clients that follow the live stream'),
  reroot_bus_connected: gauge('none', {}, '1 while mgmt is connected to NATS, else 0'),
  reroot_bus_reconnects_total: counter('none', {}, 'How often the connection to NATS was lost and made again'),
  reroot_bus_dropped_messages_total: counter(
    'none',
    { direction: words('in', 'out') },
    'Messages that were dropped because too many came, or because NATS reads too slowly',
  ),
  reroot_term: gauge('none', {}, 'The term that this mgmt took when it started; the highest one leads'),
  reroot_leader: gauge(
    'none',
    {},
    '1 while this mgmt leads; 0 of a replica that stands by, and once another mgmt has taken a higher term',
  ),
  reroot_standby: gauge('none', {}, '1 while this replica stands by, 0 while it leads'),
  reroot_leases_taken_total: counter('none', {}, 'How often this replica has come to lead'),
  reroot_forwarded_requests_total: counter(
    'none',
    { outcome: words('answered', 'no-leader', 'unreachable', 'lost') },
    'Requests that this replica has handed over to the leader',
  ),
  reroot_build_info: gauge('none', { version }, 'Always 1; its label says which mgmt this is'),
} as const satisfies MetricDefinitions;

/** What an agent measures. */
export const agentMetrics = {
  reroot_agent_connected: gauge('none', {}, '1 while the agent is connected to NATS, else 0'),
  reroot_agent_reconnects_total: counter('none', {}, 'How often the agent had to connect again'),
  reroot_agent_accepted_generation: gauge('none', {}, 'The generation that the cluster was last seen to have accepted'),
  reroot_agent_accepted_term: gauge('none', {}, 'The term of it'),
  reroot_agent_passes_total: counter('none', { outcome: words('done', 'failed') }, 'Passes over the cluster'),
  reroot_agent_pass_duration_seconds: histogram({}, quick, 'How long a pass took'),
  reroot_agent_last_pass_timestamp_seconds: gauge(
    'seconds',
    {},
    'When the last pass was done, as UNIX time; absent before the first',
  ),
  reroot_agent_reports_total: counter('none', {}, 'Reports that were sent'),
  reroot_agent_problems: gauge('none', { code }, 'Problems of the last report; a series is gone when its problem is over'),
  reroot_agent_messages_refused_total: counter(
    'none',
    { reason: code },
    'Messages under the name of mgmt that were not listened to',
  ),
  reroot_agent_build_info: gauge('none', { version }, 'Always 1; its label says which agent this is'),
} as const satisfies MetricDefinitions;

/** What both measure of themselves. */
export const processMetrics = {
  process_cpu_seconds_total: counter('seconds', {}, 'Time of the processor, of the system and its own'),
  process_start_time_seconds: gauge('seconds', {}, 'When the process started, as UNIX time'),
  process_resident_memory_bytes: gauge('bytes', {}, 'Memory that is resident'),
  process_open_fds: gauge('none', {}, 'Open files and sockets, on Linux'),
  nodejs_eventloop_active_seconds_total: counter(
    'seconds',
    {},
    'Time for which the event loop was busy; its rate is 1 when it never rests',
  ),
  nodejs_heap_size_used_bytes: gauge('bytes', {}, 'Heap in use'),
  nodejs_heap_size_total_bytes: gauge('bytes', {}, 'Heap that is reserved'),
  nodejs_external_memory_bytes: gauge('bytes', {}, 'Memory of buffers beside the heap'),
  nodejs_version_info: gauge('none', { version }, 'Always 1; its label says which Node this is'),
} as const satisfies MetricDefinitions;
