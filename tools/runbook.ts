import { gates } from '../packages/mgmt/src/rotation/gate.ts';
import { alarmRunbook, driftAlarms, gateRunbook, type VerdictReason } from '../packages/mgmt/src/rotation/runbook/index.ts';
import { meshReasonMeanings, silenceMeanings, trustReasonMeanings } from '../packages/mgmt/src/rotation/verdict.ts';

/** What docs/troubleshooting.md and `reroot explain` say of a reason. Texts are Markdown, with links from the folder docs. */
export interface Section {
  readonly name: string;
  readonly kind: 'gate' | 'alarm' | 'drift';
  readonly means: string;
  readonly look: string;
  readonly todo: string;
  /** Of the section in docs/troubleshooting.md. */
  readonly anchor: string;
}

const waitsFor: readonly (readonly [VerdictReason, string])[] = [
  ...(Object.entries(silenceMeanings) as [VerdictReason, string][]),
  ...gates.map(({ reason, waitsFor: text }) => [reason, text] as const),
  ...(Object.entries(trustReasonMeanings) as [VerdictReason, string][]),
  ...(Object.entries(meshReasonMeanings) as [VerdictReason, string][]),
];

/** Of each reason for which a rotation waits, in the order in which it is asked. */
export const gateSections: readonly Section[] = waitsFor.map(([name, text]) => ({
  ...{ name, kind: 'gate', means: `waits for ${text}`, anchor: name.toLowerCase() },
  ...gateRunbook[name],
}));

/** Of each alarm. */
export const alarmSections: readonly Section[] = Object.entries(alarmRunbook).map(([name, advice]) => ({
  ...{ name, kind: 'alarm', anchor: name.toLowerCase() },
  ...advice,
}));

/** Of each kind of drift: what its alarm says. */
export const driftSections: readonly Section[] = Object.entries(driftAlarms).map(([name, alarm]) => ({
  ...{ name, kind: 'drift', anchor: alarm.toLowerCase() },
  ...alarmRunbook[alarm],
}));

/** Sections for docs/troubleshooting.md. A reason that another one sends to is a link to its section. */
export function renderSections(sections: readonly Section[]): string {
  return sections.map(renderSection).join('\n');
}

function renderSection({ name, means, look, todo }: Section): string {
  const sentence = `${means[0]?.toUpperCase()}${means.slice(1)}.`;
  return `### ${name}\n\n${sentence}\n\n*Look at:* ${linkReasons(look)}.\n\n*What to do:* ${linkReasons(todo)}.\n`;
}

function linkReasons(text: string): string {
  return text.replace(/As for (\w+)/, (_, name: string) => `As for [${name}](#${name.toLowerCase()})`);
}

/** For a terminal: where a link leads stands behind its text. */
export function withoutLinks(text: string): string {
  return text.replaceAll(/\[`?([^\]]+?)`?\]\(([^)]+)\)/g, (_, words: string, target: string) =>
    target.startsWith(words) ? `docs/${target}` : `${words} (docs/${target})`,
  );
}
