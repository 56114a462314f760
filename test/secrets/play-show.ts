import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readCredsText } from '@reroot/shared/nats-auth';
import {
  changeCredentials,
  changeKeyOfMgmt,
  inviteAnother,
  joinAgain,
  lookAround,
  renameCluster,
  rollBack,
  rotateIntoVault,
} from './acts.ts';
import { createCapture } from './capture.ts';
import { startAgentsWithMisplacedSecrets } from './misplaced-in-agents.ts';
import { startMgmtWithMisplacedSecrets } from './misplaced-in-mgmt.ts';
import { askWithMisplacedSecrets } from './misplaced-requests.ts';
import type { Run } from './run-program.ts';
import { type Stage, setStage } from './stage.ts';
import { watchProcesses } from './watch-processes.ts';

/** A fleet in which everything has happened that handles a secret, and all that was said meanwhile. */
export interface Show extends Stage {
  readonly startedAtMs: number;
  /** How what held misplaced secrets was refused. */
  readonly refused: { readonly requests: ReadonlyMap<string, number>; readonly starts: ReadonlyMap<string, Run> };
  stop(): Promise<void>;
}

/** Plays it; what it started is stopped when it fails. */
export async function playShow(): Promise<Show> {
  const startedAtMs = Date.now();
  const started = new AsyncDisposableStack();
  try {
    const capture = createCapture();
    const stopWatching = watchProcesses(capture);
    started.defer(stopWatching);
    const stage = await setStage(capture, started);
    const refused = await playActs(stage);
    await stopWatching();
    return { ...stage, startedAtMs, refused, stop: () => started.disposeAsync() };
  } catch (thrown) {
    await started.disposeAsync();
    throw thrown;
  }
}

async function playActs(stage: Stage): Promise<Show['refused']> {
  const stopFollowing = await stage.api.follow('the live stream', { token: stage.token });
  const [refused] = await Promise.all([misplaceSecrets(stage), rollBack(stage)]);
  await rotateIntoVault(stage);
  await changeCredentials(stage);
  await changeKeyOfMgmt(stage);
  await stopFollowing();
  const stopFollowingAgain = await stage.api.follow('the live stream, after a restart', { token: stage.token });
  await renameCluster(stage);
  await joinAgain(stage);
  await inviteAnother(stage);
  await lookAround(stage);
  await stopFollowingAgain();
  return refused;
}

async function misplaceSecrets(stage: Stage): Promise<Show['refused']> {
  const { dir } = stage.fleet;
  const credentials = readCredsText(await readFile(join(dir, 'nats', 'mgmt.creds'), 'utf8'));
  const requests = await askWithMisplacedSecrets({ ...stage, credentials });
  const starts = [
    ...(await startMgmtWithMisplacedSecrets({ ...stage, dir })),
    ...(await startAgentsWithMisplacedSecrets({ ...stage, dir })),
  ];
  return { requests, starts: new Map(starts) };
}
