import { randomInt } from 'node:crypto';
import type { Carried, CarryOptions, MgmtConfig } from '@reroot/mgmt/store-tool';
import { loadYamlFile } from '@reroot/shared/config';
import { silentLog } from '@reroot/shared/log';
import type { Command } from 'commander';
import { confirmAct } from './confirm-act.ts';
import type { CommonOptions } from './connection.ts';
import { writeNewFile } from './new-file.ts';
import { printData, say } from './print.ts';
import type { Shell } from './shell.ts';

interface StoreOptions extends CommonOptions {
  readonly config: string;
  readonly withoutKeys?: true;
}

interface BackupOptions extends StoreOptions {
  readonly out: string;
}

interface RestoreOptions extends StoreOptions {
  readonly withoutMeshes?: true;
  readonly dryRun?: true;
}

interface CopyOptions extends CommonOptions {
  readonly from: string;
  readonly to: string;
  readonly withoutKeys?: true;
  readonly yes?: true;
  readonly dryRun?: true;
}

interface RaiseOptions extends CommonOptions {
  readonly config: string;
  readonly yes?: true;
}

/** `reroot store`: what mgmt keeps, as a whole, while no mgmt has it. */
export function defineStore(verb: Command, shell: Shell): void {
  const configOption = ['--config <file>', 'configuration of mgmt, read as mgmt reads it'] as const;
  const keysOption = ['--without-keys', 'leave the private keys of roots behind'] as const;
  const yesOption = ['--yes', 'do not ask whether to go on'] as const;
  verb.description('back up, restore and move what mgmt keeps');
  verb
    .command('backup')
    .description('write an image of the store, with the keys as they are: sealed')
    .requiredOption(...configOption)
    .requiredOption('--out <file>', 'file for the image, which only you may read; must not exist')
    .option(...keysOption)
    .action((_, command: Command) => runBackup(command.optsWithGlobals(), shell));
  verb
    .command('restore')
    .description('put an image into an empty store')
    .argument('<image>', 'what `reroot store backup` has written')
    .requiredOption(...configOption)
    .option(...keysOption)
    .option('--without-meshes', 'only who speaks for which cluster, and the journal')
    .option('--dry-run', 'check the image and the store, and write nothing')
    .action((image: string, _, command: Command) => runRestore(image, command.optsWithGlobals(), shell));
  verb
    .command('copy')
    .description('put all that one store has into another one, which must be empty')
    .requiredOption('--from <file>', 'configuration of the mgmt that has it')
    .requiredOption('--to <file>', 'configuration of the mgmt that is to have it')
    .option(...keysOption)
    .option('--dry-run', 'look at both stores, and write nothing')
    .option(...yesOption)
    .action((_, command: Command) => runCopy(command.optsWithGlobals(), shell));
  verb
    .command('raise-term')
    .description('have agents listen to a store that begins anew, or was put back')
    .requiredOption(...configOption)
    .option(...yesOption)
    .action((_, command: Command) => runRaiseTerm(command.optsWithGlobals(), shell));
}

async function runBackup(options: BackupOptions, shell: Shell): Promise<void> {
  const { backUpStore } = await loadTool();
  const config = await readConfig(options.config);
  const { out } = options;
  const done = await writeNewFile(out, { what: 'the image' }, (write) =>
    backUpStore(config, write, carryOptions(options, shell)),
  );
  const { from, term, parts, bytes, sha256 } = done;
  say(shell, `the store ${from} is in ${out}: whoever has that file and the passphrase of the key store can sign as a root`);
  await printData(shell, options, { file: out, from, term, bytes, sha256, parts }, () => [
    `${countText(parts)}; ${bytes} bytes, SHA-256 ${sha256}`,
  ]);
}

