import { readFile } from 'node:fs/promises';
import type { MeshFleet } from './mesh-fleet.ts';

/** A problem that an agent found, as its log has it. */
export interface LoggedProblem {
  readonly code: string;
  readonly problem: string;
}

/**
 * Problems that the agent of a cluster has reported so far, in their order; also those that were gone with the next report,
 * which whoever looks at mgmt now and then may miss.
 */
export async function problemsInLog(fleet: MeshFleet, cluster: string): Promise<readonly LoggedProblem[]> {
  const agent = fleet.agents.get(cluster);
  if (agent === undefined) throw new Error(`no agent runs for ${cluster}`);
  // The last line may be half written.
  const lines = (await readFile(agent.logFile, 'utf8')).split('\n').slice(0, -1);
  return lines
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as LoggedProblem & { readonly msg?: string })
    .filter(({ msg }) => msg === 'a problem has come up');
}
