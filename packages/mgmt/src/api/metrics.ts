import { driftKinds } from '../rotation/index.ts';
import type { MeshMoment, PreflightCounts } from '../runner/index.ts';
import { stateSchema } from '../store/index.ts';
import { alarmsOf } from './describe-mesh.ts';

/** One family of samples; docs/metrics.md lists all of them, and a test holds the two together. */
interface Metric {
  readonly name: string;
  readonly help: string;
  readonly samples: (mesh: MeasuredMesh) => readonly Sample[];
}

interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What is measured of one mesh. */
export interface MeasuredMesh {
  readonly moment: MeshMoment;
  /** The last preflight since mgmt started; undefined before the first. */
  readonly preflight: PreflightCounts | undefined;
}

/** Labels are a mesh and words of a fixed set: never a cluster, of which there may be thousands. */
export const metrics: readonly Metric[] = [
  {
    name: 'reroot_mesh_state',
    help: '1 for the state that the mesh is in, 0 for the others.',
    samples: ({ moment }) =>
      stateSchema.options.map((state) => ({ labels: { state }, value: moment.view.stored.record.state === state ? 1 : 0 })),
  },
  {
    name: 'reroot_mesh_clusters',
    help: 'Clusters of the mesh.',
    samples: ({ moment }) => [{ labels: {}, value: moment.snapshot.clusters.length }],
  },
  {
    name: 'reroot_mesh_laggards',
    help: 'How many clusters, replicas, namespaces and groups of workloads the mesh waits for.',
    samples: ({ moment }) => [{ labels: {}, value: moment.decision.verdict.laggardCount }],
  },
  {
    name: 'reroot_mesh_root_not_after_seconds',
    help: 'When the root in force ends, in seconds since the Unix epoch.',
    samples: ({ moment }) => {
      const { roots, currentRoot } = moment.view.stored.record;
      const root = roots.find(({ fingerprint }) => fingerprint === currentRoot);
      return root === undefined ? [] : [{ labels: {}, value: Math.floor(root.notAfterMs / 1_000) }];
    },
  },
  {
    name: 'reroot_mesh_alarms',
    help: 'Alarms by severity and reason.',
    samples: ({ moment }) => {
      const alarms = Map.groupBy(alarmsOf(moment), ({ severity, reason }) => `${severity} ${reason}`);
      return [...alarms].map(([key, { length: value }]) => {
        const [severity = '', reason = ''] = key.split(' ');
        return { labels: { severity, reason }, value };
      });
    },
  },
  {
    name: 'reroot_mesh_drift',
    help: 'Clusters that have drifted, by kind.',
    samples: ({ moment }) =>
      driftKinds.map((kind) => ({ labels: { kind }, value: moment.drift.filter((each) => each.kind === kind).length })),
  },
  {
    name: 'reroot_mesh_matrix_cells',
    help: 'Ordered pairs of clusters by whether the one trusts all that the other presents.',
    samples: ({ moment }) => Object.entries(moment.cells).map(([state, value]) => ({ labels: { state }, value })),
  },
  {
    name: 'reroot_preflight_checks',
    help: 'Checks of the last preflight by outcome; absent before the first since mgmt started.',
    samples: ({ preflight }) =>
      Object.entries(preflight?.outcomes ?? {}).map(([outcome, value]) => ({ labels: { outcome }, value })),
  },
  {
    name: 'reroot_preflight_timestamp_seconds',
    help: 'When the last preflight was made, in seconds since the Unix epoch.',
    samples: ({ preflight }) => (preflight === undefined ? [] : [{ labels: {}, value: Math.floor(preflight.atMs / 1_000) }]),
  },
];

/** All samples of all meshes in the text format of Prometheus, version 0.0.4. */
export function renderMetrics(meshes: readonly MeasuredMesh[]): string {
  const families = metrics.map(({ name, help, samples }) => {
    const lines = meshes.flatMap((mesh) =>
      samples(mesh).map(
        ({ labels, value }) => `${name}${labelsText({ mesh: mesh.moment.view.stored.spec.mesh, ...labels })} ${value}`,
      ),
    );
    return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...lines].join('\n');
  });
  return `${families.join('\n')}\n`;
}

/** Names of meshes and words of ours: neither needs escaping. */
function labelsText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  return `{${pairs.join(',')}}`;
}
