import { type ApiClient, awaitsApproval, awaitsVerification, type MeshStatus } from '@reroot/shared/api';
import { type ErrorCode, RerootError } from '@reroot/shared/errors';
import { type Command, Option } from 'commander';
import { adviceLines } from './advice.ts';
import { type CommonOptions, programCall } from './connection.ts';
import { followMesh, noStreamText } from './follow.ts';
import { prepareLiveWatch } from './live-watch.ts';
import { createLossNote } from './loss-note.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { isDocument, printStatus, say } from './print.ts';
import { createProgress, type Progress } from './progress.ts';
import type { Shell } from './shell.ts';
import { readWait } from './span.ts';
import { hasReached, readGoal, type WaitGoal, waitGoals } from './wait-goal.ts';

/** Options of a verb that starts a rotation. */
export interface FollowingOptions extends CommonOptions {
  /** Until when it is followed; `true` for its end, false where it is not. */
  readonly wait?: WaitGoal | boolean;
  /** In milliseconds. */
  readonly timeout: number;
}

const followIntervalMs = 500;

/** Adds the options that say whether, and for how long, a rotation is followed. */
export function addFollowing(verb: Command): Command {
  verb.option('--no-wait', 'start it only').addOption(waitOption().default(true, 'end'));
  return addTimeout(verb);
}

/** Says until when a rotation is followed. */
export function waitOption(): Option {
  return new Option('--wait [until]', `follow it until the end, or until one of ${waitGoals.slice(1).join(', ')}`).argParser(
    readGoal,
  );
}

/** Says for how long. */
export function addTimeout(verb: Command): Command {
  const option = new Option('--timeout <span>', 'how long to follow it; it goes on by itself afterwards');
  return verb.addOption(option.argParser(readWait).default(readWait('1h'), '1h'));
}

/**
 * Shows a rotation that was just started: as it is, or, followed to its end, as it ended.
 * @param wanted how it is to end
 * @throws RR_ROTATION_FAILED, RR_ROTATION_ROLLED_BACK, RR_ROTATION_NEEDS_APPROVAL, RR_ROTATION_TIMEOUT
 */
export async function showRotation(
  client: ApiClient,
  started: MeshStatus,
  options: FollowingOptions,
  shell: Shell,
  wanted: 'finished' | 'rolled-back' = 'finished',
): Promise<void> {
  if (options.wait === undefined || options.wait === false) {
    await printStatus(shell, options, started);
    return;
  }
  const last = await followToEnd(client, started, options, shell);
  await printStatus(shell, options, last.status);
  const code = last.outcome === wanted ? undefined : endCodes[last.outcome];
  if (code !== undefined) throw new RerootError(code, last.message, last.remedy === undefined ? {} : { remedy: last.remedy });
}

/** What a program ends with, unless it was asked for; undefined for a success. */
const endCodes: Readonly<Record<End['outcome'], ErrorCode | undefined>> = {
  finished: undefined,
  reached: undefined,
  failed: 'RR_ROTATION_FAILED',
  'rolled-back': 'RR_ROTATION_ROLLED_BACK',
  'needs-approval': 'RR_ROTATION_NEEDS_APPROVAL',
};

interface End extends Omit<Outcome, 'outcome'> {
  readonly outcome: Outcome['outcome'] | 'reached' | 'needs-approval';
  readonly status: MeshStatus;
}

async function followToEnd(client: ApiClient, started: MeshStatus, options: FollowingOptions, shell: Shell): Promise<End> {
  const { clock } = shell;
  const deadline = AbortSignal.timeout(options.timeout);
  const signal = AbortSignal.any([shell.signal, deadline]);
  const progress = createProgress(shell.err, clock);
  const hint = createHint(options, shell, progress);
  const loss = createLossNote(progress);
  const openLive = await prepareLiveWatch(options);
  let status = started;
  try {
    for await (status of followMesh({
      client,
      mesh: started.mesh,
      clock,
      signal,
      intervalMs: followIntervalMs,
      openLive,
      onLost: (error) => loss.lost(error),
      onNoStream: (why) => progress.happened(noStreamText(why)),
    })) {
      loss.found();
      progress.show(status);
      if (status.rotation?.id === started.rotation?.id) hint(status);
      const outcome = endOf(status, started, options.wait);
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

/** How what is waited for has come about, or cannot any more; undefined while it may. */
function endOf(status: MeshStatus, started: MeshStatus, goal: FollowingOptions['wait']): Omit<End, 'status'> | undefined {
  const outcome = outcomeOf(status, started);
  if (outcome !== undefined || typeof goal !== 'string' || status.rotation?.id !== started.rotation?.id) return outcome;
  if (hasReached(status, goal)) return { outcome: 'reached', message: `every cluster is proven to hold ${goal}` };
  const needsPerson = awaitsVerification(status) || awaitsApproval(status);
  return goal === 'approval' && needsPerson ? { outcome: 'needs-approval', message: status.verdict.message } : undefined;
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

function timeoutError({ state, verdict }: MeshStatus, timeoutMs: number): RerootError {
  return new RerootError('RR_ROTATION_TIMEOUT', `after ${timeoutMs / 1000} s the rotation is in ${state}: ${verdict.message}`);
}
