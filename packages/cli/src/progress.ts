import type { Detail, MeshStatus } from '@reroot/shared/api';
import type { Clock } from '@reroot/shared/clock';
import { createLiveProgress } from './live-progress.ts';
import { createPlainProgress } from './plain-progress.ts';
import type { Screen } from './shell.ts';

/** Shows a mesh as it changes. */
export interface Progress {
  show(status: MeshStatus): void;
  /** A line that stays. */
  note(line: string): void;
  /** The same about what has come to pass now, with the time. */
  happened(line: string): void;
  /** Takes away what is drawn, where the same is printed for good. */
  clear(): void;
}

/** Redraws in place on a terminal, else writes a line for each change. */
export function createProgress(screen: Screen, clock: Clock, detail: Detail = 'table'): Progress {
  return screen.size() === undefined ? createPlainProgress(screen, clock) : createLiveProgress(screen, clock, detail);
}
