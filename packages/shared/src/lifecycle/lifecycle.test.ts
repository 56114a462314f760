import { describe, expect, it } from 'vitest';
import { createLogger } from '../log/index.ts';
import { createLifecycle, type Lifecycle } from './lifecycle.ts';

/** A lifecycle whose parts write down that they were stopped, and what it logged. */
function observed(): { lifecycle: Lifecycle; stopped: string[]; logged: string[]; add: (name: string) => void } {
  const [stopped, logged]: [string[], string[]] = [[], []];
  const log = createLogger({ level: 'debug', name: 'test', stream: { write: (line) => void logged.push(line) } });
  const lifecycle = createLifecycle({ log, stopTimeoutMs: 100 });
  const add = (name: string): void => {
    lifecycle.add(name, async () => void stopped.push(name));
  };
  return { lifecycle, stopped, logged, add };
}

describe('stopping', () => {
  it('goes backwards through what was started, once', async () => {
    const { lifecycle, stopped, add } = observed();
    ['store', 'bus', 'api'].forEach(add);
    await Promise.all([lifecycle.stop(), lifecycle.stop()]);
    expect(stopped).toEqual(['api', 'bus', 'store']);
  });

  it('goes on past a part that fails or hangs, and says so', async () => {
    const { lifecycle, stopped, logged, add } = observed();
    add('store');
    lifecycle.add('hanging', () => new Promise(() => undefined));
    lifecycle.add('failing', () => {
      throw new Error('cannot stop');
    });
    await lifecycle.stop();
    expect(stopped).toEqual(['store']);
    expect(logged.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { level: 'error', part: 'failing', problem: 'cannot stop', msg: 'part did not stop' },
      { level: 'error', part: 'hanging', problem: 'still running after 100 ms', msg: 'part did not stop' },
    ]);
  });
});
