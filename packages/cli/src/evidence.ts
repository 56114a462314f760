import { readFile } from 'node:fs/promises';
import { type ApiClient, printable } from '@reroot/shared/api';
import { type ArchivedFile, checkPack, type PackFinding, readZip, writeZip } from '@reroot/shared/audit';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import type { Command } from 'commander';
import { type CommonOptions, chooseMesh, connect } from './connection.ts';
import { mgmtKeyOption, readMgmtKey, tellSigner } from './mgmt-key.ts';
import { writeNewFile } from './new-file.ts';
import { addOutOption, chosenOut, type OutOptions } from './out-option.ts';
import { printData, say } from './print.ts';
import type { Shell } from './shell.ts';

type ExportOptions = CommonOptions & OutOptions;

interface VerifyOptions extends CommonOptions {
  readonly mgmtKey?: string;
}

/** `reroot evidence`: what shows how a rotation went, in one signed file. */
export function defineEvidence(verb: Command, shell: Shell): void {
  verb.description('everything that shows how a rotation went, in one signed file');
  addOutOption(verb.command('export'), 'file to write, which must not exist (default: reroot-MESH-ROTATION.zip)')
    .description('write the evidence pack of a rotation, a ZIP archive with report.html in it')
    .argument('[rotation]', 'id of the rotation; else the last one of the mesh')
    .action((rotation: string | undefined, _, command: Command) => runExport(rotation, command.optsWithGlobals(), shell));
  verb
    .command('verify')
    .description('verify an evidence pack, without mgmt: every byte of it, its signature, and the journal in it')
    .argument('<file>', 'what `reroot evidence export` has written')
    .addOption(mgmtKeyOption())
    .action((file: string, _, command: Command) => runVerify(file, command.optsWithGlobals(), shell));
}

async function runExport(named: string | undefined, options: ExportOptions, shell: Shell): Promise<void> {
  const client = await connect(options);
  const mesh = await chooseMesh(client, options, shell.signal);
  const rotation = named ?? (await lastRotation(client, mesh, shell));
  const { files } = await client.readEvidencePack(mesh, rotation, shell.signal);
  const pack = files.map(({ path, text }): ArchivedFile => ({ path, bytes: Buffer.from(text, 'utf8') }));
  // What came over the wire is held to its signature before anybody relies on it.
  const finding = checkPack(pack);
  const file = chosenOut(options) ?? `reroot-${mesh}-${rotation.replace(/[^\w.-]/g, '_')}.zip`;
  const archive = writeZip(pack);
  await writeNewFile(file, { what: 'the evidence pack' }, (write) => write(archive));
  await printData(shell, options, { file, bytes: archive.length, ...describe(finding) }, () => [
    `${file}: ${pack.length} files, ${archive.length} bytes`,
  ]);
  say(shell, `signed by key ${finding.keyId}; report.html in it is for people, \`reroot evidence verify\` for proof`);
}

/** The one under way, or the one before. @throws RR_EVIDENCE_NOT_FOUND where the mesh has had none */
async function lastRotation(client: ApiClient, mesh: string, { signal }: Shell): Promise<string> {
  const history = await client.readHistory(mesh, signal);
  const last = history.findLast(({ rotationId }) => rotationId !== undefined)?.rotationId;
  if (last === undefined) throw new RerootError('RR_EVIDENCE_NOT_FOUND', `mesh ${mesh} has had no rotation yet`);
  return last;
}

async function runVerify(file: string, options: VerifyOptions, shell: Shell): Promise<void> {
  const wanted = await readMgmtKey(options.mgmtKey);
  const finding = checkPack(readZip(await readPack(file)));
  const signed = tellSigner(
    [...finding.chain.keyIds.filter((keyId) => keyId !== finding.keyId), finding.keyId],
    wanted,
    'the evidence pack',
  );
  await printData(shell, options, { ...describe(finding), keyAsked: wanted }, () => tell(finding, shell));
  say(shell, signed);
}

function describe({ manifest, keyId, chain }: PackFinding): object {
  const { format, mesh, rotationId, madeAt, mgmtVersion, files, lacks } = manifest;
  return {
    format,
    mesh,
    rotationId,
    madeAt,
    mgmtVersion,
    files: files.length,
    lacks,
    key: keyId,
    journal: { first: chain.first, last: chain.last },
  };
}

function tell({ manifest, chain }: PackFinding, shell: Shell): string[] {
  const { mesh, rotationId, madeAt, files, lacks = [unsaid] } = manifest;
  const { first = 0, last = 0, head } = chain;
  return [
    shell.out.paint('good', `every byte holds: ${files.length} files of rotation ${rotationId} of mesh ${mesh}, made ${madeAt}`),
    `journal: entries ${first} to ${last}${head === undefined ? ', whose end nobody has signed' : `, signed at entry ${head.seq}`}`,
    ...lacks.map((gap) => shell.out.paint('waiting', `not in it: ${printable(gap)}`)),
  ];
}

/** Of a pack of format 1. */
const unsaid = 'what preflight found, the plan and the versions of istiod at the start; this format had none of them';

async function readPack(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new RerootError('RR_CONFIG_UNREADABLE', `the evidence pack cannot be read: ${errorMessage(cause)}`, {
      place: file,
      cause,
    });
  }
}
