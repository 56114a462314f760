import { readFile } from 'node:fs/promises';
import { type ApiClient, type ClusterAccounts, renderAccounts, revocationText } from '@reroot/shared/api';
import { assertNever, errorMessage, RerootError } from '@reroot/shared/errors';
import { type JoinFile, joinFileText } from '@reroot/shared/join-file';
import { requireName } from '@reroot/shared/name';
import type { ActOptions } from './act-options.ts';
import { confirmAct } from './confirm-act.ts';
import { type CommonOptions, chooseMesh, connect } from './connection.ts';
import { writeJoinFile } from './join-file.ts';
import { isDocument, printData, say } from './print.ts';
import type { Shell } from './shell.ts';

/** What `add` is told. */
export interface AddOptions extends CommonOptions {
  readonly out?: string;
  readonly validFor?: number;
  readonly natsCredentials?: string;
  readonly again?: true;
  readonly by?: string;
}

/** What `rename` is told. */
export type RenameOptions = ActOptions;

/** Asks mgmt for a join file and writes it. Nothing is asked for when the file could not be written. */
export async function runAdd(cluster: string, options: AddOptions, shell: Shell): Promise<void> {
  const name = requireName('cluster', cluster);
  const { out = `${name}.join.yaml`, validFor, natsCredentials, again, by = shell.user } = options;
  const client = await connect(options);
  const mesh = await chooseMesh(client, options, shell.signal);
  const add = async (): Promise<JoinFile> =>
    client.addCluster(
      {
        ...{ name, mesh, by, mode: again === true ? 'again' : 'new' },
        ...(validFor === undefined ? {} : { validForMs: validFor }),
        ...(natsCredentials === undefined ? {} : { natsCredentials: await readCredentials(natsCredentials) }),
      },
      shell.signal,
    );
  const joinFile = out === '-' ? await add() : await writeJoinFile(out, add);
  if (out === '-') shell.out.write(joinFileText(joinFile));
  else if (isDocument(options.output))
    await printData(shell, options, { file: out, mesh, cluster: name, expiresAt: joinFile.enrolment.expiresAt }, () => []);
  sayWorth(out === '-' ? 'the join file' : out, joinFile, shell);
  if ((await lookFor(mesh, client, shell.signal)) === 'missing') {
    say(
      shell,
      `there is no mesh ${mesh} yet; if the name is wrong, revoke cluster ${name} and add it with --again for the right one`,
    );
  }
}

/** Says what the file is good for, and what it lacks. */
function sayWorth(where: string, { mesh, cluster, nats, enrolment }: JoinFile, shell: Shell): void {
  say(shell, `${where} lets one agent enrol for cluster ${cluster} of mesh ${mesh}, once, until ${enrolment.expiresAt}`);
  say(
    shell,
    'whoever has it can enrol in the place of your agent: keep it secret until it is used; afterwards it is worth nothing',
  );
  if (nats.credentials !== undefined) return;
  say(
    shell,
    'it has no NATS credentials: where NATS asks for some, write them into its nats.servers, or make another one with --again and --nats-credentials FILE',
  );
}

/** Whether a mesh is there. A cluster may be added before its mesh. */
async function lookFor(mesh: string, client: ApiClient, signal: AbortSignal): Promise<'present' | 'missing' | 'unknown'> {
  try {
    await client.readMesh(mesh, signal);
    return 'present';
  } catch (error) {
    // The join file is made, whatever becomes of this question.
    return error instanceof RerootError && error.code === 'RR_MESH_NOT_FOUND' ? 'missing' : 'unknown';
  }
}

/** Shows who may speak to mgmt. */
export async function runList(options: CommonOptions, shell: Shell): Promise<void> {
  const client = await connect(options);
  await printAccounts(await client.listClusters(shell.signal), options, shell);
}

/** Renames, and shows what has come of it. */
export async function runRename(from: string, to: string, options: RenameOptions, shell: Shell): Promise<void> {
  const [cluster, name] = [requireName('cluster', from), requireName('cluster', to)];
  const { why, by = shell.user } = options;
  const client = await connect(options);
  const accounts = await client.renameCluster(cluster, { to: name, by, why }, shell.signal);
  say(shell, `cluster ${cluster} is called ${name} from now on; its agent takes the name over as soon as it hears of it`);
  await printAccounts(accounts, options, shell);
}

/** Acts on a cluster, and shows what has come of it. */
export async function runAct(
  act: keyof Pick<ApiClient, 'rotateCredentials' | 'revokeCluster'>,
  cluster: string,
  options: ActOptions,
  shell: Shell,
): Promise<void> {
  const name = requireName('cluster', cluster);
  const { why, by = shell.user } = options;
  const client = await connect(options);
  if (act === 'revokeCluster') await confirmAct(revokeOutlook(name), options, shell);
  const accounts = await client[act](name, { by, why }, shell.signal);
  say(shell, `cluster ${name} ${outcomeOf(act)}`);
  if (act === 'revokeCluster') say(shell, revocationText(accounts.natsRevocation));
  await printAccounts(accounts, options, shell);
}

function revokeOutlook(cluster: string): string {
  return `This shuts cluster ${cluster} out at once: its agent is not listened to any more, and joins again by a new join file only.`;
}

function outcomeOf(act: 'rotateCredentials' | 'revokeCluster'): string {
  switch (act) {
    case 'rotateCredentials':
      return 'is to make new keys: the old ones are shut out as soon as its agent speaks by the new ones';
    case 'revokeCluster':
      return 'is shut out: nothing that it says is listened to; what it holds, it keeps';
    default:
      return assertNever(act);
  }
}

async function printAccounts(accounts: ClusterAccounts, { output }: CommonOptions, shell: Shell): Promise<void> {
  await printData(shell, { output }, accounts, (detail) => renderAccounts(accounts, shell.out.paint, shell.clock.now(), detail));
}

async function readCredentials(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new RerootError('RR_CONFIG_UNREADABLE', `cannot read the NATS credentials: ${errorMessage(cause)}`, {
      place: file,
      cause,
    });
  }
}
