import type { RotationPlan } from './plan.ts';
import type { PlannedChange, PlannedRoot, PlannedStep, PlannedTime, PlannedWave } from './planned-step.ts';
import { rowText } from './render-status.ts';
import { type Cell, type Paint, printable, renderTable } from './render-table.ts';
import { unmadeRoot } from './unmade-root.ts';
import { durationText, shortFingerprint } from './wording.ts';

/** More waves than this are shown by the first and the last of them. */
const maxWaves = 8;
const shownWaves = 4;
const maxNames = 4;
const maxChanges = 5;

/** Names a root: A the old one, or A1, A2 and so on where there are several, B the new one, any other by its fingerprint. */
export type RootName = (fingerprint: string) => string;

/** The names that a plan gives to its roots. */
export function rootLetters(plan: RotationPlan): RootName {
  const { newRoot } = plan;
  const old = oldRootsOf(plan).map(({ fingerprint }) => fingerprint);
  return (fingerprint) => {
    if (fingerprint === newRoot.fingerprint || fingerprint === unmadeRoot) return 'B';
    const place = old.indexOf(fingerprint);
    if (place < 0) return shortFingerprint(fingerprint);
    return old.length === 1 ? 'A' : `A${place + 1}`;
  };
}

/** Every root that is to go. An adoption goes to the root that the mesh has: what clusters came with is what is old. */
export function oldRootsOf({ oldRoot, newRoot, alsoOld = [] }: RotationPlan): readonly PlannedRoot[] {
  const known = [oldRoot, ...alsoOld].filter(({ fingerprint }) => fingerprint !== newRoot.fingerprint);
  return known.length === 0 ? [oldRoot] : known;
}

/** Where clusters come with roots of their own each keeps its own signer for a while: the row is named as in `reroot status`. */
function heldText({ step, row }: PlannedStep, { alsoOld = [] }: RotationPlan, letters: RootName): string {
  return alsoOld.length > 0 ? rowText(step) : `[${row.roots.map(letters).join('+')} | ${letters(row.signer)}]`;
}

/** What a step is shown with. */
export interface StepLook {
  readonly number: number;
  readonly plan: RotationPlan;
  readonly letters: RootName;
  readonly paint: Paint;
}

/** One step: what is written where, who signs it, who is restarted, and its waves. */
export function renderPlannedStep(step: PlannedStep, { number, plan, letters, paint }: StepLook): readonly string[] {
  const { progress, begins, proven, changes, answer, overlapMs } = step;
  const held = heldText(step, plan, letters);
  const state = progress === 'under-way' ? ' · under way' : '';
  const more = changes.length - maxChanges;
  return [
    `${number} ${paint('strong', step.step)} ${held}${state} · ${progress === 'under-way' ? 'began' : 'begins'} ${likelyText(begins, plan.from)}, proven ${rangeText(proven, plan.from)}`,
    ...changes.slice(0, maxChanges).map((change) => printable(`  writes    ${changeText(change, letters)}`)),
    ...(more > 0 ? [`  and ${more} more kinds of change; -o json has all`] : []),
    ...[certificatesText(step), intermediatesText(step), restartsText(step)].flatMap((line) =>
      line === undefined ? [] : [`  ${line}`],
    ),
    ...renderWaves(step.waves, plan.from, paint),
    ...(answer === undefined ? [] : [paint('waiting', printable(`  then      waits for an answer of ${answer}`))]),
    ...(overlapMs === undefined ? [] : [`  then      both roots stay trusted for ${durationText(overlapMs)}`]),
  ];
}

function changeText({ clusters, before, added, removed, signer, intermediate }: PlannedChange, letters: RootName): string {
  const diff = [...added.map((root) => `+ ${letters(root)}`), ...removed.map((root) => `- ${letters(root)}`)];
  if (diff.length === 0 && intermediate === 'kept') return `nothing in ${namesText(clusters)}: the row is there already`;
  const bundle = diff.length === 0 ? 'bundle as it is' : `bundle ${diff.join(', ')}`;
  const was = before?.signer === undefined ? '?' : letters(before.signer);
  const signs =
    intermediate === 'kept'
      ? `signer ${letters(signer)} and its intermediate stay`
      : `signer ${was} → ${letters(signer)}, a new intermediate`;
  const unknown = before === undefined ? ' · what is there now is not known' : '';
  return `cacerts of ${namesText(clusters)}: ${bundle}; ${signs}${unknown}`;
}

