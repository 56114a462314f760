import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '@reroot/shared/clock';
import { errorFields, type Log } from '@reroot/shared/log';
import { createSeldom } from '../fleet/index.ts';

/**
 * Keeps mgmt from saying too much at once: in no tenth of a second are more than so many words said, and in no turn of the
 * event loop more than a few of them. A fleet that is smaller than that is told at once; thousands of clusters are told in
 * slices, so that neither mgmt, nor the bus, nor the agents' answers come to a standstill.
 */
export interface Pacer {
  /** Says it now if there is room, else as soon as there is. Never throws. */
  say(word: Word): void;
}

/** Something to say. */
export interface Word {
  /** `news` goes before what is only said again. */
  readonly lane: Lane;
  /** The mesh. Words of different groups take turns, so that a large mesh does not hold up a small one. */
  readonly group: string;
  /** A word that waits under the same key already, as news or as anything, is not put in twice. */
  readonly key: string;
  readonly act: () => void;
  /** How many words it counts for: more than one where a large answer comes of it. One when it is left out. */
  readonly weight?: number;
}

export type Lane = 'news' | 'again';

/** What the pacer works with. */
export interface PacerOptions {
  readonly clock: Clock;
  /** Ends all waiting. */
  readonly signal: AbortSignal;
  readonly log: Log;
}

/** How many words are said in one turn of the event loop: to seal so many takes some fifteen milliseconds. */
export const wordsPerTurn = 200;

/**
 * How many fit into a slice. What clusters wait for is said as fast as mgmt can take in the answers; what is only said again
 * has time, and leaves nine tenths of mgmt to others.
 */
export const wordsPerSlice: Readonly<Record<Lane, number>> = { news: 1_000, again: 200 };
export const sliceMs = 100;

const warnEveryMs = 60_000;

/** Starts with nothing said. */
export function createPacer({ clock, signal, log }: PacerOptions): Pacer {
  const lanes: Readonly<Record<Lane, Queue>> = { news: createQueue(), again: createQueue() };
  const spent = createSpent(clock);
  const seldom = createSeldom(warnEveryMs, clock);
  let draining = false;

  const carryOut = ({ act, group, weight = 1 }: Word): void => {
    spent.note(weight);
    try {
      act();
    } catch (error) {
      if (seldom.pass(group) === undefined) return;
      log.warn({ mesh: group, ...errorFields(error) }, 'a cluster cannot be told');
    }
  };
  const drain = async (): Promise<void> => {
    while (lanes.news.size() + lanes.again.size() > 0) {
      const waitMs = spent.untilRoomMs(wordsPerSlice[firstLane()]);
      // What came in meanwhile has its turn: answers above all.
      await (waitMs > 0 ? clock.sleep(waitMs, signal) : nextTurn(undefined, { signal }));
      sayTurn();
    }
    draining = false;
  };
  const firstLane = (): Lane => (lanes.news.size() > 0 ? 'news' : 'again');
  const sayTurn = (): void => {
    for (let said = 0; said < wordsPerTurn; said += 1) {
      const lane = firstLane();
      const word = spent.untilRoomMs(wordsPerSlice[lane]) > 0 ? undefined : lanes[lane].take();
      if (word === undefined) return;
      carryOut(word);
    }
  };

  return {
    say: (word) => {
      if (signal.aborted || lanes.news.has(word)) return;
      if (word.lane === 'news') lanes.again.remove(word);
      if (!draining && spent.untilRoomMs(wordsPerTurn) === 0) {
        carryOut(word);
        return;
      }
      if (!lanes[word.lane].has(word)) lanes[word.lane].put(word);
      if (draining) return;
      draining = true;
      // It fails with the signal alone.
      drain().catch(() => undefined);
    },
  };
}

/** How much was said in the slice that ends now: wherever a slice begins, no more fits into it. */
function createSpent(clock: Clock): { note(weight: number): void; untilRoomMs(most: number): number } {
  /** Moments at which something was said, the oldest first, each with how much. */
  let said: { readonly atMs: number; count: number }[] = [];
  const forgetOld = (nowMs: number): void => {
    // What lies ahead was said before the clock was set back.
    said = said.filter(({ atMs }) => nowMs - atMs < sliceMs && atMs <= nowMs);
  };
  return {
    note: (weight) => {
      const nowMs = clock.now();
      const last = said.at(-1);
      if (last?.atMs === nowMs) last.count += weight;
      else said.push({ atMs: nowMs, count: weight });
    },
    untilRoomMs: (most) => {
      const nowMs = clock.now();
      forgetOld(nowMs);
      const count = said.reduce((sum, each) => sum + each.count, 0);
      return count < most ? 0 : (said[0]?.atMs ?? nowMs) + sliceMs - nowMs;
    },
  };
}

/** Words that wait, those of each group in the order in which they came. */
interface Queue {
  has(word: Word): boolean;
  put(word: Word): void;
  remove(word: Word): void;
  /** The first word of the group whose turn it is. */
  take(): Word | undefined;
  size(): number;
}

function createQueue(): Queue {
  // Maps keep the order of insertion.
  const groups = new Map<string, Map<string, Word>>();
  let size = 0;
  const remove = ({ group, key }: Word): void => {
    const words = groups.get(group);
    if (words?.delete(key) === true) size -= 1;
    if (words?.size === 0) groups.delete(group);
  };
  return {
    has: ({ group, key }) => groups.get(group)?.has(key) === true,
    put: (word) => {
      const words = groups.get(word.group) ?? new Map<string, Word>();
      groups.set(word.group, words.set(word.key, word));
      size += 1;
    },
    remove,
    take: () => {
      const [group] = groups.keys();
      const words = groups.get(group ?? '');
      const [word] = words?.values() ?? [];
      if (word === undefined || words === undefined) return undefined;
      groups.delete(word.group);
      groups.set(word.group, words);
      remove(word);
      return word;
    },
    size: () => size,
  };
}
