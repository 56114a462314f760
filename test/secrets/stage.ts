import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApiClient, tokenPrefix } from '@reroot/shared/api';
import { sha256Hex } from '@reroot/shared/pki';
import { launchFleet } from '@reroot/simulator/fleet-launcher';
import { startVaultStandIn } from '@reroot/vault/testing';
import { launchBesideVault, type SourcesBesideVault } from '../scenarios/launch-beside-vault.ts';
import { makeMesh, meshName } from '../scenarios/mesh-fleet.ts';
import { type AskApi, createAskApi } from './ask-api.ts';
import { type Canaries, createCanaries } from './canaries.ts';
import type { Capture } from './capture.ts';
import { type Run, runProgram } from './run-program.ts';
import { createLedger, type Ledger, secretText, secretToken } from './secret.ts';

/** A fleet at debug level beside a Vault, its operator, and whoever watches them. */
export interface Stage extends Omit<SourcesBesideVault, 'stop'> {
  readonly api: AskApi;
  /** Runs `reroot` as the operator. */
  readonly reroot: (...args: readonly string[]) => Promise<Run>;
  readonly ledger: Ledger;
  readonly capture: Capture;
  readonly canaries: Canaries;
  /** Of the operator. */
  readonly token: string;
}

const patienceMs = 60_000;

/** Sets everything up; what is started goes away with `started`. */
export async function setStage(capture: Capture, started: AsyncDisposableStack): Promise<Stage> {
  const ledger = createLedger();
  const folder = await mkdtemp(join(tmpdir(), 'reroot-access-'));
  started.defer(() => rm(folder, { recursive: true }));
  const { token, tokenFile, apiAccess } = await makeAccess(folder, capture, ledger);
  const vault = started.adopt(await startVaultStandIn(), (each) => each.stop());
  ledger.add(secretText(vault.rootToken, { kind: 'Vault token', name: 'root token of Vault', own: [] }));
  let api: AskApi | undefined;
  const launch = async (secretsDir: string) => {
    const fleetOptions = { clusters: 2, mesh: meshName, ratePerSecond: 40, seed: 1, logLevel: 'debug' } as const;
    const signal = AbortSignal.timeout(10 * patienceMs);
    const launched = await launchFleet({ ...fleetOptions, secretsDir, apiAccess, signal });
    const { server } = launched.api;
    api = createAskApi(server, capture);
    const deleteCaSecret = (): Promise<never> => Promise.reject(new Error('nobody deletes a Secret here'));
    const asked = { ...launched, api: createApiClient({ server, token, exchange: api.exchange }) };
    return makeMesh(asked, { patienceMs, deleteCaSecret });
  };
  const sources = await launchBesideVault({ ...vault, unsealKey: '' }, ({ secretsDir }) => launch(secretsDir));
  started.defer(() => sources.stop());
  if (api === undefined) throw new Error('there is no fleet without its API');
  const env = { REROOT_SERVER: sources.fleet.api.server, REROOT_TOKEN_FILE: tokenFile };
  const reroot: Stage['reroot'] = (...args) => runProgram('reroot', args, { capture, env });
  return { ...sources, api, reroot, ledger, capture, canaries: createCanaries(ledger), token };
}

/** The token of the operator, whose digest mgmt is told, and the one that mgmt reads from a file itself. */
async function makeAccess(folder: string, capture: Capture, ledger: Ledger) {
  const args = ['token', 'new', '--name', 'operator', '--role', 'admin', '-o', 'json'];
  const { stdout } = await runProgram('reroot', args, { capture, stdout: 'kept' });
  const { token } = JSON.parse(stdout) as { token: string };
  const shared = randomBytes(32).toString('hex');
  const [tokenFile, sharedFile] = [join(folder, 'operator.token'), join(folder, 'shared.token')];
  await writeFile(tokenFile, token, { mode: 0o600 });
  await writeFile(sharedFile, shared, { mode: 0o600 });
  ledger.add(
    secretToken(tokenPrefix, token, { kind: 'API token', name: 'the token of the operator', own: [tokenFile] }),
    secretText(shared, { kind: 'API token', name: 'the token of api.tokenFile', own: [sharedFile] }),
  );
  const tokens = [{ name: 'operator', sha256: sha256Hex(Buffer.from(token)), role: 'admin' }];
  return { token, tokenFile, apiAccess: { settings: { tokenFile: sharedFile, access: { tokens } }, token } };
}
