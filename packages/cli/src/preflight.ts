import type { ApiClient, PreflightReport, PreflightRequest, Strategy } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import { type Command, Option } from 'commander';
import { type CommonOptions, chooseMesh, connect } from './connection.ts';
import { charsetOf, renderPreflight } from './preflight-text.ts';
import { printData, say } from './print.ts';
import { emergencyOption, strategyOption } from './rotation-options.ts';
import type { Shell } from './shell.ts';
import { parseFingerprint, resolveRoot } from './target-root.ts';

interface PreflightOptions extends CommonOptions {
  readonly strategy?: Strategy;
  readonly target?: string;
  readonly emergency?: true;
  readonly adoption?: true;
}

/** How long nothing is said. */
const quietMs = 1_000;

/** `reroot preflight`: whether a rotation, or an adoption, that started now would get through. */
export function definePreflight(verb: Command, shell: Shell): void {
  verb
    .description('look whether a rotation or an adoption that started now would get through; changes nothing')
    .addOption(strategyOption())
    .addOption(emergencyOption())
    .option('--target <fingerprint>', 'a root that the mesh knows, or its first digits; else a new one', parseFingerprint)
    .addOption(
      new Option('--adoption', 'of clusters that come from elsewhere; the default where a mesh has no others').conflicts([
        'strategy',
        'emergency',
        'target',
      ]),
    )
    .action((_, command: Command) => runPreflight(command.optsWithGlobals(), shell));
}

async function runPreflight(options: PreflightOptions, shell: Shell): Promise<void> {
  const client = await connect(options);
  const mesh = await chooseMesh(client, options, shell.signal);
  const request = await requestOf(client, mesh, options, shell);
  const report = await askPreflight(shell, mesh, client.preflight(mesh, request, shell.signal));
  await printData(shell, options, report, (detail) =>
    renderPreflight(report, { paint: shell.out.paint, charset: charsetOf(shell.env), detail }),
  );
  requireNothingFatal(report);
}

async function requestOf(
  client: ApiClient,
  mesh: string,
  { strategy, target, emergency, adoption }: PreflightOptions,
  { signal }: Shell,
): Promise<PreflightRequest> {
  if (adoption === true) return { start: 'adoption' };
  const pace = emergency === undefined ? {} : { pace: 'emergency' as const };
  const asked = { ...(strategy === undefined ? {} : { strategy }), ...pace };
  if (target === undefined) return asked;
  return { ...asked, targetRoot: resolveRoot(target, await client.readMesh(mesh, signal)) };
}

/** Agents look twice at some things, seconds apart: whoever waits is to know for what. */
export async function askPreflight(shell: Shell, mesh: string, report: Promise<PreflightReport>): Promise<PreflightReport> {
  const answered = new AbortController();
  const waiting = shell.clock.sleep(quietMs, AbortSignal.any([shell.signal, answered.signal])).then(
    () => say(shell, `asking the agents of mesh ${mesh} …`),
    () => undefined,
  );
  try {
    return await report;
  } finally {
    answered.abort();
    await waiting;
  }
}

/** @throws RR_PREFLIGHT_FAILED */
export function requireNothingFatal({ checks }: PreflightReport): void {
  const fatal = checks.filter(({ outcome }) => outcome === 'fatal').map(({ id }) => id);
  if (fatal.length === 0) return;
  throw new RerootError('RR_PREFLIGHT_FAILED', `${fatal.length} of ${checks.length} checks are fatal: ${fatal.join(', ')}`);
}
