import { processorMsOf } from '../frame/processor-time.ts';
import { repeat } from '../frame/sample.ts';
import { createBusyWork } from './busy-work.ts';
import { whileCoresAreBusy } from './keep-cores-busy.ts';

/** Some seconds of a core in all: a core that has just been woken is slow. */
const turns = 1_000;

/** What is measured, and for how long. */
export interface SlowdownOptions {
  readonly cores: number;
  readonly repeats: number;
  readonly signal: AbortSignal;
}

/** How many times as much processor time work takes while every other core is busy with the same as while they have nothing to do. */
export async function measureSlowdown({ cores, repeats, signal }: SlowdownOptions): Promise<number> {
  const work = createBusyWork();
  const once = (): number => {
    signal.throwIfAborted();
    return processorMsOf(turns, work);
  };
  const measure = async (): Promise<number> => (await repeat(once, { repeats, signal })).median;
  const alone = await measure();
  const beside = await whileCoresAreBusy(cores - 1, measure);
  return Math.max(1, beside / alone);
}
