import { type Cell, printable, renderTable } from '@reroot/shared/api';
import { type AuditEntry, type AuditLine, type ChainFinding, createChainCheck, writeAuditLine } from '@reroot/shared/audit';
import { RerootError } from '@reroot/shared/errors';
import { type Command, InvalidArgumentError } from 'commander';
import { fetchAudit, readAuditFile } from './audit-source.ts';
import { type CommonOptions, connect } from './connection.ts';
import { mgmtKeyOption, readMgmtKey, tellSigner } from './mgmt-key.ts';
import { writeNewFile } from './new-file.ts';
import { addOutOption, chosenOut, type OutOptions } from './out-option.ts';
import { printData, say } from './print.ts';
import type { Shell } from './shell.ts';

interface ListOptions extends CommonOptions {
  readonly last: number;
  readonly rotation?: string;
}

interface VerifyOptions extends CommonOptions {
  readonly mgmtKey?: string;
  readonly head?: { readonly seq: number; readonly hash: string };
}

interface ExportOptions extends CommonOptions, OutOptions {
  readonly after: number;
}

/** `reroot audit`: the journal of what was done. */
export function defineAudit(verb: Command, shell: Shell): void {
  verb.description('the journal of what was done, by whom and why');
  verb
    .command('list')
    .description('show the newest entries, oldest first')
    .option('--last <count>', 'how many', readCount, 50)
    .option('--rotation <id>', 'all entries of one rotation instead')
    .action((_, command: Command) => runList(command.optsWithGlobals(), shell));
  verb
    .command('verify')
    .description('verify the journal of mgmt, or one that was exported, and name the first entry that is wrong')
    .argument('[file]', 'what `reroot audit export` or audit.log has written; needs no mgmt')
    .addOption(mgmtKeyOption())
    .option('--head <n:hash>', 'an entry that was noted before: it must still be there', readHead)
    .action((file: string | undefined, _, command: Command) => runVerify(file, command.optsWithGlobals(), shell));
  addOutOption(verb.command('export'), 'file to write, which must not exist; stdout when left out, or -')
    .description('write the journal as lines of JSON')
    .option('--after <number>', 'only entries after this one', readCount, 0)
    .action((_, command: Command) => runExport(command.optsWithGlobals(), shell));
}

async function runList(options: ListOptions, shell: Shell): Promise<void> {
  const client = await connect(options);
  const { rotation, last } = options;
  const { total } = await client.readAudit({ after: 0, limit: 1 }, shell.signal);
  const entries: AuditEntry[] = [];
  let after = rotation === undefined ? Math.max(0, total - last) : 0;
  for (;;) {
    const ask = { after, limit: 1_000, ...(rotation === undefined ? {} : { rotation }) };
    const page = await client.readAudit(ask, shell.signal);
    entries.push(...page.entries.map(({ entry }) => entry));
    const newest = page.entries.at(-1)?.entry.seq;
    if (newest === undefined) break;
    after = newest;
  }
  await printData(shell, options, { entries }, () =>
    renderTable(['N', 'TIME', 'KIND', 'WHO', 'MESH', 'WHAT'], entries.map(rowOf), shell.out.paint),
  );
}

function rowOf({ seq, atMs, kind, by, why, mesh = '', message, code }: AuditEntry): Cell[] {
  const what = [message, ...(code === undefined ? [] : [`(${code})`]), ...(why === undefined ? [] : [`- ${why}`])].join(' ');
  const cells = [String(seq), new Date(atMs).toISOString(), kind, `${by.name} (${by.via})`, mesh, what].map(printable);
  return cells.map((text): Cell => (kind === 'refusal' ? { text, tone: 'waiting' } : { text }));
}

async function runVerify(file: string | undefined, options: VerifyOptions, shell: Shell): Promise<void> {
  const wanted = await readMgmtKey(options.mgmtKey);
  const lines = file === undefined ? fetchAudit(await connect(options), 0, shell.signal) : readAuditFile(file);
  const finding = await follow(lines, options.head);
  const { first, last, lastHash, head, keyIds } = finding;
  if (first === undefined || last === undefined) throw new RerootError('RR_AUDIT_UNREADABLE', 'there is no entry in it');
  const signed = tellSigner(keyIds, wanted, 'the journal');
  if (wanted !== undefined) requireSignedEnd(finding);
  const document = { first, last, hash: lastHash, signedUpTo: head?.seq, keys: keyIds, keyAsked: wanted };
  await printData(shell, options, document, () => tellFinding(finding, shell));
  say(shell, signed);
}

/** What follows the last entry that is signed anybody could have added, with hashes that are right. @throws RR_AUDIT_BROKEN */
function requireSignedEnd({ last = 0, head }: ChainFinding): void {
  if (head === undefined || head.seq >= last) return;
  const rest = `what follows, up to entry ${last}, is signed by nobody`;
  throw new RerootError('RR_AUDIT_BROKEN', `entry ${head.seq} of the journal is the last that is signed: ${rest}`);
}

function tellFinding({ first = 0, last = 0, lastHash = '', head }: ChainFinding, shell: Shell): string[] {
  const begin = first === 1 ? 'from its beginning' : `from entry ${first} on; what was before it is not shown`;
  const tail = head === undefined || head.seq === last ? '' : `, signed up to entry ${head.seq}`;
  return [shell.out.paint('good', `${last - first + 1} entries hold, ${begin}${tail}`), `head: ${last}:${lastHash}`];
}

async function follow(lines: AsyncIterable<AuditLine>, noted: VerifyOptions['head']): Promise<ChainFinding> {
  const chain = createChainCheck();
  let seen: string | undefined;
  for await (const line of lines) {
    if ('head' in line) {
      chain.takeHead(line.head);
      continue;
    }
    chain.take(line);
    if (line.entry.seq === noted?.seq) seen = line.hash;
  }
  const finding = chain.finish();
  if (noted !== undefined && seen !== noted.hash) {
    const found = seen === undefined ? 'is not there' : `has hash ${seen}`;
    throw new RerootError('RR_AUDIT_BROKEN', `entry ${noted.seq} of the journal ${found}, and ${noted.hash} was noted`);
  }
  return finding;
}

async function runExport(options: ExportOptions, shell: Shell): Promise<void> {
  const client = await connect(options);
  const out = chosenOut(options) ?? '-';
  const exportTo = async (write: (text: string) => Promise<void> | void): Promise<void> => {
    for await (const line of fetchAudit(client, options.after, shell.signal)) await write(`${writeAuditLine(line)}\n`);
  };
  if (out === '-') await exportTo((text) => shell.out.write(text));
  else await writeNewFile(out, { what: 'the journal' }, exportTo);
}

function readCount(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number.');
}

function readHead(text: string): { readonly seq: number; readonly hash: string } {
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (seq !== undefined && hash !== undefined) return { seq: Number(seq), hash };
  throw new InvalidArgumentError('It must be the number of an entry, a colon and its hash.');
}
