import { type MeshStatus, printable } from '@reroot/shared/api';
import type { Clock } from '@reroot/shared/clock';
import type { Progress } from './progress.ts';
import type { Screen } from './shell.ts';
import { timeText } from './time-text.ts';

/**
 * A line, with the time, when the state, the wave or what is waited for changes, not for each of a thousand laggards that catches
 * up: what a log keeps.
 */
export function createPlainProgress(screen: Screen, clock: Clock): Progress {
  let last = '';
  const write = (line: string): void => screen.write(`${line}\n`);
  const happened = (line: string): void => write(`${timeText(clock.now())} ${line}`);
  return {
    show: (status) => {
      const { verdict } = status;
      const where = placeOf(status);
      const moment = [where, verdict.reason, verdict.laggards[0]?.cluster].join(' ');
      if (moment !== last) happened(printable(`${where}: ${verdict.message}`));
      last = moment;
    },
    note: write,
    happened,
    clear: () => undefined,
  };
}

function placeOf({ state, step, generation, wave }: MeshStatus): string {
  const { reached, total } = wave.released;
  return [
    state === step ? state : `${state} at ${step}`,
    `generation ${generation}`,
    ...(reached < total ? [`${reached} of ${total} clusters told`] : []),
  ].join(', ');
}
