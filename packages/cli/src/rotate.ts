import type { ApiClient, MeshStatus, PreflightOverride, Strategy, Verification } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import { type Command, Option } from 'commander';
import { adviceLines } from './advice.ts';
import { type CommonOptions, chooseMesh, connect, programCall } from './connection.ts';
import { type EmergencyOptions, emergencyOptions, prepareEmergency } from './emergency.ts';
import { followMesh } from './follow.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { collectOverride, overridesOf } from './override.ts';
import { printStatus, say } from './print.ts';
import { createProgress, type Progress } from './progress.ts';
import type { Shell } from './shell.ts';
import { readWait } from './span.ts';
import { parseFingerprint, parseStrategy, resolveRoot } from './target-root.ts';

interface RotateOptions extends CommonOptions, EmergencyOptions {
  readonly strategy?: Strategy;
  readonly verification?: Verification;
  readonly target?: string;
  readonly by?: string;
  readonly why?: string;
  readonly override: readonly PreflightOverride[];
  readonly wait: boolean;
  readonly timeout: number;
}

const followIntervalMs = 500;

/** `reroot rotate`: starts a rotation and follows it to its end. */
export function addRotate(program: Command, shell: Shell): void {
  const command = program
    .command('rotate')
    .description('replace the root of a mesh, and follow the rotation until it ends')
    .option('--strategy <name>', "MULTI_ROOT or NONE; defaults to the mesh's policy", parseStrategy)
    .addOption(
      new Option('--verification <method>', "who lets each step pass; defaults to the mesh's policy").choices([
        'none',
        'manual',
        'automatic',
      ]),
    )
    .option('--target <fingerprint>', 'a root that the mesh knows, or its first digits; else a new one is made', parseFingerprint)
    .option('--by <name>', 'who asks; defaults to your user name')
    .option('--override <check[=why]>', 'start although this check of preflight fails; may be repeated', collectOverride, [])
    .option('--why <text>', 'why, for checks that are overridden without a reason of their own')
    .option('--no-wait', 'start it only')
    .option('--wait', 'follow it to its end', true)
    .option('--timeout <span>', 'how long to follow it; it goes on by itself afterwards', readWait, readWait('1h'))
    .action((_, called: Command) => runRotate(called.optsWithGlobals(), shell));
  for (const option of emergencyOptions) command.addOption(option);
}

async function runRotate(options: RotateOptions, shell: Shell): Promise<void> {
  const client = await connect(options);
  const mesh = await chooseMesh(client, options, shell.signal);
  const { started, unchanged } = await start(client, mesh, options, shell);
  if (unchanged !== undefined) {
    say(shell, unchanged);
    printStatus(shell, options, started);
    return;
  }
  say(shell, `rotation ${started.rotation?.id ?? '?'} of mesh ${mesh} has started`);
  if (started.rotation?.strategy === 'NONE') say(shell, abruptWarning);
  if (!options.wait) {
    printStatus(shell, options, started);
    return;
  }
  const last = await followToEnd(client, started, options, shell);
  printStatus(shell, options, last.status);
  const { outcome, message, remedy } = last;
  if (outcome === 'finished') return;
  throw new RerootError('RR_ROTATION_FAILED', message, remedy === undefined ? {} : { remedy });
}

const abruptWarning =
  'warning: strategy NONE changes the root at once. Workloads refuse each other until all of them hold the new one, and a ' +
  'running istiod refuses it until it is restarted';

/** A mesh after a rotation was asked for, and why nothing was started where that is so. */
interface Started {
  readonly started: MeshStatus;
  readonly unchanged: string | undefined;
}

async function start(client: ApiClient, mesh: string, options: RotateOptions, shell: Shell): Promise<Started> {
  const { strategy, verification, target, by = shell.user } = options;
  const emergency = await prepareEmergency(client, mesh, options, shell);
  const overrides = overridesOf(options);
  const request = {
    by,
    ...(emergency === undefined ? {} : { emergency }),
    ...(strategy === undefined ? {} : { strategy }),
    ...(verification === undefined ? {} : { verification }),
    ...(overrides.length === 0 ? {} : { overrides }),
  };
  if (target === undefined) {
    return { started: await client.startRotation(mesh, request, shell.signal), unchanged: undefined };
  }
  const before = await client.readMesh(mesh, shell.signal);
  const targetRoot = resolveRoot(target, before);
  const started = await client.startRotation(mesh, { ...request, targetRoot }, shell.signal);
  return { started, unchanged: unchangedText(started, before, targetRoot) };
}

/** The answer to a start that changes nothing is the mesh as it was. */
function unchangedText({ mesh, state, rotation }: MeshStatus, before: MeshStatus, root: string): string | undefined {
  if (state === 'NOT_ROTATING' || state === 'PREVIOUS_CA' || state === 'FINISHED') {
    return `mesh ${mesh} is on root ${root} already; nothing was started`;
  }
  if (rotation === undefined || rotation.id !== before.rotation?.id) return undefined;
  return `rotation ${rotation.id} of mesh ${mesh} to root ${root} is under way already; nothing was changed`;
}

interface End extends Outcome {
  readonly status: MeshStatus;
}

async function followToEnd(client: ApiClient, started: MeshStatus, options: RotateOptions, shell: Shell): Promise<End> {
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
        if (shell.out.size() !== undefined && options.output === 'text') progress.clear();
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
function createHint(options: RotateOptions, shell: Shell, progress: Progress): (status: MeshStatus) => void {
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
