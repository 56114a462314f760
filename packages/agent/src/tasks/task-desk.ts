import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import { withDeadline } from '@reroot/shared/lifecycle';
import type { Task, TaskAnswer, TaskResult } from '@reroot/shared/protocol';
import { problemOf } from '../problem.ts';
import { doTask } from './do-task.ts';
import type { TaskWorks } from './task-works.ts';

/** Does tasks, each once however often it is asked for. */
export interface TaskDesk {
  /** Gives what a task came to; undefined while it is being done, for then the answer goes to whoever asked first. */
  take(task: Task): Promise<TaskResult | undefined>;
}

/** What the desk works with. */
export interface TaskDeskOptions {
  /** A kind that is left out is one that the agent does not know. */
  readonly works: Partial<TaskWorks>;
  readonly clock: Clock;
  /** Aborts what is under way. */
  readonly signal: AbortSignal;
}

/** Tasks that are done at a time; what comes beyond is told to come again. */
export const maxTasks = 16;

/** Answers that are kept for being asked for again. */
const maxAnswers = 64;

/** However long mgmt would wait. */
const longestMs = 120_000;

/** Starts with nothing to do. */
export function createTaskDesk({ works, clock, signal }: TaskDeskOptions): TaskDesk {
  const underWay = new Set<string>();
  /** Oldest first. */
  const answers = new Map<string, TaskAnswer>();

  const keep = (id: string, answer: TaskAnswer): void => {
    answers.set(id, answer);
    const [oldest] = answers.keys();
    if (answers.size > maxAnswers && oldest !== undefined) answers.delete(oldest);
  };
  const work = async ({ id, deadlineMs, ask }: Task): Promise<TaskAnswer> => {
    underWay.add(id);
    try {
      const ms = Math.min(deadlineMs, longestMs);
      return await withDeadline({ ms, clock, signal, code: 'RR_TASK_EXPIRED', who: 'the cluster' }, (aborted) =>
        doTask(ask, works, aborted),
      );
    } catch (error) {
      return { kind: 'refused', problem: problemOf(error) };
    } finally {
      underWay.delete(id);
    }
  };
  return {
    take: async (task) => {
      const { id } = task;
      const known = answers.get(id);
      if (known !== undefined) return { id, answer: known };
      if (underWay.has(id)) return undefined;
      // Not kept: the same task may find room when it comes again.
      if (underWay.size >= maxTasks) return { id, answer: { kind: 'refused', problem: problemOf(busy) } };
      const answer = await work(task);
      keep(id, answer);
      return { id, answer };
    },
  };
}

const busy = new RerootError('RR_TASK_BUSY', `${maxTasks} tasks are under way already`);
