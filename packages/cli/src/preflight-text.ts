import {
  type Detail,
  type Paint,
  type PreflightCheck,
  type PreflightReport,
  printable,
  renderEmergencyOutlook,
  type Tone,
} from '@reroot/shared/api';

/** Which characters a terminal shows. */
export type Charset = 'unicode' | 'ascii';

interface Mark {
  readonly unicode: string;
  readonly ascii: string;
  readonly tone: Tone;
}

const marks: Readonly<Record<PreflightCheck['outcome'], Mark>> = {
  passed: { unicode: '✓', ascii: '+', tone: 'good' },
  warning: { unicode: '‼', ascii: '!', tone: 'waiting' },
  unknown: { unicode: '?', ascii: '?', tone: 'waiting' },
  fatal: { unicode: '✗', ascii: 'x', tone: 'bad' },
};

const summaries: Readonly<Record<PreflightReport['outcome'], { readonly tone: Tone; readonly text: (start: string) => string }>> =
  {
    passed: { tone: 'good', text: (start) => `nothing stands in the way of ${start}` },
    warnings: { tone: 'waiting', text: (start) => `${start} can start, and may wait or need a hand` },
    fatal: { tone: 'bad', text: (start) => `${start} does not start` },
  };

/** How it is written. */
export interface Style {
  readonly paint: Paint;
  readonly charset: Charset;
  readonly detail: Detail;
}

/** How many findings, and how many clusters, are named for each check. */
const maxShown = 3;

/** A report for a person: category by category, one line for each check, and below it what it has found and what to do. */
export function renderPreflight(report: PreflightReport, style: Style): readonly string[] {
  const { paint } = style;
  const categories = Map.groupBy(report.checks, ({ category }) => category);
  return [
    ...[...categories].flatMap(([category, checks]) => [
      paint('strong', category),
      ...checks.flatMap((check) => renderCheck(check, style)),
      '',
    ]),
    ...renderEmergencyOutlook(report.emergency, paint),
    `mesh ${report.mesh}: ${summaryOf(report, paint)}`,
  ];
}

/** What of a report speaks against a start, and its summary. */
export function renderDoubts(report: PreflightReport, style: Style): readonly string[] {
  const doubts = report.checks.filter(({ outcome }) => outcome !== 'passed');
  return [...doubts.flatMap((check) => renderCheck(check, style)), `preflight: ${summaryOf(report, style.paint)}`];
}

function summaryOf({ outcome, start }: PreflightReport, paint: Paint): string {
  const { tone, text } = summaries[outcome];
  return paint(tone, text(start === 'adoption' ? 'an adoption' : 'a rotation'));
}

/** By the variables that say which characters programs may write, in the order in which they count (POSIX, chapter 8.2). */
export function charsetOf(env: Readonly<Record<string, string | undefined>>): Charset {
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((value) => value !== undefined && value !== '');
  return /utf-?8/i.test(locale ?? '') ? 'unicode' : 'ascii';
}

function renderCheck(check: PreflightCheck, { paint, charset, detail }: Style): readonly string[] {
  const { tone, [charset]: mark } = marks[check.outcome];
  const { message, findings, findingCount, hint } = check;
  const shown = detail === 'wide' ? findings : findings.slice(0, maxShown);
  const more = findingCount - shown.length;
  return [
    `  ${paint(tone, mark)} ${message}${clustersText(check)}`,
    ...shown.map(({ cluster, message: found }) => printable(`      ${cluster === undefined ? '' : `${cluster}: `}${found}`)),
    ...(more > 0 ? [`      and ${more} more like it`] : []),
    ...(hint === undefined ? [] : [paint('faint', `      ${hint}`)]),
  ];
}

/** The first clusters and how many there are: a fleet may have thousands. */
function clustersText({ findings, clusterCount }: PreflightCheck): string {
  if (clusterCount < 2) return '';
  const names = [...new Set(findings.flatMap(({ cluster }) => cluster ?? []))].slice(0, maxShown);
  const more = clusterCount - names.length;
  return printable(`: ${names.join(', ')}${more > 0 ? ` and ${more} more clusters` : ''}`);
}
