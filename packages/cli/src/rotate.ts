import type { ApiClient, MeshStatus, Strategy, Verification } from '@reroot/shared/api';
import type { Command } from 'commander';
import { byOption } from './act-options.ts';
import { requirePerson } from './ask.ts';
import { confirmRotation, unchangedText } from './confirm-rotation.ts';
import { chooseMesh, connect } from './connection.ts';
import { type EmergencyOptions, emergencyOptions, prepareEmergency } from './emergency.ts';
import { addFollowing, type FollowingOptions, showRotation } from './follow-rotation.ts';
import { addOverriding, type OverrideOptions, overridesOf } from './override.ts';
import { printStatus, say } from './print.ts';
import { strategyOption, verificationOption } from './rotation-options.ts';
import type { Shell } from './shell.ts';
import { parseFingerprint, resolveRoot } from './target-root.ts';

interface RotateOptions extends FollowingOptions, EmergencyOptions, OverrideOptions {
  readonly strategy?: Strategy;
  readonly verification?: Verification;
  readonly target?: string;
  readonly by?: string;
}

/** `reroot rotate`: starts a rotation and follows it to its end. */
export function defineRotate(verb: Command, shell: Shell): void {
  verb
    .description('replace the root of a mesh, and follow the rotation until it ends')
    .addOption(strategyOption())
    .addOption(verificationOption())
    .option('--target <fingerprint>', 'a root that the mesh knows, or its first digits; else a new one is made', parseFingerprint)
    .addOption(byOption());
  addFollowing(addOverriding(verb)).action((_, command: Command) => runRotate(command.optsWithGlobals(), shell));
  for (const option of emergencyOptions) verb.addOption(option);
}

async function runRotate(options: RotateOptions, shell: Shell): Promise<void> {
  if (options.yes === undefined && options.emergency === undefined) requirePerson(shell, 'a rotation');
  const client = await connect(options);
  const mesh = await chooseMesh(client, options, shell.signal);
  const { started, unchanged } = await start(client, mesh, options, shell);
  if (unchanged !== undefined) {
    say(shell, unchanged);
    await printStatus(shell, options, started);
    return;
  }
  say(shell, `rotation ${started.rotation?.id ?? '?'} of mesh ${mesh} has started`);
  if (started.rotation?.strategy === 'NONE') say(shell, abruptWarning);
  await showRotation(client, started, options, shell);
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
  const { strategy, verification, target, by = shell.user, why, yes } = options;
  const emergency = await prepareEmergency(client, mesh, options, shell);
  const overrides = overridesOf(options);
  const request = {
    by,
    // That of an emergency has it as its reason.
    ...(emergency === undefined ? (why === undefined ? {} : { why }) : { emergency }),
    ...(strategy === undefined ? {} : { strategy }),
    ...(verification === undefined ? {} : { verification }),
    ...(overrides.length === 0 ? {} : { overrides }),
  };
  const mustAsk = emergency === undefined && yes === undefined;
  if (target === undefined && !mustAsk) {
    return { started: await client.startRotation(mesh, request, shell.signal), unchanged: undefined };
  }
  const before = await client.readMesh(mesh, shell.signal);
  const aimed = { ...request, ...(target === undefined ? {} : { targetRoot: resolveRoot(target, before) }) };
  const idle = mustAsk ? await confirmRotation(client, before, aimed, shell) : undefined;
  if (idle !== undefined) return { started: before, unchanged: idle };
  const started = await client.startRotation(mesh, aimed, shell.signal);
  return {
    started,
    unchanged: started.rotation?.id === before.rotation?.id ? unchangedText(started, aimed.targetRoot) : undefined,
  };
}
