import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import { createSequenceWindow, type Opened, subjects, type Task, type TaskResult } from '@reroot/shared/protocol';
import type { Bus } from '@reroot/shared/transport';
import { limitRate } from '../link/limit-rate.ts';
import type { Membership } from '../link/membership.ts';
import type { RefusalCounter } from '../link/refusal-counter.ts';
import { createTaskDesk } from './task-desk.ts';
import type { TaskWorks } from './task-works.ts';

/** What answering tasks works with. */
export interface AnswerTasksOptions {
  readonly membership: Pick<Membership, 'mesh' | 'cluster'>;
  readonly bus: Pick<Bus, 'subscribe'>;
  readonly works: Partial<TaskWorks>;
  readonly clock: Clock;
  readonly refusals: RefusalCounter;
  /** The highest term of mgmt that anything was accepted of. */
  readonly acceptedTerm: () => number;
  /** Opens what a key of mgmt has sealed that is accepted now. @throws RR_PROTOCOL_* */
  readonly open: (subject: string, payload: Uint8Array) => Opened<'task'>;
  /** Seals and sends. */
  readonly publish: (subject: string, result: TaskResult) => void;
}

/** Each turn of a handshake is a task, and a proof of the mesh may take an agent through dozens of them at once. */
const rate = { perSecond: 200, burst: 400 };

/**
 * Does what mgmt asks and says what it came to. Where NATS does not let the agent hear tasks, nothing of the rest is harmed:
 * they are asked for again with the next connection.
 * @returns a function that ends it, and what is under way
 */
export function answerTasks(options: AnswerTasksOptions): () => void {
  const { membership, bus, works, clock, refusals } = options;
  const { mesh, cluster } = membership;
  const subject = subjects.task(mesh, cluster);
  const ended = new AbortController();
  const desk = createTaskDesk({ works, clock, signal: ended.signal });
  const accept = createGate(subject, options);
  const stop = bus.subscribe(
    subject,
    async ({ payload }) => {
      try {
        const result = await desk.take(accept(payload));
        if (result !== undefined && !ended.signal.aborted) options.publish(subjects.result(mesh, cluster), result);
      } catch (error) {
        refusals.note(error);
      }
    },
    { admit: limitRate(subject, rate, clock, refusals) },
  );
  return () => {
    stop();
    ended.abort(new RerootError('RR_NATS_NO_ANSWER', 'the link is closed'));
  };
}

/** Makes the function that opens tasks. @returns one that throws RR_PROTOCOL_*, RR_TRUST_STALE */
function createGate(subject: string, { open, acceptedTerm, refusals }: AnswerTasksOptions): (payload: Uint8Array) => Task {
  const window = createSequenceWindow();
  return (payload) => {
    const { address, message, keyId, sequence } = open(subject, payload);
    const leastTerm = acceptedTerm();
    if (address.term < leastTerm)
      throw new RerootError('RR_TRUST_STALE', `a task of term ${address.term} was refused: term ${leastTerm} is in force`);
    if (!window.accept(keyId, 'task', sequence, address.term))
      throw new RerootError('RR_PROTOCOL_REPLAYED', `task ${sequence} is not newer than what was heard before`);
    refusals.noteTaken();
    return message.body;
  };
}
