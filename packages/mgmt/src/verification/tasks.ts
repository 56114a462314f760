import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import { withDeadline } from '@reroot/shared/lifecycle';
import {
  type Keyring,
  type Message,
  openMessage,
  parseSubject,
  subjects,
  type TaskAnswer,
  type TaskAsk,
  tasksSince,
} from '@reroot/shared/protocol';
import type { Bus } from '@reroot/shared/transport';
import type { AgentSequences } from '../mesh/index.ts';

/** Asks agents things that change nothing, and waits for what they say. */
export interface Tasks {
  /**
   * Asks until it is answered. The agent does the task once, however often it hears of it.
   * @throws RR_TASK_UNSUPPORTED of an agent that knows no tasks; RR_TASK_UNANSWERED after `deadlineMs`; RR_TASK_REFUSED with
   *   the agent's problem as its cause; RR_PROTOCOL_MALFORMED; the signal's reason
   */
  ask<Ask extends TaskAsk>(mesh: string, cluster: string, ask: Ask, options: AskOptions): Promise<AnswerTo<Ask>>;
  /**
   * Takes in what an agent says.
   * @throws RR_PROTOCOL_* when it is malformed, or not signed by this cluster's own key, or not new
   */
  hear(subject: string, payload: Uint8Array): void;
}

/** How long is waited. */
export interface AskOptions {
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

/** The answer that goes with what is asked. */
export type AnswerTo<Ask extends TaskAsk> = Extract<TaskAnswer, { kind: Ask['kind'] }>;

/** What asking works with. */
export interface TasksOptions {
  readonly bus: Pick<Bus, 'publish'>;
  readonly sealer: TaskSealer;
  readonly keys: { keyringOf(mesh: string, cluster: string): Keyring };
  /** Of all that agents say. */
  readonly sequences: Pick<AgentSequences, 'take'>;
  /** Version of the protocol that the agent said to speak; undefined while it has not. */
  readonly protocolOf: (mesh: string, cluster: string) => number | undefined;
  readonly clock: Clock;
  /** A new one each time. */
  readonly newId: () => string;
}

/** Puts a task into an envelope of mgmt's. */
export interface TaskSealer {
  seal(letter: {
    readonly mesh: string;
    readonly cluster: string;
    readonly subject: string;
    readonly generation: number;
    readonly message: Message;
  }): { readonly payload: Uint8Array };
}

/** A task that waits for its answer. */
interface Pending {
  readonly mesh: string;
  readonly cluster: string;
  readonly answered: (answer: TaskAnswer) => void;
}

/** The wait before a task is sent again doubles from the first to the last of these. */
const [firstRepeatMs, lastRepeatMs] = [250, 2_000];

/** Starts with nothing asked. */
export function createTasks(options: TasksOptions): Tasks {
  const { keys, sequences, protocolOf, newId, clock } = options;
  const pending = new Map<string, Pending>();

  const ask = async <Ask extends TaskAsk>(
    mesh: string,
    cluster: string,
    asked: Ask,
    { deadlineMs, signal }: AskOptions,
  ): Promise<AnswerTo<Ask>> => {
    const protocol = protocolOf(mesh, cluster) ?? tasksSince;
    if (protocol < tasksSince) {
      const message = `the agent of ${cluster} speaks version ${protocol} of the protocol, which knows no tasks`;
      throw new RerootError('RR_TASK_UNSUPPORTED', message, { place: cluster });
    }
    const id = newId();
    const answer = Promise.withResolvers<TaskAnswer>();
    pending.set(id, { mesh, cluster, answered: answer.resolve });
    try {
      const deadline = { ms: deadlineMs, clock, signal, code: 'RR_TASK_UNANSWERED', who: `the agent of ${cluster}` } as const;
      const found = await withDeadline(deadline, (aborted) => {
        void repeat(
          options,
          { mesh, cluster, id, asked, deadlineMs },
          AbortSignal.any([aborted, answeredSignal(answer.promise)]),
        );
        return answer.promise;
      });
      return requireAnswer(cluster, asked, found);
    } finally {
      pending.delete(id);
    }
  };
  return {
    ask,
    hear: (subject, payload) => {
      const { mesh, cluster } = parseSubject(subject);
      const keyring = keys.keyringOf(mesh, cluster);
      const { message, keyId, sequence } = openMessage({ subject, payload, keyring, expect: 'task-result' });
      sequences.take({ mesh, cluster, keyId, kind: 'task-result', sequence });
      const { id, answer } = message.body;
      const waiting = pending.get(id);
      // Nobody answers for another cluster, and what comes too late is of no use.
      if (waiting?.mesh === mesh && waiting.cluster === cluster) waiting.answered(answer);
    },
  };
}

/** Aborts once the answer is there: it is not asked for any longer. */
function answeredSignal(answer: Promise<TaskAnswer>): AbortSignal {
  const done = new AbortController();
  void answer.then(() => done.abort());
  return done.signal;
}

interface Asked {
  readonly mesh: string;
  readonly cluster: string;
  readonly id: string;
  readonly asked: TaskAsk;
  readonly deadlineMs: number;
}

/** Sends until the signal aborts, for the bus may lose anything. Never rejects. */
async function repeat(options: TasksOptions, task: Asked, signal: AbortSignal): Promise<void> {
  const { bus, sealer, clock } = options;
  const { mesh, cluster, id, asked, deadlineMs } = task;
  const [subject, untilMs] = [subjects.task(mesh, cluster), clock.now() + deadlineMs];
  for (let waitMs = firstRepeatMs; !signal.aborted; waitMs = Math.min(2 * waitMs, lastRepeatMs)) {
    const body = { id, deadlineMs: Math.max(1, Math.round(untilMs - clock.now())), ask: asked };
    bus.publish(subject, sealer.seal({ mesh, cluster, subject, generation: 0, message: { kind: 'task', body } }).payload);
    await clock.sleep(waitMs, signal).catch(() => undefined);
  }
}

function requireAnswer<Ask extends TaskAsk>(cluster: string, asked: Ask, answer: TaskAnswer): AnswerTo<Ask> {
  if (answer.kind === 'refused') {
    const { code, message, remedy } = answer.problem;
    throw new RerootError('RR_TASK_REFUSED', `the agent of ${cluster} refused: ${message} (${code})`, {
      place: cluster,
      cause: answer.problem,
      ...(remedy === '' ? {} : { remedy }),
    });
  }
  if (answer.kind === asked.kind) return answer as AnswerTo<Ask>;
  throw new RerootError('RR_PROTOCOL_MALFORMED', `${cluster} was asked for ${asked.kind} and answered ${answer.kind}`);
}
