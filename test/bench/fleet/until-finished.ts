import { setTimeout as delay } from 'node:timers/promises';
import type { Crowd } from './crowd.ts';

const lookEveryMs = 250;

/**
 * Waits for the end of a rotation. The history alone is asked for: to describe thousands of clusters again and again would be measured as the rotation's.
 * @returns when it ended, by mgmt's clock
 * @throws Error when it has failed; the signal's reason
 */
export async function untilFinished({ api, mesh }: Pick<Crowd, 'api' | 'mesh'>, signal: AbortSignal): Promise<number> {
  for (;;) {
    const last = (await api.readHistory(mesh, signal)).at(-1);
    if (last?.state === 'FAILED') throw new Error(`the rotation has failed: ${last.message}`);
    if (last?.state === 'FINISHED') return Date.parse(last.timestamp);
    await delay(lookEveryMs, undefined, { signal });
  }
}
