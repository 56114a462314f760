import type { Clock } from '@reroot/shared/clock';
import { mgmtMetrics, processMetrics, processSamples, type Registry, renderMetrics, type Sample } from '@reroot/shared/metrics';
import { meshSamples, sample } from './api/index.ts';
import type { MgmtConfig } from './config.ts';
import type { FleetView } from './fleet/index.ts';
import type { Link } from './open-link.ts';
import { createToldTimes, type MeshView, type Operations } from './runner/index.ts';
import { type Store, stateSchema } from './store/index.ts';
import type { HandshakeConductor } from './verification/index.ts';
import { mgmtVersion } from './version.ts';

/** All that mgmt counts and measures. */
export interface MgmtMetrics {
  readonly onTold: (view: MeshView, cluster: string, generation: number) => void;
  readonly onChange: (view: MeshView) => void;
  readonly onDeposed: () => void;
  /** The same view, and reports that are put into it are measured. */
  timing(fleet: FleetView): FleetView;
  countingProofs(store: Store): Pick<Store, 'keepProof' | 'listProofs'>;
  countingHandshakes(conductor: HandshakeConductor): HandshakeConductor;
  /** In the text format of Prometheus. */
  read(operations: Pick<Operations, 'listMeshes' | 'lastPreflight'>, further: readonly Sample[]): Promise<string>;
}

/** What is measured besides what is counted. */
export interface OpenMetricsOptions {
  readonly config: Pick<MgmtConfig, 'metrics' | 'timings'>;
  readonly term: number;
  readonly link: Pick<Link, 'bus' | 'refusals'>;
  /** Goes on counting when mgmt leads no longer. */
  readonly registry: Registry<typeof mgmtMetrics>;
  /** How many follow the live stream. */
  readonly countLive: () => number;
  /** 0 of a replica that stands by; 1 when it is left out. */
  readonly leads?: 0 | 1;
  readonly clock: Clock;
}

/** Measures what begins now. */
export function openMetrics({
  config,
  term,
  link,
  registry,
  countLive,
  leads: began = 1,
  clock,
}: OpenMetricsOptions): MgmtMetrics {
  const seconds = (name: 'reroot_acknowledge_duration_seconds' | 'reroot_evidence_held_duration_seconds') => {
    return (mesh: string, ms: number): void => registry.observe(name, { mesh }, ms / 1_000);
  };
  const times = createToldTimes({
    ...{ timings: config.timings, clock },
    onAcknowledged: seconds('reroot_acknowledge_duration_seconds'),
    onHeld: seconds('reroot_evidence_held_duration_seconds'),
  });
  const states = new Map<string, string>();
  let leads = began;
  return {
    onTold: (view, cluster, generation) => times.told(view, cluster, generation),
    onChange: (view) => {
      times.changed(view);
      const { mesh, state } = view.stored.record;
      if (states.get(mesh) !== state) registry.count('reroot_mesh_transitions_total', { mesh, state });
      states.set(mesh, state);
    },
    onDeposed: () => {
      leads = 0;
    },
    timing: (fleet) => ({
      ...fleet,
      put: (mesh, cluster, evidence) => {
        fleet.put(mesh, cluster, evidence);
        times.heard(mesh, cluster, evidence, ({ stored, rootNames }) => fleet.snapshot(mesh, stored.spec.clusters, rootNames));
      },
    }),
    countingProofs: (store) => ({
      listProofs: (mesh) => store.listProofs(mesh),
      keepProof: async (mesh, proof, inTerm) => {
        await store.keepProof(mesh, proof, inTerm);
        registry.count('reroot_proofs_total', { mesh, outcome: proof.outcome });
      },
    }),
    countingHandshakes: (conductor) => countHandshakes(conductor, registry),
    read: async (operations, further) => {
      const meshes = (await operations.listMeshes()).flatMap((moment) => {
        const { mesh } = moment.view.stored.spec;
        beginAtZero(registry, mesh);
        return meshSamples({ moment, preflight: operations.lastPreflight(mesh) }, config.metrics.clusterSeries);
      });
      const own = [
        ...busSamples(link),
        sample('reroot_live_clients', {}, countLive()),
        sample('reroot_leader', {}, leads),
        sample('reroot_standby', {}, 1 - began),
      ];
      const fixed = [sample('reroot_term', {}, term), sample('reroot_build_info', { version: mgmtVersion }, 1)];
      const counted = registry.samples().filter(({ name }) => !isOfBus(name));
      return renderMetrics({ ...mgmtMetrics, ...processMetrics }, [
        ...meshes,
        ...own,
        ...fixed,
        ...further,
        ...counted,
        ...processSamples(),
      ]);
    },
  };
}

function countHandshakes(conductor: HandshakeConductor, registry: Registry<typeof mgmtMetrics>): HandshakeConductor {
  return {
    ...conductor,
    conduct: async (subject, handshakes, { signal, onOutcome }) => {
      const expected = new Map(handshakes.map(({ id, expects }) => [id, expects]));
      const { mesh } = subject.spec;
      await conductor.conduct(subject, handshakes, {
        signal,
        onOutcome: (outcome) => {
          const expects = expected.get(outcome.id) ?? 'accepted';
          registry.count('reroot_handshakes_total', { mesh, expects, outcome: outcome.outcome });
          onOutcome(outcome);
        },
      });
    },
  };
}

/** What comes up as 1 has never grown, as far as `increase` can tell. */
function beginAtZero(registry: Registry<typeof mgmtMetrics>, mesh: string): void {
  for (const state of stateSchema.options) registry.count('reroot_mesh_transitions_total', { mesh, state }, 0);
  for (const outcome of ['passed', 'failed', 'unproven']) registry.count('reroot_proofs_total', { mesh, outcome }, 0);
  for (const expects of ['accepted', 'refused']) {
    for (const outcome of ['accepted', 'refused', 'unavailable']) {
      registry.count('reroot_handshakes_total', { mesh, expects, outcome }, 0);
    }
  }
}

/** The bus counts for itself. */
function isOfBus(name: string): boolean {
  return name.startsWith('reroot_bus_');
}

function busSamples({ bus, refusals }: OpenMetricsOptions['link']): readonly Sample[] {
  const { connectedSinceMs, reconnects, incomingDropped, outgoingDropped } = bus.stats();
  return [
    sample('reroot_bus_connected', {}, connectedSinceMs === undefined ? 0 : 1),
    sample('reroot_bus_reconnects_total', {}, reconnects),
    sample('reroot_bus_dropped_messages_total', { direction: 'in' }, incomingDropped),
    sample('reroot_bus_dropped_messages_total', { direction: 'out' }, outgoingDropped),
    ...Object.entries(refusals.total()).map(([reason, count]) => sample('reroot_messages_refused_total', { reason }, count)),
  ];
}
