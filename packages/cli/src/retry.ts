import { RerootError } from '@reroot/shared/errors';
import type { Command } from 'commander';
import { type ActOptions, addActOptions } from './act-options.ts';
import { confirmAct } from './confirm-act.ts';
import { chooseMesh, connect } from './connection.ts';
import { addTimeout, type FollowingOptions, showRotation, waitOption } from './follow-rotation.ts';
import { say } from './print.ts';
import type { Shell } from './shell.ts';

interface RetryOptions extends ActOptions, FollowingOptions {
  readonly rotation?: string;
}

/** `reroot retry`: takes a failed rotation up again. */
export function defineRetry(verb: Command, shell: Shell): void {
  addActOptions(verb)
    .description('take a failed rotation up again where it failed, once the cause is mended')
    .option('--rotation <id>', 'rotation to take up again; defaults to the present one')
    .addOption(waitOption());
  addTimeout(verb).action((_, command: Command) => runRetry(command.optsWithGlobals(), shell));
}

async function runRetry(options: RetryOptions, shell: Shell): Promise<void> {
  const { why, by = shell.user } = options;
  const client = await connect(options);
  const mesh = await chooseMesh(client, options, shell.signal);
  const { state, step, rotation } = await client.readMesh(mesh, shell.signal);
  const rotationId = options.rotation ?? rotation?.id;
  if (rotationId === undefined) {
    throw new RerootError('RR_ROTATION_NOT_FOUND', `mesh ${mesh} is in ${state}, and no rotation is under way`);
  }
  await confirmAct(`This takes rotation ${rotationId} of mesh ${mesh} up again at ${step}.`, options, shell);
  const status = await client.retryRotation(mesh, { rotationId, by, why }, shell.signal);
  say(shell, `rotation ${rotationId} of mesh ${mesh} goes on at ${status.step}`);
  await showRotation(client, status, options, shell);
}
