import {
  type ApiClient,
  awaitsVerification,
  type MeshStatus,
  type Strategy,
  type Verification,
  verifyAdvice,
  verifyCommand,
} from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type CommonOptions, chooseMesh, connect, programCall } from './connection.ts';
import { followMesh } from './follow.ts';
import { outcomeOf } from './outcome.ts';
import { printStatus, say } from './print.ts';
import { createProgress, type Progress } from './progress.ts';
import type { Shell } from './shell.ts';
import { parseSpanMs } from './span.ts';

interface RotateOptions extends CommonOptions {
  readonly strategy?: Strategy;
  readonly verification?: Verification;
  readonly by?: string;
  readonly wait: boolean;
  readonly timeout: number;
}

const followIntervalMs = 500;

/** `reroot rotate`: starts a rotation and follows it to its end. */
export function addRotate(program: Command, shell: Shell): void {
  program
    .command('rotate')
    .description('replace the root of a mesh, and follow the rotation until it ends')
    .option('--strategy <name>', "MULTI_ROOT or NONE; defaults to the mesh's policy", parseStrategy)
    .addOption(
      new Option('--verification <method>', "who lets each step pass; defaults to the mesh's policy").choices(['none', 'manual']),
    )
    .option('--by <name>', 'who asks; defaults to your user name')
    .option('--no-wait', 'start it only')
    .option('--wait', 'follow it to its end', true)
    .option('--timeout <span>', 'how long to follow it; it goes on by itself afterwards', parseSpanMs, parseSpanMs('1h'))
    .action((_, command: Command) => runRotate(command.optsWithGlobals(), shell));
}

async function runRotate(options: RotateOptions, shell: Shell): Promise<void> {
  const client = await connect(options);
  const mesh = await chooseMesh(client, options, shell.signal);
  const { strategy, verification, by = shell.user } = options;
  const started = await client.startRotation(
    mesh,
    { by, ...(strategy === undefined ? {} : { strategy }), ...(verification === undefined ? {} : { verification }) },
    shell.signal,
  );
  say(shell, `rotation ${started.rotation?.id ?? '?'} of mesh ${mesh} has started`);
  if (!options.wait) {
    printStatus(shell, options, started);
    return;
  }
  const last = await followToEnd(client, started, options, shell);
  printStatus(shell, options, last.status);
  if (last.outcome !== 'finished') throw new RerootError('RR_ROTATION_FAILED', last.message);
}

interface End {
  readonly outcome: 'finished' | 'failed';
  readonly message: string;
  readonly status: MeshStatus;
}

async function followToEnd(client: ApiClient, started: MeshStatus, options: RotateOptions, shell: Shell): Promise<End> {
  const { clock } = shell;
  const deadline = AbortSignal.timeout(options.timeout);
  const signal = AbortSignal.any([shell.signal, deadline]);
  const progress = createProgress(shell.err, clock);
  const hint = createVerifyHint(options, shell, progress);
  const onLost = createLossNote(progress);
  let status = started;
  try {
    for await (status of followMesh({ client, mesh: started.mesh, clock, signal, intervalMs: followIntervalMs, onLost })) {
      progress.show(status);
      const outcome = outcomeOf(status, started);
      if (outcome !== undefined) {
        if (shell.out.size() !== undefined && options.output === 'text') progress.clear();
        return { ...outcome, status };
      }
      hint(status);
    }
  } catch (thrown) {
    if (shell.signal.aborted) say(shell, 'the rotation goes on without this command; `reroot status --watch` follows it');
    else if (deadline.aborted) throw timeoutError(status, options.timeout);
    throw thrown;
  }
  throw new RerootError('RR_INTERNAL', 'following a mesh ended without an outcome');
}

/** Prints, once for each step, what a person types to let it pass. */
function createVerifyHint(options: RotateOptions, shell: Shell, progress: Progress): (status: MeshStatus) => void {
  let hinted: number | undefined;
  return (status) => {
    if (!awaitsVerification(status) || hinted === status.generation) return;
    hinted = status.generation;
    const { purpose, otherwise } = verifyAdvice(status);
    progress.note(`${status.step} is proven and waits for you; ${purpose}, type:`);
    progress.note(`  ${verifyCommand(status, programCall(options, shell)) ?? ''}`);
    if (otherwise !== undefined) progress.note(otherwise);
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

function parseStrategy(text: string): Strategy {
  const name = text.toUpperCase();
  if (name === 'MULTI_ROOT' || name === 'NONE') return name;
  throw new InvalidArgumentError('give MULTI_ROOT or NONE.');
}
