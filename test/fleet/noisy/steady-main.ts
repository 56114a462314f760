/**
 * Agents that report one after the other, each a little less often than mgmt answers, and note how long each answer takes.
 * Spawned with an IPC channel; on `start` they begin, on `stop` they say what they have noted.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { hastenMs, openVoice, type VoiceOptions } from './agent-voice.ts';
import { runDelayMs, type Threads, thisThread } from './run-delay.ts';

/** One answer that was waited for; `tookMs` is null where none came. */
export interface Answered {
  /** Milliseconds since the Unix epoch. */
  readonly askedAtMs: number;
  readonly tookMs: number | null;
  /** For how long of it those who took part in it had no processor. */
  readonly delayedMs: number;
}

const everyMs = hastenMs + 150;
const timeoutMs = 5_000;

/** What it is told on its command line, as JSON. */
export interface SteadyOptions {
  readonly agents: readonly VoiceOptions[];
  /** Of mgmt and nats-server: who takes part in an answer besides this process. */
  readonly others: Threads;
}

const options = JSON.parse(process.argv[2] ?? '') as SteadyOptions;
const threads = [...thisThread(), ...options.others];
const voices = await Promise.all(options.agents.map(openVoice));
let noted: Answered[] = [];
let measuring = false;

process.on('message', (word: 'start' | 'stop') => {
  measuring = word === 'start';
  if (measuring) noted = [];
  else process.send?.(noted);
});
process.send?.('ready');

await Promise.all(
  voices.map(async (voice, index) => {
    await delay(everyMs * (1 + index / voices.length));
    for (;;) {
      const [askedAtMs, wasMeasuring] = [Date.now(), measuring];
      const delayMs = runDelayMs(threads);
      const tookMs = (await voice.ask(timeoutMs)) ?? null;
      if (wasMeasuring && measuring) noted.push({ askedAtMs, tookMs, delayedMs: runDelayMs(threads) - delayMs });
      await delay(everyMs);
    }
  }),
);
