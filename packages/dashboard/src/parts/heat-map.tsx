import { useSignal } from '@preact/signals';
import type { TrustClassStatus } from '@reroot/shared/api';
import { useEffect, useRef } from 'preact/hooks';
import { shade } from '../data/theme.ts';
import { useWidth } from '../data/use-width.ts';
import { type Band, bandAt, bandOf, cellState, layOutMatrix, sideOf } from '../model/matrix-layout.ts';
import { drawMatrix } from './draw-matrix.ts';

interface Properties {
  readonly classes: readonly TrustClassStatus[];
  readonly cells: readonly string[] | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly onPick: (pair: { readonly from: string; readonly to: string }) => void;
}

/** Every pair of clusters as a cell: rows show leaves, columns verify them. The table of classes below says the same in text. */
export function HeatMap({ classes, cells, from, to, onPick }: Properties) {
  const [frame, width] = useWidth();
  const canvas = useRef<HTMLCanvasElement>(null);
  const { side, margin } = sideOf(classes, width);
  const layout = layOutMatrix(classes, side);
  const { bands } = layout;
  const chosen = { row: bandOf(layout, from), column: bandOf(layout, to) };
  const cursor = useSignal({ row: Math.max(0, chosen.row), column: Math.max(0, chosen.column) });
  const [row, column] = [bands[cursor.value.row], bands[cursor.value.column]];
  useEffect(() => {
    if (canvas.current !== null && side > 0) drawMatrix(canvas.current, { layout, margin, cells, cursor: cursor.value, chosen });
  }, [classes, cells, side, cursor.value, chosen.row, chosen.column, shade.value]);
  const pick = (): void => {
    const [leaf, verifier] = [row?.clusters[0], column?.clusters[0]];
    if (leaf !== undefined && verifier !== undefined) onPick({ from: leaf, to: verifier });
  };
  const point = ({ offsetX, offsetY }: MouseEvent): void => {
    const place = { row: bandAt(layout, offsetY - margin), column: bandAt(layout, offsetX - margin) };
    if (place.row >= 0 && place.column >= 0) cursor.value = place;
  };
  const move = (event: KeyboardEvent): void => {
    const next = movedBy(event.key, cursor.value, bands.length);
    if (event.key === 'Enter' || event.key === ' ') pick();
    else if (next === undefined) return;
    else cursor.value = next;
    event.preventDefault();
  };
  const what = layout.by === 'cluster' ? 'clusters' : 'classes of clusters';
  return (
    <div ref={frame} class="heat">
      <p class="heat-axes faint">{`${bands.length} ${what}${layout.by === 'class' ? ', numbered as in the table below' : ''}. Rows show their leaves, columns verify them.`}</p>
      <canvas
        ref={canvas}
        style={{ width: `${side + margin}px`, height: `${side + margin}px` }}
        tabIndex={0}
        role="application"
        aria-roledescription="matrix"
        aria-label={`Trust matrix of ${bands.length} ${what}; the table of classes below says the same`}
        aria-describedby="heat-told"
        onMouseMove={point}
        onClick={pick}
        onKeyDown={move}
      />
      <p id="heat-told" class="told" aria-live="polite">
        {toldText(row, column, cells)}
      </p>
    </div>
  );
}

function toldText(row: Band | undefined, column: Band | undefined, cells: readonly string[] | undefined): string {
  if (row === undefined || column === undefined) return '';
  const state = cellState(cells, row, column);
  const words = { green: '✓ green', red: '✗ red', unknown: '? unknown' } as const;
  return `${row.label} → ${column.label}: ${state === undefined ? 'not in the answer' : words[state]}`;
}

interface Cursor {
  readonly row: number;
  readonly column: number;
}

const steps: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

function movedBy(key: string, { row, column }: Cursor, count: number): Cursor | undefined {
  const step = steps[key];
  const to = (index: number): number => Math.min(count - 1, Math.max(0, index));
  return step === undefined ? undefined : { row: to(row + step[0]), column: to(column + step[1]) };
}
