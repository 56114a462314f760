import type { Clock } from '@reroot/shared/clock';
import { toRerootError } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import type { VersionedDocument } from './secret-form.ts';
import { storeFailure } from './secrets-client.ts';
import { type WritingTo, type WrittenDocument, writeDocument } from './write-document.ts';

/** Writes the documents of commits into Secrets of their own, behind the commits. */
export interface DocumentWriter {
  /** Everything is to be written anew: what a space begins with. */
  reset(known: ReadonlyMap<string, WrittenDocument>, through: number): void;
  /** Up to which commit everything is written. */
  through(): number;
  /** How many documents were written so far: whether it gets on at all. */
  written(): number;
  /** Told that there was a commit. */
  wake(): void;
  /** Resolves when the commits up to this one are written. @throws RR_STORE_FAILED at the deadline; the signal's reason */
  until(version: number, signal: AbortSignal): Promise<void>;
}

/** What it works with. */
export interface DocumentWriterOptions extends WritingTo {
  /** The documents of the commits that the head has, by key, and the last commit. */
  readonly pending: () => { readonly version: number; readonly documents: ReadonlyMap<string, VersionedDocument> };
  readonly clock: Clock;
  readonly log: Log;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** A head is written beside them: connections to the API server are few. */
const atOnce = 6;
const pauseMs = 500;

/** Begins when it is woken. */
export function createDocumentWriter(options: DocumentWriterOptions): DocumentWriter {
  const { pending, clock, log, signal } = options;
  let known = new Map<string, WrittenDocument>();
  let through = 0;
  let resets = 0;
  let running = false;
  let failure: unknown;
  const waiting: (() => void)[] = [];
  /** Versions that were written while others were not yet: a round that failed is made again. */
  const ahead = new Map<string, number>();
  let count = 0;

  const writeAll = async (documents: readonly VersionedDocument[]): Promise<void> => {
    const left = [...documents];
    const work = async (): Promise<void> => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        if (ahead.get(next.key) === next.version) continue;
        const written = await writeDocument(options, next, known.get(next.key));
        if (!options.isCold(next.key)) known.set(next.key, written);
        ahead.set(next.key, next.version);
        count += 1;
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
  };
  const round = async (): Promise<void> => {
    try {
      const begun = resets;
      const { version, documents } = pending();
      await writeAll([...documents.values()].filter((each) => each.version > through));
      if (begun === resets) through = Math.max(through, version);
      ahead.clear();
      if (failure !== undefined) log.info({}, 'documents of the store are written again');
      failure = undefined;
    } catch (error) {
      if (signal.aborted) return;
      if (failure === undefined) {
        const { code, message } = toRerootError(error);
        log.warn({ code, problem: message }, 'documents of the store cannot be written; the head keeps them until then');
      }
      failure = error;
      await clock.sleep(pauseMs, signal).catch(() => undefined);
    }
    for (const wake of waiting.splice(0)) wake();
  };
  const run = async (): Promise<void> => {
    if (running) return;
    running = true;
    while (!signal.aborted && through < pending().version) await round();
    running = false;
  };
  return {
    reset: (found, version) => {
      known = new Map(found);
      ahead.clear();
      through = version;
      resets += 1;
    },
    through: () => through,
    written: () => count,
    wake: () => void run(),
    until: async (version, deadline) => {
      while (through < version) {
        if (deadline.aborted) throw failure === undefined ? deadline.reason : storeFailure(failure, 'documents of the store');
        void run();
        const { promise, resolve } = Promise.withResolvers<undefined>();
        const wake = (): void => resolve(undefined);
        waiting.push(wake);
        deadline.addEventListener('abort', wake, { once: true });
        await promise;
        deadline.removeEventListener('abort', wake);
      }
    },
  };
}
