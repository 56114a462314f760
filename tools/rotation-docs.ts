import { gates } from '../packages/mgmt/src/rotation/gate.ts';
import { moves } from '../packages/mgmt/src/rotation/moves.ts';
import { meshReasonMeanings, silenceMeanings, trustReasonMeanings } from '../packages/mgmt/src/rotation/verdict.ts';

/** The parts of docs/rotation.md that follow from the code, by the name of their markers. */
export function rotationParts(): Readonly<Record<string, string>> {
  return { diagram: diagram(), moves: table(['move', 'from', 'to', 'what it is'], moveRows()), gates: gateTable() };
}

/**
 * Puts parts between their markers, `<!-- begin NAME … -->` and `<!-- end NAME -->`.
 * @throws Error when a marker is missing
 */
export function fillParts(document: string, parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts).reduce((text, [name, content]) => {
    const marked = new RegExp(`(<!-- begin ${name}\\b[^>]*-->\\n)[\\s\\S]*?(<!-- end ${name} -->)`);
    if (!marked.test(text)) throw new Error(`the document has no place for ${name}`);
    return text.replace(marked, (_, begin: string, end: string) => `${begin}\n${content}\n${end}`);
  }, document);
}

interface Edge {
  readonly from: string;
  readonly to: string;
}

/** A move that may begin and end in the same states goes round in each of them. */
function edgesOf({ from, to }: { readonly from: readonly string[]; readonly to: readonly string[] }): Edge[] {
  if (from.join() === to.join()) return from.map((state) => ({ from: state, to: state }));
  return from.flatMap((start) => to.map((end) => ({ from: start, to: end })));
}

function diagram(): string {
  const labels = new Map<string, string[]>();
  for (const [name, move] of Object.entries(moves)) {
    for (const { from, to } of edgesOf(move)) {
      const arrow = `${from} --> ${to}`;
      labels.set(arrow, [...(labels.get(arrow) ?? []), name]);
    }
  }
  const lines = [...labels].map(([arrow, names]) => `  ${arrow}: ${names.join(', ')}\n`);
  return `\`\`\`mermaid\nstateDiagram-v2\n  [*] --> NOT_ROTATING\n${lines.join('')}\`\`\`\n`;
}

function moveRows(): string[][] {
  return Object.entries(moves).map(([name, { from, to, means }]) => [`\`${name}\``, states(from), states(to), means]);
}

function gateTable(): string {
  const rows = [
    ...Object.entries(silenceMeanings).map(([reason, waitsFor]) => [reason, waitsFor, 'always']),
    ...gates.map(({ reason, waitsFor, level }) => [
      reason,
      waitsFor,
      level === 'always' ? level : `\`EVIDENCE_${level.toUpperCase()}\``,
    ]),
    ...Object.entries(trustReasonMeanings).map(([reason, waitsFor]) => [reason, waitsFor, 'every pair of clusters']),
    ...Object.entries(meshReasonMeanings).map(([reason, waitsFor]) => [reason, waitsFor, 'the whole mesh']),
  ];
  return table(
    ['reason', 'waits for', 'asked from'],
    rows.map(([reason, ...rest]) => [`\`${reason ?? ''}\``, ...rest]),
  );
}

const steps = ['ADDING_NEW_ROOT', 'PROPAGATING_NEW_INTERMEDIATE', 'DELETING_OLD_ROOT'];

/** The three steps stand together wherever all of them are meant. */
function states(names: readonly string[]): string {
  const allSteps = steps.every((step) => names.includes(step));
  const others = names.filter((name) => !allSteps || !steps.includes(name)).map((name) => `\`${name}\``);
  return [...(allSteps ? ['each step'] : []), ...others].join(', ');
}

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  return line(heading) + `|${'---|'.repeat(heading.length)}\n` + rows.map(line).join('');
}
