import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Answer, Connect, Expected, Order, Sent, Usage } from './orders.ts';

/** Links in processes of their own, so that what they take is not taken for mgmt's. */
export interface StartedCrowd {
  /** @returns public keys by cluster */
  connect(connect: Connect): Promise<ReadonlyMap<string, string>>;
  /** Resolves once nothing else counts any more. @returns resolves when the last link has come to it, with when */
  expect(what: Expected): Promise<Arrival>;
  /** Every link says something to mgmt; of so many bytes where it is a bare one. */
  speak(bytes: number): Promise<void>;
  /** Of all processes together. */
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

/** What was waited for. */
export interface Arrival {
  /** When each link came to it, on `nowMs`, the last one last. */
  readonly arrived: Promise<readonly number[]>;
}

const endTimeoutMs = 10_000;
/** Any more would only wait for one another. */
export const mostProcesses = 100;

/** `links`: the ends of agents. `bare`: plain NATS clients. */
export type CrowdKind = 'links' | 'bare';

/** Starts the processes, with no links yet. */
export function startCrowd(kind: CrowdKind, processes: number, signal: AbortSignal): StartedCrowd {
  const children = Array.from({ length: processes }, () => startChild(kind, signal));
  const askAll = (order: Order): Promise<Answer[]> => Promise.all(children.map((child) => child.ask(order)));
  return {
    connect: async (connect) => {
      const shares = children.map((_, index) => connect.links.filter((__, each) => each % processes === index));
      const answers = await Promise.all(
        children.map((child, index) => child.ask({ do: 'connect', ...connect, links: shares[index] ?? [] })),
      );
      return new Map(answers.flatMap(({ publicKeys }) => [...(publicKeys ?? [])]));
    },
    expect: async (what) => {
      await askAll({ do: 'expect', what });
      const arrived = askAll({ do: 'await' }).then((answers) =>
        answers.flatMap(({ momentsMs }) => momentsMs ?? []).toSorted((a, b) => a - b),
      );
      // Whoever waits hears of it; nobody may wait any more.
      arrived.catch(() => undefined);
      return { arrived };
    },
    speak: async (bytes) => {
      await askAll({ do: 'speak', bytes });
    },
    usage: async () => {
      const all = (await askAll({ do: 'usage' })).map(({ usage }) => usage ?? { cpuMs: 0, rssMiB: 0 });
      const sum = (of: (usage: Usage) => number): number => all.reduce((total, each) => total + of(each), 0);
      return { cpuMs: sum(({ cpuMs }) => cpuMs), rssMiB: sum(({ rssMiB }) => rssMiB) };
    },
    stop: async () => {
      await Promise.all(children.map((child) => child.stop()));
    },
  };
}

interface Child {
  ask(order: Order): Promise<Answer>;
  stop(): Promise<void>;
}

function startChild(kind: CrowdKind, signal: AbortSignal): Child {
  const process = fork(join(import.meta.dirname, `${kind}-main.ts`), { serialization: 'advanced' });
  const waiting = new Map<number, PromiseWithResolvers<Answer>>();
  const giveUp = (error: Error): void => {
    for (const each of waiting.values()) each.reject(error);
    waiting.clear();
  };
  let last = 0;
  process.on('message', (answer: Answer) => {
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.failure === undefined) asked?.resolve(answer);
    else asked?.reject(new Error(answer.failure));
  });
  process.on('exit', (code) => {
    giveUp(new Error(`a process of ${kind} has ended with ${code}`));
  });
  // Ctrl-C ends it too: what is said to it then finds nobody.
  process.on('error', giveUp);
  signal.addEventListener('abort', () => {
    giveUp(signal.reason as Error);
  });
  return {
    ask: (order) => {
      last += 1;
      const answer = Promise.withResolvers<Answer>();
      waiting.set(last, answer);
      process.send({ id: last, order } satisfies Sent);
      return answer.promise;
    },
    stop: () => end(process),
  };
}

/** It ends by itself when its parent leaves; one that cannot is killed. */
async function end(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const ended = once(process, 'exit');
  if (process.connected) process.disconnect();
  const kill = setTimeout(() => process.kill('SIGKILL'), endTimeoutMs);
  await ended;
  clearTimeout(kill);
}
