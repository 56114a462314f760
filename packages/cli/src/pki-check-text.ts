import { type Paint, printable, type Tone } from '@reroot/shared/api';
import { type CaFacts, type CaFinding, type CaReport, type Stage, type Verdict, versionText } from '@reroot/shared/istio';

const tones: Readonly<Record<Verdict, Tone>> = { refuses: 'bad', breaks: 'bad', warns: 'waiting', ok: 'good' };

const summaries: Readonly<Record<Verdict, string>> = {
  refuses: 'istiod does not start with these files, or does not reload them',
  breaks: 'istiod takes these files, and then something breaks',
  warns: 'no rule stands against these files, and there are traps',
  ok: 'no rule stands against these files',
};

/** A report for a person: the verdict, then each finding with its reason and remedy. */
export function renderCaReport({ istio, multiRoot }: CaFacts, { verdict, findings }: CaReport, paint: Paint): readonly string[] {
  return [
    `Istio ${versionText(istio)}, ISTIO_MULTIROOT_MESH ${multiRoot}: ${paint(tones[verdict], `${verdict}: ${summaries[verdict]}`)}`,
    ...findings.flatMap((finding) => ['', ...renderFinding(finding, paint)]),
  ];
}

const stages: Readonly<Record<Stage, string>> = {
  start: ' · when it starts; a reload takes it',
  reload: ' · on a reload; a start takes it',
};

function renderFinding(
  { rule, verdict, stage, message, where, why, remedy, source }: CaFinding,
  paint: Paint,
): readonly string[] {
  const place = where === undefined ? '' : ` (${where})`;
  return [
    `${paint(tones[verdict], verdict.padEnd(7))}  ${paint('strong', rule)}${stage === undefined ? '' : stages[stage]}`,
    printable(`  ${message}${place}`),
    `  why: ${why}`,
    ...(verdict === 'ok' ? [] : [`  remedy: ${remedy}`]),
    paint('faint', `  source: ${source}`),
  ];
}
