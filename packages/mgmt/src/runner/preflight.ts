import type { PreflightCheck, PreflightReport, RotationPace, Strategy } from '@reroot/shared/api';
import type { Clock } from '@reroot/shared/clock';
import { toRerootError } from '@reroot/shared/errors';
import { type Fact, type InspectedBudget, type Inspection, known, unknown } from '@reroot/shared/protocol';
import type { ClusterVersions } from '../audit/index.ts';
import type { MeshSpec } from '../mesh/index.ts';
import { type AdoptionFacts, type HostFacts, membersOf, runChecks } from '../preflight/index.ts';
import { hurry, isAnswering, type LinkFacts } from '../rotation/index.ts';
import { outlookOf } from './emergency.ts';
import type { MeshMoment } from './mesh-loop.ts';

/** Looks at a mesh before a rotation or an adoption. */
export interface Preflight {
  /**
   * Asks the agents of all members at once, waits for a bounded time, and judges what is known then. Whoever asks the same
   * while it is under way gets the same report: it makes every agent work.
   * @throws the signal's reason
   */
  run(moment: MeshMoment, start: PreflightStart, signal: AbortSignal): Promise<Preflighted>;
  /** How the checks of the last one came out; undefined before the first since mgmt started. */
  last(mesh: string): PreflightCounts | undefined;
  /** The disruption budgets that clusters told of in it; one that did not is left out. */
  budgets(mesh: string): Budgets;
}

/** What a preflight has come to. */
export interface Preflighted {
  readonly report: PreflightReport;
  /** What runs in the clusters that answered. */
  readonly versions: ReadonlyMap<string, ClusterVersions>;
}

/** PodDisruptionBudgets of istiod and of gateways, by cluster. */
export type Budgets = ReadonlyMap<string, readonly InspectedBudget[]>;

/** How the checks of a preflight came out. */
export interface PreflightCounts {
  readonly atMs: number;
  readonly outcomes: Readonly<Record<PreflightCheck['outcome'], number>>;
}

/** The rotation that would start. */
export interface PreflightStart {
  readonly strategy: Strategy;
  /** A root that the mesh knows; undefined for a new one. */
  readonly target: string | undefined;
  /** One in an emergency restarts more, and waits for no window. */
  readonly pace?: RotationPace;
  /** An adoption: the moment that it is asked of has its clusters as members. */
  readonly adoption?: AdoptionFacts;
}

/** What preflight works with. */
export interface PreflightOptions {
  /** Asks one agent. @throws RR_TASK_*; the signal's reason */
  readonly inspect: (mesh: string, cluster: string, wait: InspectWait) => Promise<Inspection>;
  /** Looks at mgmt itself. Never rejects but with the signal's reason. */
  readonly lookAtHost: (moment: MeshMoment, signal: AbortSignal) => Promise<HostFacts>;
  readonly silentAfterMs: number;
  readonly clock: Clock;
}

