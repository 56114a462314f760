import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Client, type ClusterName, clients } from './fault.ts';

/** The clocks of programs that libfaketime is loaded into, each a file. */
export interface Clocks {
  fileOf(client: Client): string;
  set(client: Client, aheadMs: number): Promise<void>;
  /** Told of each start of an agent. */
  noteStart(cluster: ClusterName): void;
  /**
   * Whether an agent was started with a clock that is behind what it showed before. An mgmt that has heard it then, and runs still, tells it
   * how far it has come, which an agent of the release before does not know: it is heard no more.
   */
  areOutOfStep(): boolean;
  /** Every mgmt was started anew. */
  forget(): void;
}

/** All of them right. */
export async function startClocks(dir: string): Promise<Clocks> {
  const folder = join(dir, 'clocks');
  await mkdir(folder);
  const fileOf = (client: Client): string => join(folder, client);
  const aheadMs = new Map<Client, number>();
  const shownMs = new Map<Client, number>();
  let outOfStep = false;
  const now = (client: Client): number => Date.now() + (aheadMs.get(client) ?? 0);
  /** Replaced as a whole: a file that is read half written would be another jump. */
  const set = async (client: Client, ahead: number): Promise<void> => {
    shownMs.set(client, Math.max(now(client), shownMs.get(client) ?? 0));
    aheadMs.set(client, ahead);
    const next = join(folder, randomUUID());
    await writeFile(next, `${ahead < 0 ? '-' : '+'}${(Math.abs(ahead) / 1_000).toFixed(3)}\n`);
    await rename(next, fileOf(client));
  };
  for (const client of clients) await set(client, 0);
  return {
    ...{ fileOf, set },
    noteStart: (cluster) => {
      outOfStep ||= now(cluster) < (shownMs.get(cluster) ?? 0);
    },
    areOutOfStep: () => outOfStep,
    forget: () => {
      outOfStep = false;
      shownMs.clear();
    },
  };
}
