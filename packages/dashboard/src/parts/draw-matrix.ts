import type { TrustState } from '@reroot/shared/api';
import { type Band, cellState, type MatrixLayout } from '../model/matrix-layout.ts';
import { coloursOf } from './canvas-colours.ts';

/** What is drawn. */
export interface MatrixPicture {
  readonly layout: MatrixLayout;
  /** Room for names above and to the left; 0: none are shown. */
  readonly margin: number;
  readonly cells: readonly string[] | undefined;
  /** The cell that is told, by bands. */
  readonly cursor: { readonly row: number; readonly column: number };
  /** The one that was chosen; -1 for none. */
  readonly chosen: { readonly row: number; readonly column: number };
}

/** Below this there is no room between cells, and none for a sign in them. */
const spacedFrom = 6;
const signedFrom = 12;
/** A name is as high as its letters. */
const leastNamed = 11;

type Colours = ReturnType<typeof coloursOf>;

/** Draws every cell: its colour, and for what is not green a sign or a hatching, so that nothing rests on colour alone. */
export function drawMatrix(canvas: HTMLCanvasElement, { layout, margin, cells, cursor, chosen }: MatrixPicture): void {
  const scale = window.devicePixelRatio;
  const extent = layout.extent + margin;
  const pixels = Math.round(extent * scale);
  if (canvas.width !== pixels) canvas.width = canvas.height = pixels;
  const context = canvas.getContext('2d');
  if (context === null) return;
  const colours = coloursOf(canvas);
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, extent, extent);
  if (margin > 0) drawNames(context, layout, margin, colours.faint);
  context.translate(margin, margin);
  for (const row of layout.bands) {
    for (const column of layout.bands) drawCell(context, row, column, cellState(cells, row, column), colours);
  }
  frame(context, layout, cursor, colours.ink, 1.5);
  frame(context, layout, chosen, colours.accent, 3);
}

/** Names of rows to the left, of columns above, from below upwards. */
function drawNames(context: CanvasRenderingContext2D, { bands }: MatrixLayout, margin: number, colour: string): void {
  const room = margin - 8;
  context.fillStyle = colour;
  context.font = '12px system-ui, sans-serif';
  context.textBaseline = 'middle';
  for (const { mark, start, size } of bands) {
    if (size < leastNamed) continue;
    const text = fit(context, mark, room);
    context.textAlign = 'right';
    context.fillText(text, room, margin + start + size / 2);
    context.save();
    context.translate(margin + start + size / 2, room);
    context.rotate(-Math.PI / 2);
    context.textAlign = 'left';
    context.fillText(text, 0, 0);
    context.restore();
  }
}

/** Names of a fleet begin alike, and differ at their ends. */
function fit(context: CanvasRenderingContext2D, text: string, room: number): string {
  if (context.measureText(text).width <= room) return text;
  let kept = text.length - 1;
  while (kept > 1 && context.measureText(`…${text.slice(-kept)}`).width > room) kept -= 1;
  return `…${text.slice(-kept)}`;
}

function drawCell(
  context: CanvasRenderingContext2D,
  row: Band,
  column: Band,
  state: TrustState | undefined,
  colours: Colours,
): void {
  const gap = Math.min(row.size, column.size) >= spacedFrom ? 1 : 0;
  const [x, y, width, height] = [column.start, row.start, column.size - gap, row.size - gap];
  context.fillStyle = state === undefined ? colours.line : colours[state];
  context.fillRect(x, y, width, height);
  if (state === undefined || state === 'green') return;
  context.strokeStyle = context.fillStyle = state === 'red' ? colours.onRed : colours.onUnknown;
  if (Math.min(width, height) < signedFrom) hatch(context, x, y, width, height, state);
  else sign(context, x + width / 2, y + height / 2, Math.min(width, height), state);
}

function sign(context: CanvasRenderingContext2D, x: number, y: number, room: number, state: 'red' | 'unknown'): void {
  const half = Math.min(8, room * 0.22);
  context.lineWidth = Math.max(1.5, half / 4);
  if (state === 'red') {
    context.beginPath();
    context.moveTo(x - half, y - half);
    context.lineTo(x + half, y + half);
    context.moveTo(x + half, y - half);
    context.lineTo(x - half, y + half);
    context.stroke();
    return;
  }
  context.font = `600 ${Math.round(half * 2.6)}px system-ui, sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText('?', x, y + 0.5);
}

/** A stroke from corner to corner for red, a dot for unknown. */
function hatch(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  state: 'red' | 'unknown',
): void {
  if (Math.min(width, height) < 3) return;
  if (state === 'unknown') {
    context.fillRect(x + width / 2 - 0.75, y + height / 2 - 0.75, 1.5, 1.5);
    return;
  }
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(x, y + height);
  context.lineTo(x + width, y);
  context.stroke();
}

function frame(
  context: CanvasRenderingContext2D,
  { bands }: MatrixLayout,
  { row, column }: { readonly row: number; readonly column: number },
  colour: string,
  width: number,
): void {
  const [a, b] = [bands[row], bands[column]];
  if (a === undefined || b === undefined) return;
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.strokeRect(b.start + width / 2, a.start + width / 2, Math.max(2, b.size - width - 1), Math.max(2, a.size - width - 1));
}