/** How long an agent is waited for. */
export interface InspectWait {
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

/** Longer than a fact may take an agent, and short enough for whoever starts a rotation. */
const deadlineMs = 5_000;

/** Starts with nothing under way. */
export function createPreflight(options: PreflightOptions): Preflight {
  const underWay = new Map<string, Promise<Preflighted>>();
  const last = new Map<string, { readonly counts: PreflightCounts; readonly budgets: Budgets }>();
  const make = async (...[moment, start, signal]: Parameters<Preflight['run']>): Promise<Preflighted> => {
    const { report, inspections } = await look(moment, start, options, signal);
    const counts = { atMs: Date.parse(report.takenAt), outcomes: countOutcomes(report.checks) };
    last.set(report.mesh, { counts, budgets: budgetsIn(inspections) });
    return { report, versions: versionsIn(inspections) };
  };
  return {
    last: (mesh) => last.get(mesh)?.counts,
    budgets: (mesh) => last.get(mesh)?.budgets ?? new Map(),
    run: (moment, start, signal) => {
      const key = keyOf(moment, start);
      const report = underWay.get(key) ?? make(moment, start, signal);
      underWay.set(key, report);
      const forget = (): void => {
        if (underWay.get(key) === report) underWay.delete(key);
      };
      report.then(forget, forget);
      return report;
    },
  };
}

function keyOf({ view }: MeshMoment, { strategy, target, pace = 'usual', adoption }: PreflightStart): string {
  return JSON.stringify([view.stored.spec.mesh, strategy, target, pace, adoption === undefined ? null : [...adoption.clusters]]);
}

function countOutcomes(checks: readonly PreflightCheck[]): PreflightCounts['outcomes'] {
  const counts = { passed: 0, warning: 0, unknown: 0, fatal: 0 };
  for (const { outcome } of checks) counts[outcome] += 1;
  return counts;
}

type Inspections = ReadonlyMap<string, Fact<Inspection>>;

function budgetsIn(inspections: Inspections): Budgets {
  const told = new Map<string, readonly InspectedBudget[]>();
  for (const [cluster, inspection] of inspections) {
    if (inspection.kind === 'unknown' || inspection.value.budgets.kind === 'unknown') continue;
    told.set(cluster, inspection.value.budgets.value);
  }
  return told;
}

function versionsIn(inspections: Inspections): Preflighted['versions'] {
  const told = new Map<string, ClusterVersions>();
  for (const [cluster, inspection] of inspections) {
    if (inspection.kind === 'unknown') continue;
    const { agentVersion: agent, istiods } = inspection.value;
    const replicas = istiods.kind === 'unknown' ? undefined : istiods.value;
    told.set(cluster, { agent, istiods: replicas?.map(({ name, version, revision }) => ({ name, version, revision })) });
  }
  return told;
}

async function look(
  moment: MeshMoment,
  { strategy, target, pace = 'usual', adoption }: PreflightStart,
  options: PreflightOptions,
  signal: AbortSignal,
): Promise<{ readonly report: PreflightReport; readonly inspections: Inspections }> {
  const { view, snapshot } = moment;
  const { record } = view.stored;
  const spec = pace === 'emergency' ? inEmergency(view.stored.spec, strategy) : view.stored.spec;
  const members = membersOf({ record, snapshot });
  const [host, ...asked] = await Promise.all([
    options.lookAtHost(moment, signal),
    ...members.map(async (cluster) => [cluster, await inspectOne(moment, cluster, options, signal)] as const),
  ]);
  const inspections = new Map(asked);
  const checked = runChecks({
    nowMs: options.clock.now(),
    record,
    spec,
    strategy,
    pace,
    target,
    adoption,
    snapshot,
    silentAfterMs: options.silentAfterMs,
    roots: new Map([
      ...(adoption?.roots ?? []),
      ...[...view.roots].map(([fingerprint, { certificate }]) => [fingerprint, certificate] as const),
    ]),
    inspections,
    host,
  });
  const report = pace === 'usual' ? checked : { ...checked, emergency: outlookOf(moment, { strategy }) };
  return { report, inspections };
}

/** The spec as a rotation in an emergency goes by it. */
function inEmergency(spec: MeshSpec, strategy: Strategy): MeshSpec {
  return { ...spec, rotation: hurry(spec.rotation, strategy), maintenanceWindows: [] };
}

/** Nobody waits for an agent that is away, or too old to be asked. */
async function inspectOne(
  { view, snapshot, nowMs }: MeshMoment,
  cluster: string,
  { inspect, silentAfterMs }: PreflightOptions,
  signal: AbortSignal,
): Promise<Fact<Inspection>> {
  const away = findAbsence(snapshot.links.get(cluster), silentAfterMs, nowMs);
  if (away !== undefined) return unknown(away);
  try {
    return known(await inspect(view.stored.spec.mesh, cluster, { deadlineMs, signal }));
  } catch (error) {
    signal.throwIfAborted();
    const { code, message } = toRerootError(error);
    return unknown(`${code}: ${message}`);
  }
}

function findAbsence(link: LinkFacts | undefined, silentAfterMs: number, nowMs: number): string | undefined {
  if (link?.answer === undefined) return 'its agent has not answered mgmt yet';
  return isAnswering(link.answer, silentAfterMs, nowMs) ? undefined : 'its agent does not answer mgmt';
}
