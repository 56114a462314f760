import { processorMsOf } from '../frame/processor-time.ts';
import { repeat } from '../frame/sample.ts';
import { createBusyWork } from './busy-work.ts';
import { whileCoresAreBusy } from './keep-cores-busy.ts';

/** Some seconds of a core in all: a core that has just been woken is slow. */
const turns = 1_000;

/** How many times as much processor time work takes while every other core is busy with the same as while they have nothing to do. */
export async function measureSlowdown(cores: number, repeats: number): Promise<number> {
  const work = createBusyWork();
  const measure = async (): Promise<number> => (await repeat(() => processorMsOf(turns, work), { repeats })).median;
  const alone = await measure();
  const beside = await whileCoresAreBusy(cores - 1, measure);
  return Math.max(1, beside / alone);
}
