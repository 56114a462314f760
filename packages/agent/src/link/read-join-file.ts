import { stat } from 'node:fs/promises';
import { loadYamlFile } from '@reroot/shared/config';
import { toRerootError } from '@reroot/shared/errors';
import { type JoinFile, joinFileSchema } from '@reroot/shared/join-file';
import type { Log } from '@reroot/shared/log';

/**
 * Reads the join file. Others that can read it are told of in the log and not refused, for a volume of a Secret is often
 * wider than the file was; whoever reads it first can enrol in the place of this agent.
 * @throws RR_CONFIG_UNREADABLE, RR_CONFIG_INVALID
 */
export async function readJoinFile(file: string, log: Log): Promise<JoinFile> {
  const joinFile = await loadYamlFile(file, joinFileSchema);
  const mode = (await stat(file)).mode & 0o777;
  if ((mode & 0o007) !== 0) log.warn({ file, mode: mode.toString(8) }, 'everybody on this machine can read the join file');
  return joinFile;
}

/** The same for an agent that has joined: what is wrong with the file does not matter any more, and goes to the log. */
export async function readLaterJoinFile(file: string, log: Log): Promise<JoinFile | undefined> {
  try {
    return await readJoinFile(file, log);
  } catch (error) {
    const { code, message } = toRerootError(error);
    log.info({ code, problem: message }, 'the join file is not read: the agent has joined');
    return undefined;
  }
}
