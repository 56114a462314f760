import { type AdoptionStatus, type AdoptRequest, type ApiClient, renderAdoption, type Verification } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import type { Command } from 'commander';
import { byOption } from './act-options.ts';
import { readMeshFile } from './apply.ts';
import { askToGoOn } from './ask.ts';
import { showDoubts } from './confirm-rotation.ts';
import { chooseMesh, connect } from './connection.ts';
import { addFollowing, type FollowingOptions, showRotation } from './follow-rotation.ts';
import { addOverriding, type OverrideOptions, overridesOf } from './override.ts';
import { isDocument, printData, say } from './print.ts';
import { verificationOption } from './rotation-options.ts';
import type { Shell } from './shell.ts';

interface AdoptOptions extends FollowingOptions, OverrideOptions {
  readonly file?: string;
  readonly verification?: Verification;
  readonly yes?: true;
  readonly by?: string;
}

const lookIntervalMs = 1_000;
/** Agents report within seconds of their start; whoever waits longer wants to know for whom. */
const patienceMs = 30_000;

/** `reroot mesh adopt`: brings clusters that have a CA already under the root of a mesh. */
export function defineMeshAdopt(verb: Command, shell: Shell): void {
  verb
    .description('show which clusters of a mesh have a CA from elsewhere, and with --yes bring them under its root')
    .option(
      '-f, --file <file>',
      'a VirtualMesh in YAML or JSON that is made first, without a word to its clusters; - reads stdin',
    )
    .addOption(verificationOption())
    .option('--yes', 'start it without a question; without a terminal nothing is changed in any cluster unless it is given')
    .addOption(byOption());
  addFollowing(addOverriding(verb)).action((_, command: Command) => runAdopt(command.optsWithGlobals(), shell));
}

async function runAdopt(options: AdoptOptions, shell: Shell): Promise<void> {
  const request = requestOf(options, shell);
  const client = await connect(options);
  const mesh = await meshOf(client, options, shell);
  const found = await look(client, mesh, shell);
  const mayAsk = options.yes === undefined && shell.person === 'present' && !isDocument(options.output);
  const onlyLooks = options.yes === undefined && !mayAsk;
  if (onlyLooks || !isDocument(options.output)) await show(found, options, shell);
  requireReady(found);
  if (onlyLooks) {
    say(shell, 'nothing was changed; --yes starts the adoption');
    return;
  }
  if (mayAsk) {
    await showDoubts(client, mesh, { start: 'adoption' }, request.overrides ?? [], shell);
    await askToGoOn(
      `This brings clusters under the root of mesh ${mesh}. \`reroot preflight --adoption\` shows all of it.`,
      shell,
    );
  }
  const started = await client.adopt(mesh, request, shell.signal);
  say(shell, `adoption ${started.rotation?.id ?? '?'} of mesh ${mesh} has started`);
  await showRotation(client, started, options, shell);
}

function requestOf(options: AdoptOptions, { user }: Shell): AdoptRequest {
  const { verification, why, by = user } = options;
  const overrides = overridesOf(options);
  return {
    by,
    ...(why === undefined ? {} : { why }),
    ...(verification === undefined ? {} : { verification }),
    ...(overrides.length === 0 ? {} : { overrides }),
  };
}

/** A mesh that is there already is changed by `reroot apply` alone: by accident nobody shall be told anything. */
async function meshOf(client: ApiClient, { file, ...options }: AdoptOptions, shell: Shell): Promise<string> {
  if (file === undefined) return chooseMesh(client, options, shell.signal);
  const { name, text } = await readMeshFile({ ...options, file }, shell);
  await client.applyHeldBack(name, text, shell.signal);
  say(shell, `mesh ${name} applied; its clusters are told nothing until they are adopted`);
  return name;
}

/** Waits a while for clusters that have not reported yet. */
async function look(client: ApiClient, mesh: string, { clock, signal }: Shell): Promise<AdoptionStatus> {
  const untilMs = clock.now() + patienceMs;
  for (;;) {
    const found = await client.readAdoption(mesh, signal);
    const awaited = found.clusters.some(({ problems }) => problems.some(({ code }) => code === 'RR_ADOPT_UNREPORTED'));
    if (!awaited || clock.now() >= untilMs) return found;
    await clock.sleep(lookIntervalMs, signal);
  }
}

async function show(found: AdoptionStatus, { output }: AdoptOptions, shell: Shell): Promise<void> {
  await printData(shell, { output }, found, () => renderAdoption(found, shell.out.paint));
}

/** @throws RR_ADOPT_REFUSED, RR_ADOPT_NOTHING */
function requireReady({ mesh, clusters, problems }: AdoptionStatus): void {
  if (clusters.length === 0) throw new RerootError('RR_ADOPT_NOTHING', `no cluster of mesh ${mesh} is to be adopted`);
  const all = [...clusters.flatMap((cluster) => cluster.problems), ...problems];
  const [first] = all;
  if (first === undefined) return;
  const more = all.length === 1 ? '' : `, and ${all.length - 1} more`;
  throw new RerootError('RR_ADOPT_REFUSED', `${first.code} ${first.message}${more}`, { remedy: first.remedy });
}
