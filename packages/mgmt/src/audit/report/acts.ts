import type { AuditEntry } from '@reroot/shared/audit';
import { badge, type Content, counted, type Html, joined, paragraph, type Section, table, time } from './html.ts';

/** By these a person lets a rotation start or go on, or takes it back. */
const decisions: ReadonlySet<string> = new Set(
  ['start', 'approve', 'confirm', 'turnForward', 'retry', 'abort', 'stepBack'].map((move) => `rotation.${move}`),
);

/** Who let it start, go on or turn back, and everything else that people did. */
export function renderActs(entries: readonly AuditEntry[]): readonly Section[] {
  const acts = entries.filter(({ kind }) => kind === 'act');
  const decided = acts.filter(({ action }) => decisions.has(action));
  const others = acts.filter(({ action }) => !decisions.has(action));
  const refused = entries.filter(({ kind }) => kind === 'refusal');
  return [
    { id: 'approvals', title: 'Approvals and decisions', content: tableOfActs('Approvals and decisions', decided) },
    {
      id: 'acts',
      title: 'What else people did',
      content: joined(
        tableOfActs('What else people did', others),
        refused.length === 0 ? '' : joined({ html: '<h3>What was refused</h3>' }, tableOfActs('What was refused', refused)),
      ),
    },
  ];
}

function tableOfActs(name: string, acts: readonly AuditEntry[]): Html {
  const rows = acts.map((entry): Content[] => [
    String(entry.seq),
    time(entry.atMs),
    whoOf(entry),
    entry.kind === 'refusal' ? joined(badge('bad', entry.code ?? 'refused'), ` ${entry.message}`) : entry.message,
    entry.why ?? 'none given',
    entry.step ?? '',
    stoodOf(entry),
  ]);
  return table(name, ['Entry', 'When (UTC)', 'Who, and how known', 'What', 'Why', 'Step', 'What stood then'], rows);
}

function stoodOf({ verdict }: AuditEntry): string {
  if (verdict === undefined) return 'not kept';
  return `${verdict.passed ? 'all proven' : verdict.reason}, ${counted(verdict.laggards, 'laggard')}`;
}

/** Everything, in order. */
export function renderCourse(entries: readonly AuditEntry[]): Section {
  const rows = entries.map((entry): Content[] => [
    String(entry.seq),
    time(entry.atMs),
    whoOf(entry),
    entry.state ?? '',
    joined(entry.message, ...(entry.errors ?? []).map((error) => ({ html: `<br>${joined(error).html}` }))),
  ]);
  const about = paragraph(
    'Every entry of the journal that is of this rotation. Intermediates that were issued are counted under roots.',
  );
  const content = joined(about, table('The whole course', ['Entry', 'When (UTC)', 'Who', 'State', 'What'], rows));
  return { id: 'course', title: 'The whole course', content };
}

/** A name, and how mgmt knew it. */
export function whoOf({ by }: AuditEntry): string {
  return by.via === 'itself' ? 'reroot itself' : `${by.name} (${by.via})`;
}
