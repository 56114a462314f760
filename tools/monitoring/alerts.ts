/** One alert rule, and what the runbook says of it. */
export interface AlertRule {
  readonly name: string;
  readonly expr: string;
  /** How long it must hold, as Prometheus writes it. */
  readonly for: string;
  readonly severity: 'critical' | 'warning' | 'info';
  /** With the labels of Prometheus' templates. */
  readonly summary: string;
  readonly means: string;
  readonly todo: string;
}

/** Rules for whoever runs reroot: few, each with something to do. */
export const alertRules: readonly AlertRule[] = [
  {
    name: 'RerootDown',
    expr: 'absent(reroot_build_info)',
    for: '5m',
    severity: 'critical',
    summary: 'Prometheus has not seen any mgmt for five minutes',
    means:
      'mgmt does not run, or Prometheus cannot ask it. Clusters keep what they hold, and traffic goes on; nothing rotates, and no intermediate is renewed.',
    todo: 'Look at the log of mgmt, which says in its last line why it ended, and at the target in Prometheus: a 401 or 403 there is a token, see [metrics.md](metrics.md#how-to-ask)',
  },
  {
    name: 'RerootBusDown',
    expr: 'reroot_bus_connected == 0',
    for: '2m',
    severity: 'critical',
    summary: 'mgmt is not connected to NATS',
    means:
      'No agent hears mgmt and mgmt hears no agent. Nothing is lost: a rotation waits, and goes on when the connection is back.',
    todo: 'Look whether NATS runs and whether the credentials of mgmt are accepted: `reroot status` and the log of mgmt name the server and its reason, and [nats.md](nats.md) what each of them means',
  },
  {
    name: 'RerootNoLeader',
    expr: 'max(reroot_leader) == 0',
    for: '1m',
    severity: 'critical',
    summary: 'No replica of mgmt leads',
    means:
      'Clusters keep what they hold and traffic flows, but no rotation goes on, no certificate is issued, and nothing can be changed.',
    todo: 'Look at the Lease, and at what the replicas log about it: docs/replicas.md has the causes',
  },
  {
    name: 'RerootDeposed',
    expr: 'reroot_leader == 0 unless reroot_standby == 1',
    for: '0m',
    severity: 'warning',
    summary: 'A mgmt runs that another one has taken over from',
    means: 'Two processes of mgmt have opened one store. The one with the lower term changes nothing any more.',
    todo: 'Stop the one that says so, and find out what has started two',
  },
  {
    name: 'RerootClustersSilent',
    expr: 'sum by (mesh) (reroot_mesh_clusters_by_presence{presence=~"silent|never-seen"}) > 0',
    for: '10m',
    severity: 'warning',
    summary: '{{ $value }} clusters of {{ $labels.mesh }} do not report',
    means:
      'Their agents do not run or do not reach NATS. Rotations wait for them, and their intermediates end unless they are back before.',
    todo: '`reroot cluster list` shows which, since when, and how far their links are; then look at the agent of that cluster. A cluster that is gone for good is left out by `reroot exclude`',
  },
  {
    name: 'RerootRotationStuck',
    expr: 'time() - reroot_mesh_state_entered_timestamp_seconds > 14400 and on (mesh) reroot_mesh_state{state=~"ADDING_NEW_ROOT|PROPAGATING_NEW_INTERMEDIATE|DELETING_OLD_ROOT|ROLLING_BACK"} == 1 and on (mesh) reroot_mesh_laggards > 0',
    for: '15m',
    severity: 'warning',
    summary: 'A step of {{ $labels.mesh }} has waited for more than four hours',
    means: 'Something does not take up what it was told. Waiting is safe: traffic goes on with what is in force.',
    todo: '`reroot status` says in one sentence what is waited for, and [the sections above](#why-a-rotation-waits) what to do about each reason. Where proxies take up a certificate only with their next one, four hours may be usual: raise the threshold',
  },
  {
    name: 'RerootApprovalNeeded',
    expr: 'reroot_mesh_gate{reason=~"AwaitingVerification|AwaitingApproval|AwaitingOperator"} == 1',
    for: '5m',
    severity: 'info',
    summary: '{{ $labels.mesh }} waits for a person: {{ $labels.reason }}',
    means: 'The rotation is at a place that somebody must release.',
    todo: '`reroot status` shows what is proven; answer with `reroot verify`, or with `reroot abort`',
  },
  {
    name: 'RerootRotationFailed',
    expr: 'reroot_mesh_state{state="FAILED"} == 1',
    for: '0m',
    severity: 'critical',
    summary: 'A rotation of {{ $labels.mesh }} has failed',
    means: 'Every cluster keeps the last trust that was safe. The rotation goes on in neither direction by itself.',
    todo: '`reroot status` and `reroot history` say why; mend that, then retry or roll back with `reroot verify`',
  },
  {
    name: 'RerootRolledBack',
    expr: 'increase(reroot_mesh_transitions_total{state="ROLLING_BACK"}[15m]) > 0',
    for: '0m',
    severity: 'warning',
    summary: 'A rotation of {{ $labels.mesh }} is rolled back',
    means: 'Somebody, or the policy of the mesh, takes a step back. That is as safe as a step forward.',
    todo: '`reroot history` says who and why',
  },
  {
    name: 'RerootRootExpires',
    expr: 'reroot_mesh_root_expiry_timestamp_seconds{role="current"} - time() < 30 * 86400',
    for: '1h',
    severity: 'critical',
    summary: 'The root of {{ $labels.mesh }} ends within 30 days',
    means: 'No leaf outlives its root. When it ends, every connection of the mesh ends with it.',
    todo: 'Run `reroot preflight`, then `reroot rotate`. Where rotations should start by themselves, the alarm `PreflightFailed` in `reroot status` says what keeps this one',
  },
  {
    name: 'RerootIntermediateExpires',
    expr: 'reroot_mesh_intermediate_expiry_timestamp_seconds - time() < 7 * 86400',
    for: '1h',
    severity: 'warning',
    summary: 'An intermediate of {{ $labels.mesh }} ends within 7 days',
    means:
      'Agents renew intermediates by themselves, long before. This one should have been renewed. Where `ttlDays` is short, lower the threshold.',
    todo: '`reroot status` names the cluster and its problem; a silent agent is the usual cause',
  },
  {
    name: 'RerootAlarm',
    expr: 'sum by (mesh, reason) (reroot_mesh_alarms{severity="critical"}) > 0',
    for: '5m',
    severity: 'critical',
    summary: '{{ $labels.mesh }} has a critical alarm: {{ $labels.reason }}',
    means: 'mgmt itself calls something critical.',
    todo: '`reroot status` shows the alarm with its sentence and the cluster, and [the sections above](#alarms) have what to do',
  },
  {
    name: 'RerootDrift',
    expr: 'sum by (mesh, kind) (reroot_mesh_drift) > 0',
    for: '10m',
    severity: 'warning',
    summary: '{{ $value }} clusters of {{ $labels.mesh }} have drifted: {{ $labels.kind }}',
    means: 'While no rotation is under way, clusters hold what they should not.',
    todo: '[drift.md](drift.md) says of each kind what it may come from',
  },
  {
    name: 'RerootTrustBroken',
    expr: 'reroot_mesh_matrix_cells{state="red"} > 0',
    for: '5m',
    severity: 'critical',
    summary: '{{ $value }} pairs of clusters of {{ $labels.mesh }} refuse each other',
    means: 'What one cluster presents is not trusted by another. New connections between them fail.',
    todo: '`reroot matrix` names the pairs, and why; [trust-matrix.md](trust-matrix.md)',
  },
  {
    name: 'RerootHandshakesRefused',
    expr: 'increase(reroot_handshakes_total{expects="accepted",outcome="refused"}[15m]) > 0',
    for: '0m',
    severity: 'critical',
    summary: 'Handshakes in {{ $labels.mesh }} were refused that should have been accepted',
    means: 'Verification has shaken hands between clusters with live keys, and one end does not trust the other.',
    todo: '`reroot proofs` names the pairs and the TLS alert; the step is not passed meanwhile',
  },
  {
    name: 'RerootOldRootAccepted',
    expr: 'increase(reroot_handshakes_total{expects="refused",outcome="accepted"}[15m]) > 0',
    for: '0m',
    severity: 'critical',
    summary: 'A cluster of {{ $labels.mesh }} accepts a root that it should refuse',
    means:
      'A negative proof has failed: a leaf of the root that the mesh has left was accepted. Whoever has the old key is still trusted.',
    todo: '`reroot proofs` names the clusters; `reroot status` shows whether one has drifted, and [drift.md](drift.md) says where that may come from',
  },
  {
    name: 'RerootMessagesRefused',
    expr: 'sum by (reason) (increase(reroot_messages_refused_total[15m])) > 20',
    for: '15m',
    severity: 'warning',
    summary: '{{ $value }} messages were not listened to: {{ $labels.reason }}',
    means: 'An agent has a key or a name that mgmt does not know, a clock is far off, or somebody tries.',
    todo: 'Look the reason up in [errors.md](errors.md); `reroot cluster list` shows the counts of each cluster, and the log of mgmt the subjects',
  },
  {
    name: 'RerootClockOff',
    expr: 'reroot_agent_clock_offset_max_seconds > 60',
    for: '10m',
    severity: 'warning',
    summary: 'The clock of an agent of {{ $labels.mesh }} is off by {{ $value }} s',
    means: 'Certificates may not be valid yet, or end early, where a clock is off.',
    todo: '`reroot cluster list` shows whose; see [preflight.md](preflight.md#clocks)',
  },
  {
    name: 'RerootWebhookDead',
    expr: 'reroot_notifications_dead == 1',
    for: '0m',
    severity: 'warning',
    summary: 'The webhook {{ $labels.webhook }} has not taken anything for long',
    means: 'What people should have been told was not delivered, and some of it may have been given up.',
    todo: '`reroot notifications list` shows the last failure; mend it, and `reroot notifications test NAME` shows whether that helped',
  },
];
