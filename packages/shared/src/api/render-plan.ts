import { assertNever } from '../errors/index.ts';
import type { PlanNotice, PlannedExpiry, RotationPlan } from './plan.ts';
import type { PlannedRoot } from './planned-step.ts';
import { renderEmergencyOutlook } from './render-emergency.ts';
import { namesText, offsetText, oldRootsOf, rangeText, renderPlannedStep, rootLetters, spanText } from './render-planned-step.ts';
import { type Paint, printable } from './render-table.ts';
import { renderBreaks, renderWhatIf } from './render-what-if.ts';
import { dayText, shortFingerprint } from './wording.ts';

/** Of what there may be thousands, this many are shown. */
const maxListed = 10;

/**
 * A plan as lines of text, at three clusters as at thousands: what is to be known first, then step by step what is written where
 * and when. It is what somebody reads before a rotation is started.
 */
export function renderPlan(plan: RotationPlan, paint: Paint): readonly string[] {
  const letters = rootLetters(plan);
  return [
    ...renderHead(plan, paint),
    ...renderEmergencyOutlook(plan.emergency, paint),
    ...(plan.whatIf === undefined ? [] : ['', ...renderWhatIf(plan.whatIf, plan, paint)]),
    ...renderBreaks(plan, paint),
    ...renderNotices(plan.notices, paint),
    ...renderExpiries(plan, paint),
    ...plan.steps.flatMap((step, index) => ['', ...renderPlannedStep(step, { number: index + 1, plan, letters, paint })]),
    ...renderBystanders(plan),
    '',
    'times rest on:',
    ...plan.basis.map((line) => printable(`  ${line}`)),
  ];
}

function renderHead(plan: RotationPlan, paint: Paint): readonly string[] {
  const { mesh, of, rotationId, strategy, verification, members, direction, from, ends, newRoot } = plan;
  const old = oldRootsOf(plan);
  const what = of === 'start' ? 'a new rotation' : `what is left of rotation ${rotationId ?? '?'}`;
  const back = direction === 'back' ? ' · going back' : '';
  const clusters = `${members} ${members === 1 ? 'cluster' : 'clusters'}`;
  return [
    printable(`plan of mesh ${paint('strong', mesh)}: ${what} · ${strategy} · verification ${verification}${back} · ${clusters}`),
    ...old.map((root, place) => `${old.length === 1 ? 'A ' : `A${place + 1}`} old root ${rootText(root)}`),
    `B  new root ${rootText(newRoot)}`,
    `begins ${from} · ends ${ends.likely ?? (ends.soonest === undefined ? 'never' : 'unknown')}, ${rangeText(ends, from)}`,
    ...ends.unbounded.map((reason) => paint('waiting', printable(`  no latest end: ${reason}`))),
  ];
}

function rootText({ fingerprint, origin, subject, notAfter }: PlannedRoot): string {
  const name = subject === undefined ? '' : ` · ${printable(subject.replaceAll('\n', ', '))}`;
  const until = notAfter === undefined ? '' : ` · until ${dayText(notAfter)}`;
  switch (origin) {
    case 'known':
      return `${shortFingerprint(fingerprint)}${name}${until}`;
    case 'offered':
      return `${shortFingerprint(fingerprint)}${name}${until} · offered`;
    case 'unmade':
      return `is made or taken when the rotation starts${until}`;
    default:
      return assertNever(origin);
  }
}

function renderNotices(notices: readonly PlanNotice[], paint: Paint): readonly string[] {
  if (notices.length === 0) return [];
  const tones = { blocks: 'bad', person: 'strong', warning: 'waiting' } as const;
  const shown = notices.slice(0, maxListed);
  return [
    '',
    ...shown.map(({ severity, reason, message, clusters }) => {
      const named =
        clusters.length < 2 || clusters.some((cluster) => message.includes(cluster)) ? '' : ` (${namesText(clusters)})`;
      return paint(tones[severity], printable(`${severity}: ${message}${named} · ${reason}`));
    }),
    ...(notices.length > shown.length ? [`and ${notices.length - shown.length} more; -o json has all`] : []),
  ];
}

function renderExpiries({ expiries, from }: RotationPlan, paint: Paint): readonly string[] {
  const words: Readonly<Record<PlannedExpiry['when'], string>> = {
    passed: 'has ended',
    'before-likely-end': 'ends before the rotation is through with it',
    'before-latest-end': 'may end before the rotation is through with it',
    'soon-after': 'ends soon afterwards',
  };
  return expiries.slice(0, maxListed).map(({ what, at, when, message }) => {
    const tone = when === 'soon-after' ? 'waiting' : 'bad';
    return paint(tone, printable(`expires: ${what} ${words[when]}, ${at} (${offsetText(at, from)}): ${message}`));
  });
}

function renderBystanders({ bystanders }: RotationPlan): readonly string[] {
  if (bystanders.length === 0) return [];
  const more = bystanders.length - maxListed;
  return [
    '',
    'told nothing by this rotation:',
    ...bystanders
      .slice(0, maxListed)
      .map(({ cluster, membership, message }) => printable(`  ${cluster} (${membership}): ${message}`)),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}

/** A plan in three lines, for whoever has to confirm it. */
export function renderPlanSummary(plan: RotationPlan, paint: Paint): readonly string[] {
  const waves = plan.steps.reduce((sum, { waves }) => sum + waves.length, 0);
  const blocks = plan.notices.filter(({ severity }) => severity === 'blocks');
  const likely =
    plan.ends.likely === undefined
      ? 'has no likely end'
      : `likely takes ${spanText(Date.parse(plan.ends.likely) - Date.parse(plan.from))}`;
  return [
    `${plan.members} clusters, ${plan.steps.length} steps, ${waves} waves; ${likely}`,
    ...blocks.slice(0, maxListed).map(({ message }) => paint('bad', printable(`blocks: ${message}`))),
  ];
}
