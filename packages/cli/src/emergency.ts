import { type ApiClient, type EmergencyRequest, renderLosses, type Strategy, type Verification } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import { requireName } from '@reroot/shared/name';
import { InvalidArgumentError, Option } from 'commander';
import { readLine } from './ask.ts';
import { say } from './print.ts';
import type { Shell } from './shell.ts';

/** What `reroot rotate` takes besides in an emergency. */
export interface EmergencyOptions {
  readonly emergency?: true;
  readonly reason?: string;
  readonly why?: string;
  readonly excludeSilent?: readonly string[];
  readonly yes?: true;
}

/** Those options, for the verb. */
export const emergencyOptions: readonly Option[] = [
  new Option('--emergency', 'without soak, waves, windows or overlap, once another person has approved it; needs --why'),
  // What --why was called before.
  new Option('--reason <sentence>').hideHelp(),
  new Option('--exclude-silent <clusters>', 'names, apart by commas, that are not waited for while they are silent').argParser(
    parseNames,
  ),
  new Option('--yes', 'do not ask; without a terminal it must be given'),
];

interface Asked extends EmergencyOptions {
  readonly strategy?: Strategy;
  readonly verification?: Verification;
}

/**
 * Shows what would be lost, and has the person accept it.
 * @returns what the request says of the emergency; undefined for a usual rotation
 * @throws RR_OPTION_INVALID for options that do not go together; RR_EMERGENCY_NOT_CONFIRMED
 */
export async function prepareEmergency(
  client: ApiClient,
  mesh: string,
  options: Asked,
  shell: Shell,
): Promise<EmergencyRequest | undefined> {
  const { emergency, excludeSilent, yes, strategy, verification } = options;
  const reason = options.why ?? options.reason;
  if (emergency === undefined) {
    requireUsual(options);
    return undefined;
  }
  if (reason === undefined || reason.trim() === '') {
    throw new RerootError('RR_OPTION_INVALID', 'an emergency needs --why: whoever approves it must know');
  }
  const names = excludeSilent === undefined ? {} : { excludeSilent };
  const question = {
    ...(strategy === undefined ? {} : { strategy }),
    ...(verification === undefined ? {} : { verification }),
    ...names,
  };
  const { losses } = await client.foreseeEmergency(mesh, question, shell.signal);
  say(shell, `an emergency rotation of mesh ${mesh} skips all that takes time and proves nothing. What is lost:`);
  for (const line of renderLosses(losses)) say(shell, line);
  if (yes === undefined) await confirm(mesh, shell);
  return { reason, ...names };
}

function requireUsual({ reason, excludeSilent }: EmergencyOptions): void {
  const given = [reason && '--reason', excludeSilent && '--exclude-silent'].find(Boolean);
  if (given === undefined) return;
  throw new RerootError('RR_OPTION_INVALID', `${given} goes with --emergency only`);
}

async function confirm(mesh: string, shell: Shell): Promise<void> {
  say(shell, `to start it, type the name of the mesh, ${mesh}:`);
  const answer = await readLine(shell);
  if (answer === mesh) return;
  throw new RerootError('RR_EMERGENCY_NOT_CONFIRMED', `mesh ${mesh} was not named, and nothing was started`);
}

function parseNames(text: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.some((name) => name === '')) throw new InvalidArgumentError('give names of clusters, apart by commas.');
  return names.map((name) => requireName('cluster', name));
}
