import type { Timeline } from './timeline.ts';

/** What work is given to; it is done in the order in which it came. */
export interface Worker {
  /** @param costMs time of a processor that has nothing else to do. @param then is called when it is done */
  work(costMs: number, then?: () => void): void;
  /** Time of processors that was had so far. */
  cpuMs(): number;
  /** How many pieces of work have waited at the most. */
  mostWaiting(): number;
}

/** Cores that the threads of some processes share, each of those that have work getting as much as the others. */
export interface Machine {
  thread(): Worker;
}

/** What a machine has. */
export interface MachineOptions {
  readonly cores: number;
  /** How many times as long work takes while every core is busy: cores share caches, memory and, as hyperthreads, their very units. */
  readonly slowdown: number;
  /** How many threads of other programs want a core all the time. */
  readonly others: number;
}

interface Thread {
  /** What is under way and what waits, with its cost, from `head` on. */
  costs: number[];
  thens: ((() => void) | undefined)[];
  head: number;
  /** Where on `served` the work under way ends, and where on `had` it began. */
  endsAt: number;
  beganAt: number;
  cpuMs: number;
  mostWaiting: number;
}

/** Many finished pieces are let go at once: each by itself would move all that wait. */
const keptFinished = 4_096;

/**
 * Processor sharing. As all threads with work get the same, what one of them has been given since some moment is what each of
 * them has: one number for all, `served`, on which every piece of work ends at a place that does not change.
 */
export function createMachine(timeline: Timeline, { cores, slowdown, others }: MachineOptions): Machine {
  const active: Thread[] = [];
  let [lastMs, served, had] = [0, 0, 0];
  const share = (): number => Math.min(1, cores / (active.length + others));
  /** Of a core: with one busy core it is 1, with all of them `1 / slowdown`. */
  const speed = (): number => {
    if (cores < 2) return 1 / slowdown;
    const busy = Math.min(active.length + others, cores);
    return 1 / (1 + ((slowdown - 1) * (busy - 1)) / (cores - 1));
  };
  const advance = (): void => {
    const passedMs = timeline.nowMs() - lastMs;
    lastMs = timeline.nowMs();
    if (active.length === 0 || passedMs <= 0) return;
    served += passedMs * share() * speed();
    had += passedMs * share();
  };
  const firstToEnd = (): Thread | undefined => {
    let [first] = active;
    for (const thread of active) if (first === undefined || thread.endsAt < first.endsAt) first = thread;
    return first;
  };
  const begin = (thread: Thread): void => {
    thread.endsAt = served + (thread.costs[thread.head] ?? 0);
    thread.beganAt = had;
  };
  const finish = (thread: Thread): void => {
    thread.cpuMs += had - thread.beganAt;
    const then = thread.thens[thread.head];
    thread.thens[thread.head] = undefined;
    thread.head += 1;
    if (thread.head === thread.costs.length || thread.head >= keptFinished) {
      thread.costs = thread.costs.slice(thread.head);
      thread.thens = thread.thens.slice(thread.head);
      thread.head = 0;
    }
    if (thread.costs.length > thread.head) begin(thread);
    else active.splice(active.indexOf(thread), 1);
    then?.();
  };
  timeline.follow({
    nextMs: () => {
      const first = firstToEnd();
      return first === undefined ? Number.POSITIVE_INFINITY : lastMs + Math.max(0, first.endsAt - served) / (share() * speed());
    },
    happen: () => {
      const first = firstToEnd();
      advance();
      if (first !== undefined) finish(first);
    },
  });
  return {
    thread: () => {
      const thread: Thread = { costs: [], thens: [], head: 0, endsAt: 0, beganAt: 0, cpuMs: 0, mostWaiting: 0 };
      return {
        work: (costMs, then) => {
          const waiting = thread.costs.length - thread.head + 1;
          thread.costs.push(costMs);
          thread.thens.push(then);
          thread.mostWaiting = Math.max(thread.mostWaiting, waiting - 1);
          if (waiting > 1) return;
          advance();
          active.push(thread);
          begin(thread);
        },
        cpuMs: () => {
          advance();
          return thread.cpuMs + (active.includes(thread) ? had - thread.beganAt : 0);
        },
        mostWaiting: () => thread.mostWaiting,
      };
    },
  };
}

/** So many threads that share one queue in turn, as a thread pool does. */
export function createPool(machine: Machine, size: number): Worker {
  const threads = Array.from({ length: size }, () => machine.thread());
  let next = 0;
  return {
    work: (costMs, then) => {
      threads[next]?.work(costMs, then);
      next = (next + 1) % size;
    },
    cpuMs: () => threads.reduce((sum, thread) => sum + thread.cpuMs(), 0),
    mostWaiting: () => Math.max(...threads.map((thread) => thread.mostWaiting())),
  };
}

/** As many machines as there is work at a time: nothing waits. */
export function createOwnMachines(timeline: Timeline): Worker {
  let cpuMs = 0;
  return {
    work: (costMs, then = () => undefined) => {
      cpuMs += costMs;
      timeline.after(costMs, then);
    },
    cpuMs: () => cpuMs,
    mostWaiting: () => 0,
  };
}
