import type { Command } from 'commander';
import { chooseMesh, connect } from './connection.ts';
import { addTimeout, type FollowingOptions, showRotation } from './follow-rotation.ts';
import { printStatus, say } from './print.ts';
import type { Shell } from './shell.ts';
import { readGoal, type WaitGoal, waitGoals } from './wait-goal.ts';

/** `reroot wait`: follows the rotation under way, whoever started it. */
export function defineWait(verb: Command, shell: Shell): void {
  verb
    .description('follow the rotation under way to its end, or until it needs a person, or has a step proven')
    .argument('[until]', `one of ${waitGoals.join(', ')}`, readGoal, 'end');
  addTimeout(verb).action((until: WaitGoal, _, command: Command) =>
    runWait({ ...command.optsWithGlobals<FollowingOptions>(), wait: until }, shell),
  );
}

async function runWait(options: FollowingOptions, shell: Shell): Promise<void> {
  const client = await connect(options);
  const mesh = await chooseMesh(client, options, shell.signal);
  const now = await client.readMesh(mesh, shell.signal);
  if (now.rotation === undefined || now.state === 'NOT_ROTATING') {
    say(shell, `no rotation of mesh ${mesh} is under way`);
    await printStatus(shell, options, now);
    return;
  }
  await showRotation(client, now, options, shell);
}