/** What the pushed proxies ask for, and how long the busiest cluster signs. */
function certificatesText({ resigns, waves }: PlannedStep): string | undefined {
  const busiest = waves.flatMap(({ burst }) => (burst === undefined ? [] : [burst])).toSorted((a, b) => b.seconds - a.seconds)[0];
  if (resigns === 0 || busiest === undefined) return undefined;
  const { cluster, requests, replicas, perSecond, seconds } = busiest;
  const often = resigns === 1 ? 'once' : `${resigns} times`;
  const busy = `at most ${requests} at once in ${cluster}, where ${replicas} istiods sign ${perSecond} a second: ${seconds < 0.1 ? 'under 0.1 s' : durationText(seconds * 1_000)}`;
  return `proxies   ask for a certificate ${often}; ${busy}`;
}

function intermediatesText({ intermediates: { count, by, atOnce, seconds } }: PlannedStep): string | undefined {
  if (count === 0) return undefined;
  const long = seconds === undefined ? '' : `, in ${seconds < 0.1 ? 'under 0.1 s' : durationText(seconds * 1_000)}`;
  const who = by === 'agents' ? 'the CA that the agents ask' : by;
  return `signs     ${count} intermediates by ${who}, up to ${atOnce} at once${long}`;
}

function restartsText({ restarts: { replicas, replicasWhy, workloads, blocked, unknown } }: PlannedStep): string | undefined {
  if (replicas + workloads === 0) return undefined;
  const budgets = [
    ...(blocked.length === 0 ? [] : [`bear none now in ${namesText(blocked)}`]),
    ...(unknown.length === 0 ? [] : [`not known of ${namesText(unknown)}`]),
  ];
  const known = budgets.length === 0 ? 'bear that now' : budgets.join(', ');
  return `restarts  ${replicas} istiods (${replicasWhy}), owners of up to ${workloads} workloads; PodDisruptionBudgets ${known}`;
}

function renderWaves(waves: readonly PlannedWave[], from: string, paint: Paint): readonly string[] {
  const shown = waves.length <= maxWaves ? waves : [...waves.slice(0, shownWaves), ...waves.slice(-1)];
  const rows = shown.map((wave) => waveRow(wave, from));
  const table = renderTable(['WAVE', 'CLUSTERS', 'TOLD', 'PROVEN', 'SOAKS', 'PROXIES'], rows, paint).map((line) => `  ${line}`);
  if (shown.length === waves.length) return table;
  return [...table.slice(0, -1), `  … ${waves.length - shown.length} more waves`, ...table.slice(-1)];
}

function waveRow(
  { index, kind, progress, clusters, released, proven, soakMs, pushed, renewed }: PlannedWave,
  from: string,
): readonly Cell[] {
  const who = `${kind === 'canaries' ? 'canaries ' : ''}${namesText(clusters)}`;
  const late = renewed === 0 ? '' : ` + ${renewed} late`;
  const told = progress === 'told' ? 'told' : likelyText(released, from);
  const cells = [String(index), who, told, rangeText(proven, from), soakMs === 0 ? '' : durationText(soakMs), `${pushed}${late}`];
  return cells.map((text) => ({ text }));
}

/** `3: east, north, west`, cut to the first ones and the last. */
export function namesText(clusters: readonly string[]): string {
  const [only] = clusters;
  if (only === undefined) return 'no cluster';
  if (clusters.length === 1) return only;
  if (clusters.length <= maxNames) return `${clusters.length}: ${clusters.join(', ')}`;
  return `${clusters.length}: ${clusters.slice(0, 2).join(', ')} … ${clusters.at(-1) ?? ''}`;
}

/** How long after the beginning of the plan a moment is. */
export function offsetText(moment: string | undefined, from: string): string {
  if (moment === undefined) return 'never';
  const ms = Date.parse(moment) - Date.parse(from);
  if (ms === 0) return 'at once';
  return ms < 0 ? `${spanText(-ms)} ago` : `+${spanText(ms)}`;
}

/** What may come about, though nobody knows when, is not never. */
function likelyText({ soonest, likely }: Pick<PlannedTime, 'soonest' | 'likely'>, from: string): string {
  return likely === undefined && soonest !== undefined ? 'unknown' : offsetText(likely, from);
}

/** Two units: beyond two hours, whole ones alone would hide how waves follow each other. */
export function spanText(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return durationText(ms);
  const [days, hours] = [Math.floor(minutes / 1_440), Math.floor((minutes % 1_440) / 60)];
  return days >= 2 ? `${days} d ${hours} h` : `${days * 24 + hours} h ${minutes % 60} min`;
}

/** The likely moment, with the soonest and the latest. */
export function rangeText(time: PlannedTime, from: string): string {
  const { soonest, likely, latest } = time;
  const end = latest === undefined ? 'without a latest' : offsetText(latest, from);
  if (soonest === likely && likely === latest) return offsetText(likely, from);
  return `${likelyText(time, from)} (${offsetText(soonest, from)} to ${end})`.replace(' to without', ', without');
}
