import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Bench, Params } from './bench.ts';
import { type BenchDocument, rowOf } from './document.ts';
import { describeMachine } from './machine.ts';

const beatMs = 10_000;

/** What running a bench needs from its caller. */
export interface RunBenchOptions {
  readonly name: string;
  readonly bench: Bench;
  readonly params: Params;
  readonly signal: AbortSignal;
  /** Takes one line at a time. */
  readonly say: (line: string) => void;
}

/** Measures, and says that it does: at least once in ten seconds, as far as the bench leaves the event loop free. */
export async function runBench({ name, bench, params, signal, say }: RunBenchOptions): Promise<BenchDocument> {
  const [startedAt, startedMs, machine] = [new Date().toISOString(), performance.now(), describeMachine()];
  const seconds = (): number => (performance.now() - startedMs) / 1_000;
  let saidMs = startedMs;
  const progress = (words: string): void => {
    saidMs = performance.now();
    say(`  ${seconds().toFixed(0)} s  ${words}`);
  };
  say(`» ${name}: ${bench.about}`);
  const beat = setInterval(() => {
    if (performance.now() - saidMs >= beatMs) progress('still measuring');
  }, beatMs / 10);
  try {
    const results = await bench.measure(params, { progress, signal });
    // Ctrl-C in a last piece of work that never waits for anything is heard now.
    await nextTurn();
    return { name, about: bench.about, startedAt, tookSeconds: seconds(), machine, params, results: results.map(rowOf) };
  } finally {
    clearInterval(beat);
  }
}
