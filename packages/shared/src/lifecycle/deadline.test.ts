import { describe, expect, it } from 'vitest';
import { systemClock } from '../clock/index.ts';
import { createFakeClock } from '../testing/index.ts';
import { type Deadline, withDeadline } from './deadline.ts';

const deadline = (changes: Partial<Deadline> = {}): Deadline => ({
  ms: 100,
  clock: systemClock,
  signal: new AbortController().signal,
  code: 'RR_REPLICA_UNREACHABLE',
  who: 'replica istiod-0',
  ...changes,
});

describe('a deadline', () => {
  it('gives what the work gave in time', async () => {
    expect(await withDeadline(deadline(), async () => 'done')).toBe('done');
  });

  it('ends work that does not heed its signal', async () => {
    const clock = createFakeClock(0);
    let heard: AbortSignal | undefined;
    const late = withDeadline(deadline({ clock }), (signal) => {
      heard = signal;
      return new Promise(() => undefined);
    });
    clock.advance(100);
    await expect(late).rejects.toMatchObject({
      code: 'RR_REPLICA_UNREACHABLE',
      message: 'replica istiod-0 did not answer within 100 ms',
    });
    expect(heard?.aborted).toBe(true);
  });

  it('rejects with the reason of the outer signal, before the work and during it', async () => {
    const reason = new Error('stop');
    const outer = new AbortController();
    const stopped = withDeadline(deadline({ signal: outer.signal }), () => new Promise(() => undefined));
    outer.abort(reason);
    await expect(stopped).rejects.toBe(reason);
    let calls = 0;
    await expect(withDeadline(deadline({ signal: outer.signal }), async () => (calls += 1))).rejects.toBe(reason);
    expect(calls).toBe(0);
  });
});
