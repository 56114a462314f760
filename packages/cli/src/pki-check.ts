import { RerootError } from '@reroot/shared/errors';
import {
  type CaFacts,
  type CaReport,
  checkCa,
  compareVersions,
  type IstioVersion,
  isHarmless,
  newestIstio,
  oldestIstio,
  parseIstioVersion,
  readCaSet,
  readPemFile,
  versionText,
} from '@reroot/shared/istio';
import type { CommonOptions } from './connection.ts';
import { type CaSourceOptions, readCaSources } from './pki-ca-sources.ts';
import { renderCaReport } from './pki-check-text.ts';
import { printData, say } from './print.ts';
import type { Shell } from './shell.ts';

/** Options of the verb. */
interface CheckOptions extends CommonOptions, CaSourceOptions {
  readonly istio?: string;
  readonly multiRoot?: 'on' | 'off';
  readonly at?: string;
}

/** `reroot pki check`: what Istio of a version will do with a CA's files, and why. */
export async function runPkiCheck(bundle: string | undefined, options: CheckOptions, shell: Shell): Promise<void> {
  const facts = await readFacts(bundle, options, shell);
  const report = checkCa(facts);
  if (compareVersions(facts.istio, readVersion(newestIstio)) > 0) {
    say(shell, `Istio ${versionText(facts.istio)} is newer than the rules; it is judged like ${newestIstio}`);
  }
  const { istio, multiRoot, atMs } = facts;
  const document = { istio: versionText(istio), multiRoot, at: new Date(atMs).toISOString(), ...report };
  await printData(shell, options, document, () => renderCaReport(facts, report, shell.out.paint));
  if (!isHarmless(report)) throw refusal(facts, report);
}

async function readFacts(bundle: string | undefined, options: CheckOptions, shell: Shell): Promise<CaFacts> {
  const istio = readVersion(options.istio ?? newestIstio);
  const atMs = options.at === undefined ? shell.clock.now() : readMoment(options.at);
  const { files, before, leaf } = await readCaSources(bundle, options, shell);
  return {
    istio,
    multiRoot: options.multiRoot ?? 'unknown',
    atMs,
    scope: options.secret === undefined ? 'parts' : 'whole',
    set: readCaSet(files.texts, files.shownAs),
    ...(before === undefined ? {} : { before: readCaSet(before.texts, before.shownAs) }),
    ...(leaf === undefined ? {} : { leaf: readPemFile(leaf.file, leaf.text) }),
  };
}

function refusal({ istio }: CaFacts, { verdict, findings }: CaReport): RerootError {
  const rules = [...new Set(findings.filter((each) => each.verdict === verdict).map(({ rule }) => rule))];
  const what = verdict === 'refuses' ? 'refuses the files' : 'takes the files, and then something breaks';
  return new RerootError('RR_PKI_CHECK_FAILED', `Istio ${versionText(istio)} ${what}: ${rules.join(', ')}`);
}

function readVersion(text: string): IstioVersion {
  const version = parseIstioVersion(text);
  const oldest = parseIstioVersion(oldestIstio);
  if (version === undefined || oldest === undefined) throw badOption('--istio', text, 'give a version such as 1.29.3');
  if (compareVersions(version, oldest) < 0) throw badOption('--istio', text, `give ${oldestIstio} or later`);
  return version;
}

function readMoment(text: string): number {
  const atMs = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(atMs) || !isDay(text.slice(0, 10)))
    throw badOption('--at', text, 'give a moment such as 2027-01-31T12:00:00Z, or a day');
  return atMs;
}

/** Date.parse takes the 31st of February for the 3rd of March. */
function isDay(text: string): boolean {
  return new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);
}

function badOption(place: string, value: string, remedy: string): RerootError {
  return new RerootError('RR_OPTION_INVALID', `${JSON.stringify(value)} cannot be used`, { place, remedy });
}
