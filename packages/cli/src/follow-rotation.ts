import type { ApiClient, MeshStatus } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import type { Command } from 'commander';
import { adviceLines } from './advice.ts';
import { type CommonOptions, programCall } from './connection.ts';
import { followMesh } from './follow.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { isDocument, printStatus, say } from './print.ts';
import { createProgress, type Progress } from './progress.ts';
import type { Shell } from './shell.ts';
import { readWait } from './span.ts';

/** Options of a verb that starts a rotation. */
export interface FollowingOptions extends CommonOptions {
  readonly wait: boolean;
  /** In milliseconds. */
  readonly timeout: number;
}

const followIntervalMs = 500;

/** Adds the options that say whether, and for how long, a rotation is followed. */
export function addFollowing(verb: Command): Command {
  return verb
    .option('--no-wait', 'start it only')
    .option('--wait', 'follow it to its end', true)
    .option('--timeout <span>', 'how long to follow it; it goes on by itself afterwards', readWait, readWait('1h'));
}

/**
 * Shows a rotation that was just started: as it is, or, followed to its end, as it ended.
 * @throws RR_ROTATION_FAILED, RR_ROTATION_TIMEOUT
 */
export async function showRotation(
  client: ApiClient,
  started: MeshStatus,
  options: FollowingOptions,
  shell: Shell,
): Promise<void> {
  if (!options.wait) {
    await printStatus(shell, options, started);
    return;
  }
  const last = await followToEnd(client, started, options, shell);
  await printStatus(shell, options, last.status);
  const { outcome, message, remedy } = last;
  if (outcome === 'finished') return;
  throw new RerootError('RR_ROTATION_FAILED', message, remedy === undefined ? {} : { remedy });
}

interface End extends Outcome {
  readonly status: MeshStatus;
}

async function followToEnd(client: ApiClient, started: MeshStatus, options: FollowingOptions, shell: Shell): Promise<End> {
  const { clock } = shell;
  const deadline = AbortSignal.timeout(options.timeout);
  const signal = AbortSignal.any([shell.signal, deadline]);
  const progress = createProgress(shell.err, clock);
  const hint = createHint(options, shell, progress);
  const onLost = createLossNote(progress);
  let status = started;
  try {
    for await (status of followMesh({ client, mesh: started.mesh, clock, signal, intervalMs: followIntervalMs, onLost })) {
      progress.show(status);
      if (status.rotation?.id === started.rotation?.id) hint(status);
      const outcome = outcomeOf(status, started);
      if (outcome !== undefined) {
        if (shell.out.size() !== undefined && !isDocument(options.output)) progress.clear();
        return { ...outcome, status };
      }
    }
  } catch (thrown) {
    if (shell.signal.aborted) say(shell, 'the rotation goes on without this command; `reroot status --watch` follows it');
    else if (deadline.aborted) throw timeoutError(status, options.timeout);
    throw thrown;
  }
  throw new RerootError('RR_INTERNAL', 'following a mesh ended without an outcome');
}

/** Prints, once for each moment that waits for a person, what they type to let it pass. */
function createHint(options: FollowingOptions, shell: Shell, progress: Progress): (status: MeshStatus) => void {
  let hinted = '';
  return (status) => {
    const lines = adviceLines(status, programCall(options, shell));
    const moment = `${status.state} ${status.generation}`;
    if (lines.length === 0 || hinted === moment) return;
    hinted = moment;
    for (const line of lines) progress.note(line);
  };
}

/** Says it once for each different reason, not on each try. */
function createLossNote(progress: Progress): (error: Error) => void {
  let last = '';
  return ({ message }) => {
    if (message !== last) progress.note(`${message}; trying again`);
    last = message;
  };
}

function timeoutError({ state, verdict }: MeshStatus, timeoutMs: number): RerootError {
  return new RerootError('RR_ROTATION_TIMEOUT', `after ${timeoutMs / 1000} s the rotation is in ${state}: ${verdict.message}`);
}
