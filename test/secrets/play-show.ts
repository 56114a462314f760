import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApiClient, tokenPrefix } from '@reroot/shared/api';
import { readCredsText } from '@reroot/shared/nats-auth';
import { sha256Hex } from '@reroot/shared/pki';
import { launchFleet } from '@reroot/simulator/fleet-launcher';
import { startVaultStandIn } from '@reroot/vault/testing';
import { launchBesideVault, type SourcesBesideVault } from '../scenarios/launch-beside-vault.ts';
import { makeMesh, meshName } from '../scenarios/mesh-fleet.ts';
import { changeCredentials, changeKeyOfMgmt, joinAgain, lookAround, renameCluster, rollBack, rotateIntoVault } from './acts.ts';
import { type AskApi, createAskApi } from './ask-api.ts';
import { type Canaries, createCanaries } from './canaries.ts';
import { type Capture, createCapture } from './capture.ts';
import { startAgentsWithMisplacedSecrets, startMgmtWithMisplacedSecrets } from './misplaced-files.ts';
import { askWithMisplacedSecrets } from './misplaced-requests.ts';
import { type Run, runProgram } from './run-program.ts';
import { createLedger, type Ledger, secretText, secretToken } from './secret.ts';
import { watchProcesses } from './watch-processes.ts';

/** What every act of the show needs. */
export interface Stage extends SourcesBesideVault {
  readonly api: AskApi;
  /** Runs `reroot` as its operator. */
  readonly reroot: (...args: readonly string[]) => Promise<Run>;
  readonly ledger: Ledger;
  readonly capture: Capture;
  readonly canaries: Canaries;
  /** Of the operator. */
  readonly token: string;
}

/** A fleet in which everything has happened that handles a secret, and all that was said meanwhile. */
export interface Show extends Stage {
  readonly startedAtMs: number;
  /** Where files are that no program of the fleet was told to write. */
  readonly folders: readonly string[];
  /** How misplaced secrets were refused. */
  readonly refused: { readonly requests: ReadonlyMap<string, number>; readonly starts: ReadonlyMap<string, Run> };
}

/** Plays it, at debug level. Stop it in the end. */
export async function playShow(): Promise<Show> {
  const startedAtMs = Date.now();
  const T = (what: string) => console.log(what, Date.now() - startedAtMs); // TEMP
  const started = new AsyncDisposableStack();
  try {
    const capture = createCapture();
    const stopWatching = watchProcesses(capture);
    started.defer(stopWatching);
    const stage = await setStage(capture, started);
    const endLive = await stage.api.follow('the live stream', { token: stage.token });
    T('stage');
    const [refused] = await Promise.all([misplaceSecrets(stage).then((x) => (T('misplaced'), x)), rollBack(stage).then(() => T('back'))]);
    await rotateIntoVault(stage); T('vault'); // TEMP
    await changeCredentials(stage); T('changeCredentials(stage)'); // TEMP
    await changeKeyOfMgmt(stage); T('changeKeyOfMgmt(stage)'); // TEMP
    await endLive();
    const endLiveAgain = await stage.api.follow('the live stream, after a restart', { token: stage.token });
    await renameCluster(stage); T('renameCluster(stage)'); // TEMP
    await joinAgain(stage); T('joinAgain(stage)'); // TEMP
    await lookAround(stage); T('lookAround(stage)'); // TEMP
    await endLiveAgain();
    await stopWatching();
    return { ...stage, startedAtMs, refused, folders: [stage.fleet.dir, stage.secretsDir], stop: () => started.disposeAsync() };
  } catch (thrown) {
    await started.disposeAsync();
    throw thrown;
  }
}

async function setStage(capture: Capture, started: AsyncDisposableStack): Promise<Stage> {
  const ledger = createLedger();
  const folder = await mkdtemp(join(tmpdir(), 'reroot-access-'));
  started.defer(() => rm(folder, { recursive: true }));
  const { token, tokenFile, apiAccess } = await makeAccess(folder, capture, ledger);
  const vault = await startVaultStandIn();
  started.defer(() => vault.stop());
  ledger.add(secretText(vault.rootToken, { kind: 'Vault token', name: 'root token of Vault', own: [] }));
  let api: AskApi | undefined;
  const sources = await launchBesideVault({ ...vault, unsealKey: '' }, async ({ secretsDir }) => {
    const signal = AbortSignal.timeout(600_000);
    const options = { clusters: 2, mesh: meshName, ratePerSecond: 20, seed: 1, secretsDir, apiAccess, signal };
    const launched = await launchFleet({ ...options, logLevel: 'debug' });
    api = createAskApi(launched.api.server, capture);
    const client = createApiClient({ server: launched.api.server, token, exchange: api.exchange });
    const deleteCaSecret = (): Promise<never> => Promise.reject(new Error('nobody deletes a Secret here'));
    return makeMesh({ ...launched, api: client }, { patienceMs: 60_000, deleteCaSecret });
  });
  started.defer(() => sources.stop());
  if (api === undefined) throw new Error('the fleet was launched');
  const env = { REROOT_SERVER: sources.fleet.api.server, REROOT_TOKEN_FILE: tokenFile };
  const reroot: Stage['reroot'] = (...args) => runProgram('reroot', args, { capture, env });
  return { ...sources, api, reroot, ledger, capture, canaries: createCanaries(ledger), token };
}

/** One token of a person, in a file beside its user, and the one that mgmt reads from a file itself. */
async function makeAccess(folder: string, capture: Capture, ledger: Ledger) {
  const args = ['token', 'new', '--name', 'operator', '--role', 'admin', '-o', 'json'];
  const { stdout } = await runProgram('reroot', args, { capture, stdout: 'kept' });
  const { token } = JSON.parse(stdout) as { token: string };
  const [tokenFile, sharedFile] = [join(folder, 'operator.token'), join(folder, 'shared.token')];
  const shared = randomBytes(32).toString('hex');
  await writeFile(tokenFile, token, { mode: 0o600 });
  await writeFile(sharedFile, shared, { mode: 0o600 });
  ledger.add(
    secretToken(tokenPrefix, token, { kind: 'API token', name: tokenFile, own: [tokenFile] }),
    secretText(shared, { kind: 'API token', name: sharedFile, own: [sharedFile] }),
  );
  const tokens = [{ name: 'operator', sha256: sha256Hex(Buffer.from(token)), role: 'admin' }];
  return { token, tokenFile, apiAccess: { settings: { tokenFile: sharedFile, access: { tokens } }, token } };
}

async function misplaceSecrets(stage: Stage): Promise<Show['refused']> {
  const { dir } = stage.fleet;
  const credentials = readCredsText(await readFile(join(dir, 'nats', 'mgmt.creds'), 'utf8'));
  const requests = await askWithMisplacedSecrets({ ...stage, credentials });
  const mgmts = await startMgmtWithMisplacedSecrets({ ...stage, dir });
  const agents = await startAgentsWithMisplacedSecrets({ ...stage, dir });
  return { requests, starts: new Map([...mgmts, ...[...agents].map(([name, run]) => [`agent: ${name}`, run] as const)]) };
}
