import type { Step } from '../protocol/index.ts';
import type { Alarm, MeshStatus, RotationStatus, WaveStatus } from './mesh-status.ts';
import { renderClusters } from './render-clusters.ts';
import { renderEmergency } from './render-emergency.ts';
import { renderOffer } from './render-offer.ts';
import { renderRoots } from './render-roots.ts';
import { type Detail, type Paint, printable, type Tone } from './render-table.ts';
import type { Laggard, State, Verdict } from './vocabulary.ts';
import { ageText } from './wording.ts';

/** Of what there may be thousands, this many are shown. */
const maxListed = 10;

/** A mesh as lines of text: its state, what it waits for, its roots, and its evidence cluster by cluster. */
export function renderMeshStatus(status: MeshStatus, paint: Paint, nowMs: number, detail: Detail = 'table'): readonly string[] {
  return [
    ...renderHeadline(status, paint, nowMs, detail),
    ...renderLaggards(status.verdict, nowMs, detail),
    '',
    ...(status.rotation === undefined ? [] : [renderRotation(status.rotation)]),
    ...renderEmergency(status, paint),
    ...renderRoots(status, paint),
    ...renderOffer(status, paint, nowMs),
    '',
    ...renderClusters(status, paint, nowMs, detail),
  ];
}

/** State, row, generation, how far the row has been given, the verdict's sentence, and alarms. */
export function renderHeadline(status: MeshStatus, paint: Paint, nowMs: number, detail: Detail = 'table'): readonly string[] {
  const { mesh, state, step, direction, generation, verdict, wave, alarms } = status;
  const where = [
    state === step ? rowText(step) : `${step} ${rowText(step)}`,
    ...(direction === 'back' ? ['rolled back'] : []),
    `generation ${generation}`,
    `for ${ageText(status.enteredAt, nowMs)}`,
  ];
  return [
    `mesh ${paint('strong', mesh)}: ${paint(toneOf(state), state)} · ${where.join(' · ')}`,
    ...renderWave(wave, nowMs),
    paint(verdict.passed ? 'good' : 'waiting', verdictText(verdict, nowMs)),
    ...renderAlarms(alarms, paint, limitOf(detail)),
  ];
}

/** What a verdict waits for, one by one, unless its sentence says it all. */
export function renderLaggards({ laggards, laggardCount }: Verdict, nowMs: number, detail: Detail = 'table'): readonly string[] {
  if (laggardCount < 2) return [];
  const shown = laggards.slice(0, limitOf(detail));
  const more = laggardCount - shown.length;
  return [
    ...shown.map((laggard) => printable(`  ${laggard.message}${sinceText(laggard, nowMs)}`)),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
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

/** How far a row has been given to the clusters, while some have not been told yet. */
function renderWave({ index, released: { reached, total }, releasedAt, provenAt }: WaveStatus, nowMs: number): string[] {
  if (reached >= total) return [];
  const told = `${reached} of ${total} clusters told`;
  if (index === 0) return [`no wave yet · ${told}`];
  const since = provenAt === undefined ? `for ${ageText(releasedAt, nowMs)}` : `proven, soaking for ${ageText(provenAt, nowMs)}`;
  return [`wave ${index} · ${told} · ${since}`];
}

function verdictText({ message, laggards: [only], laggardCount }: Verdict, nowMs: number): string {
  return printable(`${message}${only !== undefined && laggardCount === 1 ? sinceText(only, nowMs) : ''}`);
}

function sinceText({ since }: Laggard, nowMs: number): string {
  return since === undefined ? '' : ` · for ${ageText(since, nowMs)}`;
}

function renderAlarms(alarms: readonly Alarm[], paint: Paint, limit: number): readonly string[] {
  const sorted = [...alarms.filter(isCritical), ...alarms.filter((alarm) => !isCritical(alarm))];
  const more = sorted.length - limit;
  return [
    ...sorted
      .slice(0, limit)
      .map((alarm) => paint(isCritical(alarm) ? 'bad' : 'waiting', printable(`${alarm.severity}: ${alarm.message}`))),
    ...(more > 0 ? [`and ${more} more alarm${more === 1 ? '' : 's'}`] : []),
  ];
}

function limitOf(detail: Detail): number {
  return detail === 'wide' ? Number.POSITIVE_INFINITY : maxListed;
}

function isCritical({ severity }: Alarm): boolean {
  return severity === 'critical';
}

function renderRotation({ id, strategy, verification, approvals, startedBy, startedAt }: RotationStatus): string {
  const approver = approvals === 'another-person' ? ` by another person than ${startedBy}` : '';
  return printable(
    `rotation ${id} · ${strategy} · verification ${verification}${approver} · started by ${startedBy} at ${startedAt}`,
  );
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
