import { assertNever, RerootError } from '@reroot/shared/errors';
import type { Task, TaskAnswer } from '@reroot/shared/protocol';
import { problemOf } from '../problem.ts';
import type { TaskWorks } from './task-works.ts';

/** Does what is asked, as far as this agent knows how to. Never rejects: a failure is an answer too. */
export async function doTask(ask: Task['ask'], works: Partial<TaskWorks>, signal: AbortSignal): Promise<TaskAnswer> {
  try {
    return await answer(ask, works, signal);
  } catch (error) {
    return { kind: 'refused', problem: problemOf(error) };
  }
}

async function answer(ask: Task['ask'], works: Partial<TaskWorks>, signal: AbortSignal): Promise<TaskAnswer> {
  switch (ask.kind) {
    case 'handshake':
      return { kind: 'handshake', progress: await (works.handshake ?? unknown)(ask.turn, signal) };
    case 'inspect':
      return { kind: 'inspect', inspection: await (works.inspect ?? unknown)(ask.request, signal) };
    case 'path-probe':
      return { kind: 'path-probe', result: await (works.probePath ?? unknown)(ask.probe, signal) };
    case 'unknown':
      return unknown();
    default:
      return assertNever(ask);
  }
}

function unknown(): never {
  throw new RerootError('RR_TASK_UNKNOWN', 'this agent does not know the task');
}
