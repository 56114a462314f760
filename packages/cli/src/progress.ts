import { type Detail, type MeshStatus, printable, renderClusters, renderHeadline, renderLaggards } from '@reroot/shared/api';
import type { Clock } from '@reroot/shared/clock';
import type { Screen } from './shell.ts';

/** Shows a mesh as it changes. */
export interface Progress {
  show(status: MeshStatus): void;
  /** A line that stays. */
  note(line: string): void;
  /** Takes away what is drawn, where the same is printed for good. */
  clear(): void;
}

/** Redraws in place on a terminal, else writes a line for each change. */
export function createProgress(screen: Screen, clock: Clock, detail: Detail = 'table'): Progress {
  return screen.size() === undefined ? createPlainProgress(screen) : createLiveProgress(screen, clock, detail);
}

/** A line when the state, the wave or what is waited for changes, not for each of a thousand laggards that catches up. */
function createPlainProgress(screen: Screen): Progress {
  let last = '';
  return {
    show: ({ state, step, generation, wave, verdict }) => {
      const { reached, total } = wave.released;
      const where = [
        state === step ? state : `${state} at ${step}`,
        `generation ${generation}`,
        ...(reached < total ? [`${reached} of ${total} clusters told`] : []),
      ].join(', ');
      const moment = [where, verdict.reason, verdict.laggards[0]?.cluster].join(' ');
      if (moment !== last) screen.write(`${printable(`${where}: ${verdict.message}`)}\n`);
      last = moment;
    },
    note: (line) => {
      screen.write(`${line}\n`);
    },
    clear: () => undefined,
  };
}

function createLiveProgress(screen: Screen, clock: Clock, detail: Detail): Progress {
  let drawn: readonly string[] = [];
  const draw = (lines: readonly string[]): void => {
    // Up to the first line of what was drawn before, and clear from there to the end of the screen.
    const up = drawn.length === 0 ? '' : `\u001b[${drawn.length}A\u001b[0J`;
    screen.write(`${up}${lines.map((line) => `${line}\n`).join('')}`);
    drawn = lines;
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
    note: (line) => {
      const below = drawn;
      draw([line]);
      drawn = [];
      draw(below);
    },
    clear: () => {
      draw([]);
    },
  };
}

/** Lines that wrap or scroll away could not be drawn over. */
function fit(lines: readonly string[], screen: Screen): readonly string[] {
  const { columns, rows } = screen.size() ?? { columns: 80, rows: 24 };
  const room = Math.max(2, rows - 1);
  const hidden = lines.length - room;
  const shown = hidden <= 0 ? lines : [...lines.slice(0, room - 1), `and ${hidden + 1} more lines; \`reroot status\` shows all`];
  return shown.map((line) => clip(line, columns));
}

/** Cuts a line to a width; colour codes take none. */
export function clip(line: string, columns: number): string {
  let left = columns;
  return line
    .split(/(\u001b\[[0-9;]*m)/)
    .map((part) => {
      if (part.startsWith('\u001b')) return part;
      const shown = part.slice(0, left);
      left -= shown.length;
      return shown;
    })
    .join('');
}
