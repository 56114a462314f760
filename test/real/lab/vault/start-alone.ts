import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@reroot/shared/clock';
import { startReaper } from '@reroot/simulator/processes';
import type { ContractVault } from '@reroot/vault/testing';
import { findSomeServers, vaultPrograms } from '../../servers/find-servers.ts';
import { createLabProcesses } from '../lab-process.ts';
import type { LabVault, VaultPlan } from './server-files.ts';

/** One without a lab around it. @param interrupted ends the start */
export async function startAlone(
  start: (plan: VaultPlan) => Promise<LabVault>,
  interrupted?: AbortSignal,
): Promise<ContractVault> {
  const dir = await mkdtemp(join(tmpdir(), 'reroot-vault-'));
  const reaper = startReaper(dir);
  const { create, killAll } = createLabProcesses(dir, reaper);
  const stop = async (): Promise<void> => {
    await killAll();
    reaper.release();
  };
  try {
    const signal = AbortSignal.any([AbortSignal.timeout(60_000), ...(interrupted === undefined ? [] : [interrupted])]);
    return { ...(await start({ name: 'vault', dir, servers: findSomeServers(vaultPrograms), create, signal })), pass, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Nobody can move the clock of a real server. */
async function pass(ms: number): Promise<void> {
  await systemClock.sleep(ms);
}
