import { assertNever } from '../errors/index.ts';
import { malformed, readCount, readFilled } from './field.ts';
import type { reroot } from './generated/reroot.js';
import {
  readHandshakeProgress,
  readHandshakeTurn,
  readPathProbe,
  readPathProbeResult,
  writeHandshakeProgress,
  writeHandshakeTurn,
  writePathProbe,
  writePathProbeResult,
} from './handshake-codec.ts';
import { readInspection, readInspectRequest, writeInspection, writeInspectRequest } from './inspection-codec.ts';
import { readProblem } from './problem-codec.ts';
import type { Task, TaskAnswer, TaskAsk, TaskResult, UnknownAsk } from './task-message.ts';

/** To the wire's form. */
export function writeTask({ id, deadlineMs, ask }: Task): reroot.v1.Task.$Properties {
  return { id, deadlineMs, ...writeAsk(ask) };
}

function writeAsk(ask: Task['ask']): reroot.v1.Task.$Properties {
  switch (ask.kind) {
    case 'handshake':
      return { handshake: writeHandshakeTurn(ask.turn) };
    case 'inspect':
      return { inspect: writeInspectRequest(ask.request) };
    case 'path-probe':
      return { pathProbe: writePathProbe(ask.probe) };
    case 'unknown':
      return {};
    default:
      return assertNever(ask);
  }
}

/** From the wire's form; what none of ours is asked becomes `unknown`. @throws RR_PROTOCOL_MALFORMED */
export function readTask(wire: reroot.v1.Task.$Properties): Task {
  return {
    id: readFilled('task.id', wire.id),
    deadlineMs: readCount('task.deadline_ms', wire.deadlineMs),
    ask: readAsk(wire),
  };
}

function readAsk({ handshake, inspect, pathProbe }: reroot.v1.Task.$Properties): TaskAsk | UnknownAsk {
  if (handshake !== null && handshake !== undefined)
    return { kind: 'handshake', turn: readHandshakeTurn('task.handshake', handshake) };
  if (inspect !== null && inspect !== undefined) return { kind: 'inspect', request: readInspectRequest('task.inspect', inspect) };
  if (pathProbe !== null && pathProbe !== undefined)
    return { kind: 'path-probe', probe: readPathProbe('task.path_probe', pathProbe) };
  return { kind: 'unknown' };
}

/** To the wire's form. */
export function writeTaskResult({ id, answer }: TaskResult): reroot.v1.TaskResult.$Properties {
  switch (answer.kind) {
    case 'handshake':
      return { id, handshake: writeHandshakeProgress(answer.progress) };
    case 'inspect':
      return { id, inspection: writeInspection(answer.inspection) };
    case 'path-probe':
      return { id, pathProbe: writePathProbeResult(answer.result) };
    case 'refused':
      return { id, refused: { ...answer.problem } };
    default:
      return assertNever(answer);
  }
}

/** From the wire's form. @throws RR_PROTOCOL_MALFORMED */
export function readTaskResult(wire: reroot.v1.TaskResult.$Properties): TaskResult {
  return { id: readFilled('task-result.id', wire.id), answer: readAnswer(wire) };
}

function readAnswer({ handshake, inspection, pathProbe, refused }: reroot.v1.TaskResult.$Properties): TaskAnswer {
  if (handshake !== null && handshake !== undefined)
    return { kind: 'handshake', progress: readHandshakeProgress('task-result.handshake', handshake) };
  if (inspection !== null && inspection !== undefined)
    return { kind: 'inspect', inspection: readInspection('task-result.inspection', inspection) };
  if (pathProbe !== null && pathProbe !== undefined)
    return { kind: 'path-probe', result: readPathProbeResult('task-result.path_probe', pathProbe) };
  if (refused !== null && refused !== undefined) return { kind: 'refused', problem: readProblem('task-result.refused', refused) };
  throw malformed('task-result', 'has neither an answer nor a refusal');
}
