import type { Sample } from '@reroot/shared/metrics';
import { driftKinds } from '../../rotation/index.ts';
import { stateSchema } from '../../store/index.ts';
import { alarmsOf, roleOf } from '../describe-mesh.ts';
import { clusterSamples } from './cluster-samples.ts';
import { type MeasuredMesh, sample, unixTime } from './measured-mesh.ts';

/**
 * All that is measured of one mesh. Pure.
 * @param maxClusters how many of its clusters may have series of their own
 */
export function meshSamples(measured: MeasuredMesh, maxClusters: number): readonly Sample[] {
  const { moment, preflight } = measured;
  const { record, spec } = moment.view.stored;
  const { mesh } = spec;
  return [
    ...stateSchema.options.map((state) => sample('reroot_mesh_state', { mesh, state }, record.state === state ? 1 : 0)),
    sample('reroot_mesh_state_entered_timestamp_seconds', { mesh }, unixTime(record.enteredAtMs)),
    sample('reroot_mesh_generation', { mesh }, record.generation),
    sample('reroot_mesh_gate', { mesh, reason: moment.decision.verdict.reason }, 1),
    sample('reroot_mesh_laggards', { mesh }, moment.decision.verdict.laggardCount),
    sample('reroot_mesh_clusters', { mesh }, moment.snapshot.clusters.length),
    ...rootSamples(measured, mesh),
    ...alarmSamples(measured, mesh),
    ...driftKinds.map((kind) =>
      sample('reroot_mesh_drift', { mesh, kind }, moment.drift.filter((each) => each.kind === kind).length),
    ),
    ...Object.entries(moment.cells).map(([state, value]) => sample('reroot_mesh_matrix_cells', { mesh, state }, value)),
    ...Object.entries(preflight?.outcomes ?? {}).map(([outcome, value]) =>
      sample('reroot_preflight_checks', { mesh, outcome }, value),
    ),
    ...(preflight === undefined ? [] : [sample('reroot_preflight_timestamp_seconds', { mesh }, unixTime(preflight.atMs))]),
    ...linkSamples(measured, mesh),
    ...clusterSamples(moment, maxClusters),
  ];
}

function rootSamples({ moment: { view } }: MeasuredMesh, mesh: string): readonly Sample[] {
  const { record } = view.stored;
  const live = record.roots.filter(({ phase }) => phase !== 'destroyed' && phase !== 'retired');
  return [...Map.groupBy(live, ({ fingerprint }) => roleOf(fingerprint, record))].map(([role, roots]) =>
    sample(
      'reroot_mesh_root_expiry_timestamp_seconds',
      { mesh, role },
      unixTime(Math.min(...roots.map((each) => each.notAfterMs))),
    ),
  );
}

function alarmSamples({ moment }: MeasuredMesh, mesh: string): readonly Sample[] {
  const alarms = Map.groupBy(alarmsOf(moment), ({ severity, reason }) => `${severity} ${reason}`);
  return [...alarms].map(([key, { length }]) => {
    const [severity = '', reason = ''] = key.split(' ');
    return sample('reroot_mesh_alarms', { mesh, severity, reason }, length);
  });
}

function linkSamples({ moment: { snapshot, policy, nowMs } }: MeasuredMesh, mesh: string): readonly Sample[] {
  let [answering, roundTripMs, offsetMs] = [0, 0, 0];
  for (const cluster of snapshot.clusters) {
    const answer = snapshot.links.get(cluster)?.answer;
    if (answer === undefined || nowMs - answer.heardAtMs > policy.silentAfterMs) continue;
    answering += 1;
    roundTripMs = Math.max(roundTripMs, answer.timing.roundTripMs);
    offsetMs = Math.max(offsetMs, Math.abs(answer.timing.clockOffsetMs));
  }
  const answers = sample('reroot_agents_answering', { mesh }, answering);
  if (answering === 0) return [answers];
  return [
    answers,
    sample('reroot_agent_round_trip_max_seconds', { mesh }, roundTripMs / 1_000),
    sample('reroot_agent_clock_offset_max_seconds', { mesh }, offsetMs / 1_000),
  ];
}
