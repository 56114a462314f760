/** How a piece of text is meant, so that a terminal can colour it. */
export type Tone = 'strong' | 'faint' | 'good' | 'bad' | 'waiting';

/** Colours text; the identity where there is no colour. */
export type Paint = (tone: Tone, text: string) => string;

/** How much a table shows: what fits, or all of it. */
export type Detail = 'table' | 'wide';

/** One cell of a table. */
export interface Cell {
  readonly text: string;
  readonly tone?: Tone;
}

/** Leaves text as it is. */
export const noPaint: Paint = (_tone, text) => text;

/** Lays rows out under a heading, each column as wide as its widest cell. */
export function renderTable(heading: readonly string[], rows: readonly (readonly Cell[])[], paint: Paint): readonly string[] {
  const lines = [heading.map((text): Cell => ({ text, tone: 'faint' })), ...rows].map((row) => row.map(cleanCell));
  const widths = heading.map((_, column) => Math.max(...lines.map((row) => row[column]?.text.length ?? 0)));
  return lines.map((row) =>
    row
      .map(({ text, tone }, column) =>
        paintCell(column === row.length - 1 ? text : text.padEnd(widths[column] ?? 0), tone, paint),
      )
      .join('  ')
      .trimEnd(),
  );
}

/** Text that came from elsewhere, without characters that a terminal obeys. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '?');
}

function cleanCell(cell: Cell): Cell {
  return { ...cell, text: printable(cell.text) };
}

function paintCell(text: string, tone: Tone | undefined, paint: Paint): string {
  return tone === undefined ? text : paint(tone, text);
}
