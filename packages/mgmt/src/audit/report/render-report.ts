import type { AuditEntry } from '@reroot/shared/audit';
import { entriesOfRotation, type PackFacts } from '../pack-facts.ts';
import { renderActs, renderCourse, whoOf } from './acts.ts';
import { renderClusters } from './clusters.ts';
import {
  type Content,
  code,
  counted,
  escape,
  facts as factTable,
  file,
  type Html,
  joined,
  markupOf,
  paragraph,
  type Section,
  time,
} from './html.ts';
import { type KeptMoments, readMoments } from './kept-moment.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { renderProofs, renderRoots } from './proofs.ts';
import { renderStart } from './start.ts';
import { renderMatrices, renderSteps } from './steps.ts';
import { styleOf } from './style.ts';

/**
 * A page for people: it stands by itself, asks for nothing from anywhere, and can be printed. Pure.
 * @param lacks sentences: what was not kept
 */
export function renderReport(facts: PackFacts, lacks: readonly string[]): string {
  const entries = entriesOfRotation(facts);
  const moments = readMoments(facts);
  const outcome = outcomeOf(entries);
  const sections: readonly Section[] = [
    { id: 'summary', title: 'In short', content: renderSummary(facts, entries, moments, outcome) },
    ...renderActs(entries),
    ...renderStart(moments),
    renderSteps(moments),
    renderMatrices(moments),
    renderProofs(facts),
    renderRoots(facts),
    renderClusters(moments),
    renderCourse(entries),
    renderIntegrity(facts),
  ];
  const title = `Evidence of a rotation of mesh ${facts.mesh}`;
  const about = `Rotation ${facts.rotationId} of mesh ${facts.mesh}`.replaceAll(/[^\w .-]/g, '_');
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${escape(title)}</title><style>${styleOf(about)}</style></head><body><main>`,
    `<header><h1>${escape(title)}</h1><p class="id">Rotation <code>${escape(facts.rotationId)}</code></p>`,
    `<p class="outcome ${outcome.tone}">${escape(outcome.text)}</p></header>`,
    renderLacks(lacks),
    `<nav aria-label="Contents"><ol>${sections.map(({ id, title }) => `<li><a href="#${id}">${escape(title)}</a></li>`).join('')}</ol></nav>`,
    ...sections.map(({ id, title, content }) => `<section id="${id}"><h2>${escape(title)}</h2>${content.html}</section>`),
    '</main></body></html>\n',
  ].join('\n');
}

function renderLacks(lacks: readonly string[]): string {
  if (lacks.length === 0) return '';
  const items = lacks.map((gap) => `<li>${escape(gap)}</li>`).join('');
  return `<section class="lacks"><h2>What this pack lacks</h2><ul>${items}</ul></section>`;
}

function renderSummary(
  facts: PackFacts,
  entries: readonly AuditEntry[],
  { start, steps }: KeptMoments,
  { entry: end }: Outcome,
): Html {
  const { rotation, spec, madeAtMs, mgmtVersion } = facts;
  const startedAtMs = startOf(entries)?.atMs ?? rotation?.startedAtMs;
  const clusters = (steps.at(-1) ?? start)?.clusters;
  const members = clusters?.filter(({ membership }) => membership === 'member').length;
  const rows: readonly (readonly [string, Content])[] = [
    ['Started', renderStarted(facts, entries)],
    ['Ended', end === undefined ? 'not yet' : joined(time(end.atMs), ' UTC', spanSince(startedAtMs, end.atMs))],
    ['From root', rotation === undefined ? 'not known' : code([rotation.old, ...(rotation.alsoOld ?? [])].join(', '))],
    ['To root', rotation === undefined ? 'not known' : code(rotation.target)],
    ['Strategy', rotation === undefined ? 'not known' : `${rotation.strategy}, verification ${rotation.verification}`],
    ['Who may approve', rotation === undefined ? 'not known' : approvers[rotation.approvals]],
    ['Emergency', rotation?.emergency === undefined ? 'no' : `yes: ${rotation.emergency.reason}`],
    ['Clusters', clusters === undefined ? 'not known' : `${members ?? 0} counted of ${clusters.length}`],
    ['Trust domain', spec.trustDomain],
    ['This pack', joined('made ', time(madeAtMs), ` UTC by mgmt ${mgmtVersion}`)],
  ];
  return factTable(rows);
}

/** A rotation may be older than the journal: its first entry is then no start. */
function startOf(entries: readonly AuditEntry[]): AuditEntry | undefined {
  return entries.find(({ action }) => action === 'rotation.start');
}

function renderStarted({ rotation }: PackFacts, entries: readonly AuditEntry[]): Content {
  const entry = startOf(entries);
  if (entry !== undefined) {
    return joined(time(entry.atMs), ` UTC, by ${whoOf(entry)}${entry.why === undefined ? '' : `: ${entry.why}`}`);
  }
  if (rotation === undefined) return 'not known';
  return joined(time(rotation.startedAtMs), ` UTC, by ${rotation.startedBy}, as the history has it: the journal began later`);
}

function spanSince(startedAtMs: number | undefined, ms: number): string {
  return startedAtMs === undefined ? '' : `, ${spanText(ms - startedAtMs)} after its start`;
}

const approvers = {
  anybody: 'anybody with the role for it',
  'another-person': 'another person than the one who started it',
} as const;

function spanText(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor((seconds % 3_600) / 60)];
  return hours > 0 ? `${hours} h ${minutes} min` : minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

function renderIntegrity({ journal, head }: PackFacts): Section {
  const left = journal.filter((link) => !('entry' in link)).length;
  const signed =
    head === undefined
      ? 'Nobody has signed its end.'
      : `Its end, entry ${head.seq}, was signed by mgmt; the hash there is ${head.hash}.`;
  const content = joined(
    paragraph(
      'Run ',
      code('reroot evidence verify FILE --mgmt-key KEY'),
      ' with the archive that this page came in: it needs no network, and finds any byte that was changed. This page alone proves nothing; the signed manifest beside it does.',
    ),
    paragraph(
      'The part of the journal in ',
      file('journal.jsonl'),
      ` has ${counted(journal.length, 'link')}, ${left} of them of other meshes and shown by their digests alone. ${markupOf(signed)}`,
    ),
  );
  return { id: 'integrity', title: 'How to tell that this is whole', content };
}
