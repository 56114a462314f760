import type { DocumentChanges, DocumentReader } from '../documents/document-space.ts';
import type { Turn } from '../turn.ts';
import type { HeadKeeper } from './head-keeper.ts';
import { runActs, type Waiting } from './run-acts.ts';

/** Transactions that wait for their commit: those that come while one is under way go into the next one together. */
export interface CommitQueue {
  add<T>(act: (documents: DocumentChanges) => Promise<T>): Promise<T>;
  /** Whether anything was committed from here. */
  hasCommitted(): boolean;
}

/** What it works with. */
export interface CommitQueueOptions {
  readonly reader: DocumentReader;
  readonly keeper: HeadKeeper;
  readonly turn: Turn;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Waits until the head can take another commit. */
  readonly makeRoom: () => Promise<void>;
  readonly onCommitted: () => void;
}

/** So many go into one commit at most. */
const maxTogether = 256;

/** Nothing waits. */
export function createCommitQueue({ reader, keeper, turn, signal, makeRoom, onCommitted }: CommitQueueOptions): CommitQueue {
  const waiting: Waiting[] = [];
  let isRunning = false;
  let committed = false;

  const commitSome = async (): Promise<void> => {
    const taken = waiting.splice(0, maxTogether);
    try {
      for (;;) {
        signal.throwIfAborted();
        await makeRoom();
        const { edits, settle, ran, left } = await runActs(reader, taken);
        waiting.unshift(...left);
        taken.splice(ran.length);
        // What changes nothing was decided on what was read, too: it holds when that is still so.
        const holds = edits.length === 0 ? await keeper.isCurrent() : (await keeper.commit(edits)) === 'committed';
        if (!holds) continue;
        if (edits.length > 0) {
          committed = true;
          onCommitted();
        }
        settle();
        return;
      }
    } catch (error) {
      for (const { reject } of taken) reject(error);
    }
  };
  const run = async (): Promise<void> => {
    isRunning = true;
    while (waiting.length > 0) await turn.take(commitSome);
    isRunning = false;
  };
  return {
    add: <T>(act: (documents: DocumentChanges) => Promise<T>) =>
      new Promise<T>((resolve, reject) => {
        waiting.push({ act, resolve: (value) => resolve(value as T), reject });
        if (!isRunning) void run();
      }),
    hasCommitted: () => committed,
  };
}
