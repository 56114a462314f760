/** Keeps one core busy, behind everybody else. Ends with its parent, which it tells that it has begun. */
import { constants, setPriority } from 'node:os';
import { createBusyWork } from './busy-work.ts';

setPriority(constants.priority.PRIORITY_LOW);
const work = createBusyWork();
const turn = (): void => {
  work();
  setImmediate(turn);
};
process.once('disconnect', () => process.exit());
turn();
process.send?.('busy');