async function runRestore(image: string, options: RestoreOptions, shell: Shell): Promise<void> {
  const { checkImage, restoreStore, tryRestore } = await loadTool();
  const config = await readConfig(options.config);
  const carrying = carryOptions(options, shell);
  const what = options.withoutMeshes === true ? 'clusters' : 'everything';
  if (options.dryRun === true) {
    const { header, meshes, clusters, keys, entries, sha256 } = await checkImage(image);
    const to = await tryRestore(config, { file: image, what }, carrying);
    const takenAt = new Date(header.takenAtMs).toISOString();
    const document = { image, to, takenAt, term: header.term, meshes, clusters, keys, entries, sha256, changed: false };
    await printData(shell, options, document, () => [
      `the image is whole: ${meshes.length} meshes, ${clusters} clusters, ${keys} keys, ${entries} entries of the journal, taken at ${takenAt}`,
      `it would go into ${to}; nothing was changed`,
    ]);
    return;
  }
  const done = await restoreStore(config, { file: image, what }, carrying);
  say(shell, 'start mgmt: it tells a mesh nothing before every cluster has shown that the image is not older than the mesh');
  await printCarried(done, options, shell);
}

async function runCopy(options: CopyOptions, shell: Shell): Promise<void> {
  const { copyStore, tryCopy } = await loadTool();
  const [from, to] = [await readConfig(options.from), await readConfig(options.to)];
  const carrying = carryOptions(options, shell);
  if (options.dryRun === true) {
    const place = await tryCopy(from, to, carrying);
    await printData(shell, options, { to: place, changed: false }, () => [`it would go into ${place}; nothing was changed`]);
    return;
  }
  await confirmAct('The mgmt of the first store can change nothing from now on, and must not be started again.', options, shell);
  const done = await copyStore(from, to, carrying);
  say(shell, `start mgmt with ${options.to}, and never again with ${options.from}`);
  await printCarried(done, options, shell);
}

async function runRaiseTerm(options: RaiseOptions, shell: Shell): Promise<void> {
  const { raiseStoreTerm } = await loadTool();
  const config = await readConfig(options.config);
  await confirmAct('Agents listen to no other mgmt from then on than to the one of this store.', options, shell);
  const { to, term, newTerm } = await raiseStoreTerm(config, carryOptions({}, shell));
  await printData(shell, options, { store: to, formerTerm: term, term: newTerm }, () => [
    `the term of ${to} is raised from ${term} to ${newTerm}`,
  ]);
}

async function printCarried({ from, to, term, newTerm, parts }: Carried, options: CommonOptions, shell: Shell): Promise<void> {
  const document = { from, to, formerTerm: term, term: newTerm, parts, changed: true };
  await printData(shell, options, document, () => [
    `${countText(parts)} went from ${from} to ${to}`,
    `the term is raised from ${term} to ${newTerm}`,
  ]);
}

/** It is what mgmt is made of, which nobody else shall wait for. */
function loadTool() {
  return import('@reroot/mgmt/store-tool');
}

async function readConfig(file: string): Promise<MgmtConfig> {
  const { mgmtConfigSchema } = await loadTool();
  return loadYamlFile(file, mgmtConfigSchema);
}

/** So many parts pass between two words of progress. */
const tellEvery = 10_000;

function carryOptions({ withoutKeys }: Pick<StoreOptions, 'withoutKeys'>, shell: Shell): CarryOptions {
  let passed = 0;
  return {
    ...{ clock: shell.clock, random: () => randomInt(2 ** 32) / 2 ** 32, log: silentLog, signal: shell.signal, by: shell.user },
    keys: withoutKeys === true ? 'left-out' : 'included',
    onPart: () => {
      passed += 1;
      if (passed % tellEvery === 0) say(shell, `${passed} parts so far`);
    },
  };
}

function countText(parts: Carried['parts']): string {
  const count = (kind: keyof Carried['parts'], one: string, many: string): string => {
    const found = parts[kind] ?? 0;
    return `${found} ${found === 1 ? one : many}`;
  };
  return [
    count('mesh', 'mesh', 'meshes'),
    count('cluster', 'added cluster', 'added clusters'),
    count('root', 'root', 'roots'),
    count('key', 'sealed text', 'sealed texts'),
    count('entry', 'entry of the journal', 'entries of the journal'),
  ].join(', ');
}
