import type { Novelty } from './costs.ts';
import type { Timeline } from './timeline.ts';

/** The pacer of mgmt, as `packages/mgmt/src/runner/pacer.ts` has it, for one mesh. */
export interface PacerModel {
  say(word: ModelWord): void;
}

/** Something to say. */
export interface ModelWord {
  /** `news` goes before what is only said again. */
  readonly lane: Novelty;
  /** What waits already, as news or as anything, is not put in twice. */
  readonly key: number;
}

/** What bounds it, by the numbers of mgmt. */
export interface Pace {
  readonly wordsPerTurn: number;
  readonly wordsPerSlice: Readonly<Record<ModelWord['lane'], number>>;
  readonly sliceMs: number;
}

/** @param carryOut says words, and calls back when the event loop has come to its next turn */
export function createPacerModel(
  timeline: Timeline,
  { wordsPerTurn, wordsPerSlice, sliceMs }: Pace,
  carryOut: (words: readonly ModelWord[], nextTurn: () => void) => void,
): PacerModel {
  const lanes = { news: new Map<number, ModelWord>(), again: new Map<number, ModelWord>() };
  let spent: { readonly atMs: number; count: number }[] = [];
  let draining = false;
  const note = (): void => {
    const last = spent.at(-1);
    if (last?.atMs === timeline.nowMs()) last.count += 1;
    else spent.push({ atMs: timeline.nowMs(), count: 1 });
  };
  const untilRoomMs = (most: number): number => {
    spent = spent.filter(({ atMs }) => timeline.nowMs() - atMs < sliceMs);
    const count = spent.reduce((sum, each) => sum + each.count, 0);
    return count < most ? 0 : (spent[0]?.atMs ?? timeline.nowMs()) + sliceMs - timeline.nowMs();
  };
  const firstLane = (): ModelWord['lane'] => (lanes.news.size > 0 ? 'news' : 'again');
  const take = (): ModelWord | undefined => {
    const lane = firstLane();
    const [word] = untilRoomMs(wordsPerSlice[lane]) > 0 ? [] : lanes[lane].values();
    if (word !== undefined) lanes[lane].delete(word.key);
    return word;
  };
  const turn = (): void => {
    const said: ModelWord[] = [];
    while (said.length < wordsPerTurn) {
      const word = take();
      if (word === undefined) break;
      note();
      said.push(word);
    }
    carryOut(said, drain);
  };
  const drain = (): void => {
    if (lanes.news.size + lanes.again.size === 0) {
      draining = false;
      return;
    }
    const waitMs = untilRoomMs(wordsPerSlice[firstLane()]);
    if (waitMs > 0) timeline.after(waitMs, turn);
    else turn();
  };
  return {
    say: (word) => {
      if (lanes.news.has(word.key)) return;
      if (word.lane === 'news') lanes.again.delete(word.key);
      if (!draining && untilRoomMs(wordsPerTurn) === 0) {
        note();
        carryOut([word], () => undefined);
        return;
      }
      if (!lanes[word.lane].has(word.key)) lanes[word.lane].set(word.key, word);
      if (draining) return;
      draining = true;
      // What came in meanwhile has its turn first.
      carryOut([], drain);
    },
  };
}
