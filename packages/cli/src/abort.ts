import { RerootError } from '@reroot/shared/errors';
import type { Command } from 'commander';
import { type ActOptions, addActOptions } from './act-options.ts';
import { confirmAct } from './confirm-act.ts';
import { chooseMesh, connect } from './connection.ts';
import { printStatus, say } from './print.ts';
import type { Shell } from './shell.ts';

interface AbortOptions extends ActOptions {
  readonly rotation?: string;
}

/** `reroot abort`: takes a rotation back that no cluster has been told of. */
export function defineAbort(verb: Command, shell: Shell): void {
  addActOptions(verb)
    .description('take a rotation back before any cluster was told of it; later, `verify --rollback` does it step by step')
    .option('--rotation <id>', 'rotation to abort; defaults to the present one')
    .action((_, command: Command) => runAbort(command.optsWithGlobals(), shell));
}

async function runAbort(options: AbortOptions, shell: Shell): Promise<void> {
  const { why, by = shell.user } = options;
  const client = await connect(options);
  const mesh = await chooseMesh(client, options, shell.signal);
  const { state, rotation } = await client.readMesh(mesh, shell.signal);
  const rotationId = options.rotation ?? rotation?.id;
  if (rotationId === undefined) {
    throw new RerootError('RR_ROTATION_NOT_FOUND', `mesh ${mesh} is in ${state}, and no rotation is under way`);
  }
  await confirmAct(`This takes rotation ${rotationId} of mesh ${mesh} back, before any cluster is told of it.`, options, shell);
  const status = await client.abortRotation(mesh, { rotationId, by, why }, shell.signal);
  say(shell, `rotation ${rotationId} of mesh ${mesh} is aborted; no cluster was told of it`);
  await printStatus(shell, options, status);
}
