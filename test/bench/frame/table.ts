import type { BenchDocument, Row } from './document.ts';

const headings = ['value', 'from–to', 'limit', 'ratio', 'goal', 'metric'];

/** The document as people read it: what it was measured with, and a line for each result. */
export function renderTable({ name, about, params, machine, results }: BenchDocument): string {
  const cells = [headings, ...results.map(cellsOf)];
  const widths = headings.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const isLast = (column: number): boolean => column === headings.length - 1;
  const lines = cells.map((row) =>
    row.map((cell, column) => (isLast(column) ? cell : cell.padStart(widths[column] ?? 0))).join('  '),
  );
  const given = Object.entries(params).map(([key, value]) => `${key}=${[value].flat().join(',')}`);
  const { cpu, cores, memoryGiB, node, natsServer, loadAtStart } = machine;
  const place = `${cpu}, ${cores} cores, ${memoryGiB} GiB, node ${node}, nats-server ${natsServer}, load ${loadAtStart.toFixed(2)} at start`;
  return [`${name}: ${about}`, ...(given.length === 0 ? [] : [given.join(' ')]), place, ...lines].join('\n');
}

function cellsOf(row: Row): readonly string[] {
  const { metric, value, unit, spread, limit, limitIs, limitOrigin, ratio } = row;
  const from = spread === null ? '' : `${format(spread.min)}–${format(spread.max)} of ${spread.repeats}`;
  const against = limit === null ? '' : `${format(limit)}${limitOrigin === 'measured' ? ` ${limitIs}` : ''}`;
  return [`${format(value)} ${unit}`, from, against, ratio === null ? '' : `${format(ratio)}×`, goalOf(row), metric];
}

function goalOf({ goal, met }: Row): string {
  if (goal === null) return '';
  const bounds = ['atLeast' in goal ? `≥ ${goal.atLeast}` : '', 'atMost' in goal ? `≤ ${goal.atMost}` : ''];
  return `${bounds.filter((bound) => bound !== '').join(' ')} ${met === true ? 'met' : 'MISSED'}`;
}

/** Three digits that mean something, and no exponent. */
function format(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size >= 100 || size === 0) return Math.round(value).toLocaleString('en', { useGrouping: true });
  return value.toFixed(size >= 10 ? 1 : size >= 1 ? 2 : Math.min(6, 2 - Math.floor(Math.log10(size))));
}
