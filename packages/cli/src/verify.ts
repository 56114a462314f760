import type { MeshStatus, VerificationAnswer } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type ActOptions, addActOptions } from './act-options.ts';
import { adviceLines } from './advice.ts';
import { confirmAct } from './confirm-act.ts';
import { chooseMesh, connect, programCall } from './connection.ts';
import { addTimeout, type FollowingOptions, showRotation, waitOption } from './follow-rotation.ts';
import { say } from './print.ts';
import type { Shell } from './shell.ts';
import { verifyOutlook } from './verify-outlook.ts';

interface VerifyOptions extends ActOptions, FollowingOptions {
  readonly continue?: true;
  readonly rollback?: true;
  readonly rotation?: string;
  readonly step?: MeshStatus['step'];
  readonly generation?: number;
}

const steps: readonly MeshStatus['step'][] = [
  'PREVIOUS_CA',
  'ADDING_NEW_ROOT',
  'PROPAGATING_NEW_INTERMEDIATE',
  'DELETING_OLD_ROOT',
];

/** `reroot verify`: answers for one step. */
export function defineVerify(verb: Command, shell: Shell): void {
  addActOptions(verb)
    .description('let the present step pass, or take it back; also retries a failed one')
    .addOption(new Option('--continue', 'go on').conflicts('rollback'))
    .option('--rollback', 'go one step back')
    .option('--rotation <id>', 'rotation that the answer is for; defaults to the present one')
    .addOption(new Option('--step <name>', 'step that the answer is for; defaults to the present one').choices(steps))
    .option('--generation <number>', 'generation that the answer is for; defaults to the present one', parseGeneration)
    .addOption(waitOption());
  addTimeout(verb).action((_, command: Command) => runVerify(command.optsWithGlobals(), shell));
}

async function runVerify(options: VerifyOptions, shell: Shell): Promise<void> {
  const action = actionOf(options);
  const client = await connect(options);
  const mesh = await chooseMesh(client, options, shell.signal);
  const now = await client.readMesh(mesh, shell.signal);
  const answer = answerFor(now, options, action, shell.user);
  await confirmAct(verifyOutlook(now, answer), options, shell);
  const status = await client.answerVerification(mesh, answer, shell.signal);
  say(shell, `${action} for rotation ${answer.rotationId}, ${answer.step}, generation ${answer.generation}: accepted`);
  if (options.wait === undefined) {
    for (const line of adviceLines(status, programCall(options, shell))) say(shell, line);
  }
  await showRotation(client, status, options, shell, action === 'ROLLBACK' ? 'rolled-back' : 'finished');
}

function actionOf(options: VerifyOptions): VerificationAnswer['action'] {
  if (options.continue) return 'CONTINUE';
  if (options.rollback) return 'ROLLBACK';
  throw new RerootError('RR_OPTION_INVALID', 'neither --continue nor --rollback was given');
}

/** What is not named is taken from the present state; mgmt refuses the answer if that has changed meanwhile. */
function answerFor(
  now: MeshStatus,
  options: VerifyOptions,
  action: VerificationAnswer['action'],
  user: string,
): VerificationAnswer {
  const rotationId = options.rotation ?? now.rotation?.id;
  if (rotationId === undefined) {
    throw new RerootError('RR_APPROVAL_NOT_EXPECTED', `mesh ${now.mesh} is in ${now.state}, and no rotation is under way`);
  }
  return {
    rotationId,
    step: options.step ?? now.step,
    generation: options.generation ?? now.generation,
    action,
    by: options.by ?? user,
    why: options.why,
  };
}

function parseGeneration(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('give a whole number.');
  return Number(text);
}
