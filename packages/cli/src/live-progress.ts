import { type Detail, renderClusters, renderHeadline, renderLaggards } from '@reroot/shared/api';
import type { Clock } from '@reroot/shared/clock';
import type { Progress } from './progress.ts';
import type { Screen } from './shell.ts';
import { timeText } from './time-text.ts';

/** Draws each time over what it drew before. */
export function createLiveProgress(screen: Screen, clock: Clock, detail: Detail): Progress {
  let drawn: readonly string[] = [];
  const draw = (lines: readonly string[]): void => {
    // In one piece, and each line over the old one: a screen that is cleared first flickers.
    screen.write(`${climb(drawn, screen)}${lines.map((line) => `${line}${clearLine}\n`).join('')}${clearBelow}`);
    drawn = lines;
  };
  const note = (line: string): void => {
    const below = drawn;
    draw([line]);
    drawn = [];
    draw(fit(below, screen));
  };
  return {
    show: (status) => {
      const nowMs = clock.now();
      const lines = [
        ...renderHeadline(status, screen.paint, nowMs, detail),
        '',
        ...renderClusters(status, screen.paint, nowMs, detail),
        // Below the table, so that it stays in its place.
        ...renderLaggards(status.verdict, nowMs, detail),
      ];
      draw(fit(lines, screen));
    },
    note,
    happened: (line) => note(`${timeText(clock.now())} ${line}`),
    clear: () => {
      draw([]);
    },
  };
}

const clearLine = '\u001b[0K';
const clearBelow = '\u001b[0J';

/**
 * To the first line of what was drawn. A terminal that has become narrower meanwhile has wrapped it; what it has scrolled away it does
 * not give back.
 */
function climb(drawn: readonly string[], screen: Screen): string {
  const { columns, rows } = sizeOf(screen);
  const tall = drawn.reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / columns)), 0);
  const up = Math.min(tall, rows - 1);
  return up <= 0 ? '' : `\u001b[${up}A\r`;
}

/** Lines that wrap or scroll away could not be drawn over. */
function fit(lines: readonly string[], screen: Screen): readonly string[] {
  const { columns, rows } = sizeOf(screen);
  const room = Math.max(2, rows - 1);
  const hidden = lines.length - room;
  const shown = hidden <= 0 ? lines : [...lines.slice(0, room - 1), `and ${hidden + 1} more lines; \`reroot status\` shows all`];
  return shown.map((line) => clip(line, columns));
}

function sizeOf(screen: Screen): { readonly columns: number; readonly rows: number } {
  const { columns, rows } = screen.size() ?? { columns: 80, rows: 24 };
  // Some terminals do not tell.
  return { columns: columns > 0 ? columns : 80, rows: rows > 0 ? rows : 24 };
}

/** Colour codes take no room. */
const colour = /(\u001b\[[0-9;]*m)/;

function widthOf(line: string): number {
  return line.split(colour).reduce((sum, part) => (part.startsWith('\u001b') ? sum : sum + part.length), 0);
}

/** Cuts a line to a width. */
function clip(line: string, columns: number): string {
  let left = columns;
  return line
    .split(colour)
    .map((part) => {
      if (part.startsWith('\u001b')) return part;
      const shown = part.slice(0, left);
      left -= shown.length;
      return shown;
    })
    .join('');
}
