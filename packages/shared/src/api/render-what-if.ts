import type { RotationPlan } from './plan.ts';
import { namesText, offsetText } from './render-planned-step.ts';
import { type Cell, type Paint, printable, renderTable } from './render-table.ts';
import type { BrokenPairs, WhatIf } from './what-if.ts';

const maxListed = 20;

/** What becomes of the rotation while clusters are offline, without the pairs that break. */
export function renderWhatIf(whatIf: WhatIf, { from }: RotationPlan, paint: Paint): readonly string[] {
  const { offline, until, outcome, message, stops, excludedAt, ends, endsOtherwise, consequences } = whatIf;
  const how = until === undefined ? 'for ever' : `until ${until} (${offsetText(until, from)})`;
  const stood =
    stops === undefined
      ? []
      : [
          `  stands still ${offsetText(stops.at, from)}, ${stops.until === undefined ? 'for good' : `until ${offsetText(stops.until, from)}`}`,
        ];
  return [
    printable(`what if ${namesText(offline)} ${offline.length === 1 ? 'is' : 'are'} offline ${how}:`),
    paint(outcome === 'unaffected' ? 'good' : outcome === 'stops' ? 'waiting' : 'bad', printable(`  ${message}`)),
    ...stood,
    ...(excludedAt === undefined ? [] : [`  excluded by the policy ${offsetText(excludedAt, from)}`]),
    `  the rotation ends ${offsetText(ends, from)}, and otherwise ${offsetText(endsOtherwise, from)}`,
    ...consequences.map((line) => printable(`  ${line}`)),
  ];
}

/** The pairs that break, when, and who refuses whom. */
export function renderBreaks({ breaks, from }: RotationPlan, paint: Paint): readonly string[] {
  if (breaks.length === 0) return [];
  const rows = breaks.slice(0, maxListed).map((each) => rowOf(each, from));
  const more = breaks.length - maxListed;
  return [
    '',
    paint('bad', 'pairs that break, by the likely times:'),
    ...renderTable(['CLUSTER', 'AND', 'FROM', 'UNTIL', 'STEP', 'BECAUSE'], rows, paint).map((line) => `  ${line}`),
    ...(more > 0 ? [`  and ${more} more; -o json has all`] : []),
  ];
}

function rowOf({ cluster, others, from: at, until, step, message }: BrokenPairs, from: string): readonly Cell[] {
  const end = until === undefined ? 'it is brought back' : offsetText(until, from);
  return [cluster, namesText(others), offsetText(at, from), end, step, message].map((text) => ({ text }));
}
