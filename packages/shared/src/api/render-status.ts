import type { Step } from '../protocol/index.ts';
import type { ClusterStatus, MeshStatus, RootStatus, State, Tally } from './contract.ts';
import { type Cell, type Paint, printable, renderTable, type Tone } from './render-table.ts';

/** A mesh as lines of text: its state, what it waits for, its roots, and its evidence cluster by cluster. */
export function renderMeshStatus(status: MeshStatus, paint: Paint, nowMs: number): readonly string[] {
  return [
    ...renderHeadline(status, paint, nowMs),
    '',
    ...(status.rotation === undefined ? [] : [renderRotation(status.rotation)]),
    ...status.roots.map(renderRoot),
    '',
    ...renderClusters(status, paint),
  ];
}

/** State, row, generation and the verdict's sentence. */
export function renderHeadline(status: MeshStatus, paint: Paint, nowMs: number): readonly string[] {
  const { mesh, state, step, direction, generation, verdict } = status;
  const where = [
    state === step ? rowText(step) : `${step} ${rowText(step)}`,
    ...(direction === 'back' ? ['rolled back'] : []),
    `generation ${generation}`,
    `for ${durationText(nowMs - Date.parse(status.enteredAt))}`,
  ];
  return [
    `mesh ${paint('strong', mesh)}: ${paint(toneOf(state), state)} · ${where.join(' · ')}`,
    paint(verdict.passed ? 'good' : 'waiting', printable(verdict.message)),
  ];
}

/** The evidence of every cluster as a table, then the problems that agents reported. */
export function renderClusters(status: MeshStatus, paint: Paint): readonly string[] {
  if (status.clusters.length === 0) return [paint('faint', 'the mesh has no clusters')];
  const heading = ['CLUSTER', 'PRESENCE', 'ROOTS', 'SIGNER', 'REPLICAS', 'NAMESPACES', 'WORKLOADS', 'WAITS FOR'];
  const rows = status.clusters.map((cluster) => clusterRow(cluster, status.roots));
  const problems = status.clusters.flatMap(({ name, problems }) =>
    problems.flatMap(({ code, message, remedy }) => [
      paint('bad', printable(`${name}: ${code}: ${message}`)),
      printable(`  remedy: ${remedy}`),
    ]),
  );
  return [...renderTable(heading, rows, paint), ...problems];
}

/** What clusters hold in a row of the table, `[trusted roots | signing root]`, A the old one and B the new. */
export function rowText(step: Step): string {
  return rowTexts[step];
}

const rowTexts: Readonly<Record<Step, string>> = {
  PREVIOUS_CA: '[A | A]',
  ADDING_NEW_ROOT: '[A+B | A]',
  PROPAGATING_NEW_INTERMEDIATE: '[A+B | B]',
  DELETING_OLD_ROOT: '[B | B]',
};

/** Enough of a fingerprint to tell a handful of roots apart. */
export function shortFingerprint(fingerprint: string): string {
  return printable(fingerprint.slice(0, 12));
}

/** A span as people say it: `3.2 s`, `75 s`, `12 min`, `5 h`, `3 d`. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} d`;
}

function renderRotation({ id, strategy, verification, startedBy, startedAt }: NonNullable<MeshStatus['rotation']>): string {
  return printable(`rotation ${id} · ${strategy} · verification ${verification} · started by ${startedBy} at ${startedAt}`);
}

function renderRoot({ role, fingerprint, subject, notAfter }: RootStatus): string {
  return printable(
    `${role.padEnd(7)} root ${shortFingerprint(fingerprint)} · ${subject.replaceAll('\n', ', ')} · until ${notAfter.slice(0, 10)}`,
  );
}

function clusterRow(cluster: ClusterStatus, roots: readonly RootStatus[]): readonly Cell[] {
  const { verdict } = cluster;
  return [
    { text: cluster.name },
    { text: cluster.presence, tone: cluster.presence === 'reporting' ? 'good' : 'bad' },
    { text: cluster.roots.map((root) => rootLabel(root, roots)).join('+') || '-' },
    { text: cluster.signerRoot === undefined ? '-' : rootLabel(cluster.signerRoot, roots) },
    tallyCell(cluster.replicas),
    tallyCell(cluster.namespaces),
    tallyCell(cluster.workloads),
    verdict.passed ? { text: '' } : { text: withoutCluster(verdict.message, cluster.name), tone: 'waiting' },
  ];
}

/** The root's role where that tells it apart, else its fingerprint. */
function rootLabel(fingerprint: string, roots: readonly RootStatus[]): string {
  const role = roots.find((root) => root.fingerprint === fingerprint)?.role;
  const namesakes = roots.filter((root) => root.role === role);
  return role !== undefined && namesakes.length === 1 ? role : shortFingerprint(fingerprint);
}

function tallyCell({ reached, total }: Tally): Cell {
  return { text: `${reached}/${total}`, tone: reached === total && total > 0 ? 'good' : 'waiting' };
}

/** The row names the cluster already. */
function withoutCluster(message: string, cluster: string): string {
  return message.replace(/^waiting: /, '').replace(`${cluster}: `, '');
}

function toneOf(state: State): Tone {
  switch (state) {
    case 'FINISHED':
      return 'good';
    case 'FAILED':
    case 'ROLLING_BACK':
      return 'bad';
    default:
      return 'strong';
  }
}
