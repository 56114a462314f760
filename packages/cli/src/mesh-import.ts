import { printable } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import type { FieldReport, GlooImport } from '@reroot/shared/gloo';
import { type Command, InvalidArgumentError } from 'commander';
import { readText } from './apply.ts';
import { type CommonOptions, connect } from './connection.ts';
import { isDocument, printData, printDocument, say } from './print.ts';
import type { Shell } from './shell.ts';

interface ImportOptions extends CommonOptions {
  readonly file: string;
  readonly cluster: Readonly<Record<string, string>>;
  readonly clusters?: readonly string[];
  readonly apply?: true;
}

/** `reroot mesh import`: reads what Gloo Mesh was told. */
export function defineMeshImport(verb: Command, shell: Shell): void {
  verb
    .description(
      'read VirtualMeshes and RootTrustPolicies of Gloo Mesh: the meshes on stdout, and what became of each field on stderr',
    )
    .requiredOption('-f, --file <file>', 'documents of Gloo Mesh in YAML or JSON; - reads stdin')
    .option('--cluster <mesh=cluster>', 'the cluster that a Mesh of Gloo is of; may be repeated', collectCluster, {})
    .option('--clusters <names>', 'the clusters of a document that names none, with commas between them', (text) =>
      text.split(','),
    )
    .option('--apply', 'make the meshes, without a word to their clusters before they are adopted')
    .action((_, command: Command) => runImport(command.optsWithGlobals(), shell));
}

function collectCluster(text: string, before: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [mesh = '', cluster = ''] = text.split('=', 2);
  if (mesh === '' || cluster === '') throw new InvalidArgumentError('write MESH=CLUSTER');
  return { ...before, [mesh]: cluster };
}

async function runImport(options: ImportOptions, shell: Shell): Promise<void> {
  const { file, cluster, clusters = [], output } = options;
  const { importGloo } = await import('@reroot/shared/gloo');
  const found = importGloo(await readText(file, shell), file, { byMesh: cluster, otherwise: clusters });
  if (found.meshes.length === 0) {
    throw new RerootError('RR_GLOO_INVALID', 'it holds no VirtualMesh and no RootTrustPolicy of Gloo Mesh', { place: file });
  }
  tell(found, shell);
  if (output === 'json') await printData(shell, { output }, found, () => []);
  else for (const { document } of found.meshes) await printDocument(shell, 'yaml', document);
  if (options.apply === true) await apply(found, options, shell);
  else if (!isDocument(output))
    say(shell, 'nothing was made; `reroot mesh adopt -f FILE` makes a mesh of what was printed, and adopts its clusters');
}

function tell({ meshes, others }: GlooImport, shell: Shell): void {
  for (const { source, report } of meshes) {
    say(shell, printable(`${source}:`));
    for (const line of report) say(shell, lineOf(line));
  }
  for (const other of others) say(shell, `${printable(other)}: passed over; it says nothing of the root that clusters share`);
}

function lineOf({ field, outcome, message }: FieldReport): string {
  return printable(`  ${outcome.padEnd(11)} ${field}: ${message}`);
}

/** Its clusters have a CA already: they are told nothing before they are adopted. */
async function apply({ meshes }: GlooImport, options: ImportOptions, shell: Shell): Promise<void> {
  const client = await connect(options);
  for (const { document } of meshes) {
    const { name } = document.metadata;
    await client.applyHeldBack(name, JSON.stringify(document), shell.signal);
    say(
      shell,
      `mesh ${name} applied; its clusters are told nothing until they are adopted: \`reroot mesh adopt --mesh ${name}\``,
    );
  }
}
