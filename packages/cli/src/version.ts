import { printable, type ServerVersion } from '@reroot/shared/api';
import { build, describeBuild } from '@reroot/shared/build';
import { toRerootError } from '@reroot/shared/errors';
import type { Command } from 'commander';
import { cliVersion } from './cli-version.ts';
import { type CommonOptions, connect } from './connection.ts';
import { isDocument, printData, say } from './print.ts';
import { rootOf } from './root-of.ts';
import type { Shell } from './shell.ts';
import { fillInContext } from './use-context.ts';

/** Nobody waits longer for a number. */
const deadlineMs = 2_000;

interface VersionOptions extends CommonOptions {
  readonly client?: true;
}

/** What mgmt has said of itself, or why it has not. */
type Mgmt =
  | ({ readonly server: string } & ServerVersion)
  | { readonly server: string; readonly problem: { readonly code: string; readonly message: string } };

/** `reroot version`: which program this is, and which mgmt it speaks to. */
export function defineVersion(verb: Command, shell: Shell): void {
  verb
    .description(
      'show the version of this program, and that of mgmt; succeeds also where mgmt does not answer within two seconds',
    )
    .option('--client', 'of this program alone; asks no server')
    .action((_, command: Command) => runVersion(command, shell));
}

async function runVersion(command: Command, shell: Shell): Promise<void> {
  const options = command.optsWithGlobals<VersionOptions>();
  const { version: node, platform, arch } = process;
  const { commit, committedAt } = build;
  const program = { reroot: cliVersion, commit, committedAt, node, platform: `${platform}-${arch}` };
  const mgmt = options.client === true ? undefined : await askMgmt(command, shell);
  const document = { ...program, ...(mgmt === undefined ? {} : { mgmt }) };
  await printData(shell, options, document, () => [
    `${describeBuild('reroot', cliVersion)} · ${program.platform}`,
    ...(mgmt === undefined || 'problem' in mgmt
      ? []
      : [`mgmt ${mgmt.version} · commit ${mgmt.commit} · API ${mgmt.api} · ${mgmt.server}`, ...replicaLines(mgmt)]),
  ]);
  if (mgmt === undefined) return;
  if (!('problem' in mgmt)) warnOfSkew(mgmt, shell);
  else if (!isDocument(options.output)) say(shell, `the version of mgmt is not known: ${mgmt.problem.message}`);
}

/** Never rejects, but for the signal: that mgmt is not there is no failure of this program. */
async function askMgmt(command: Command, shell: Shell): Promise<Mgmt> {
  const options = (): CommonOptions => command.optsWithGlobals<CommonOptions>();
  try {
    await fillInContext(rootOf(command), shell);
    const client = await connect(options(), { timeoutMs: deadlineMs });
    return { server: client.server, ...(await client.readVersion(shell.signal)) };
  } catch (thrown) {
    shell.signal.throwIfAborted();
    const { code, message } = toRerootError(thrown);
    return { server: options().server, problem: { code, message } };
  }
}

/** Which of several replicas has answered, and which of them leads. */
function replicaLines({ replica }: ServerVersion): readonly string[] {
  if (replica === undefined) return [];
  const { name, role, leader } = replica;
  const answered = `replica ${printable(name)} has answered, which ${role === 'leader' ? 'leads' : 'stands by'}`;
  if (role === 'leader') return [answered];
  return [`${answered} · ${leader === undefined ? 'no replica leads now' : `${printable(leader.name)} leads`}`];
}

/** What one of them does not know yet it can neither show nor ask for. */
function warnOfSkew({ version }: ServerVersion, shell: Shell): void {
  if (minorOf(version) === minorOf(cliVersion)) return;
  say(shell, `warning: this reroot is ${cliVersion}, and mgmt is ${version}: take a reroot of the version of mgmt`);
}

/** Patches change no interface (Semantic Versioning). */
function minorOf(version: string): string {
  return version.split('.', 2).join('.');
}
