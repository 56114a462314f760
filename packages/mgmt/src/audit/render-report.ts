import type { AuditEntry } from '@reroot/shared/audit';
import { z } from 'zod';
import { entriesOfRotation, type PackFacts } from './pack-facts.ts';
import { reportStyle } from './report-style.ts';

/** What the report shows of the evidence that was kept when a step passed. */
const stepSchema = z.object({
  at: z.string(),
  move: z.string(),
  step: z.string(),
  generation: z.int(),
  matrix: z.object({
    counts: z.object({ green: z.int(), red: z.int(), unknown: z.int() }),
    notGreen: z.array(z.object({ state: z.string(), from: z.string().optional(), to: z.string().optional() })),
  }),
  clusters: z.array(
    z.object({
      cluster: z.string(),
      membership: z.string(),
      excludedBecause: z.string().optional(),
      replicas: z.object({ reached: z.int(), total: z.int() }),
      namespaces: z.object({ reached: z.int(), total: z.int() }),
      workloads: z.object({ reached: z.int(), total: z.int() }),
      signerRoot: z.string().optional(),
      agentVersion: z.string().optional(),
    }),
  ),
});
type ShownStep = z.infer<typeof stepSchema> & { readonly seq: number };

/** A page for people: it stands by itself, asks for nothing from anywhere, and can be printed. Pure. */
export function renderReport(facts: PackFacts): string {
  const entries = entriesOfRotation(facts);
  const steps = facts.steps.map(({ seq, evidence }): ShownStep => ({ seq, ...stepSchema.parse(JSON.parse(evidence)) }));
  const title = `Rotation ${facts.rotationId} of mesh ${facts.mesh}`;
  return [
    '<!doctype html>',
    `<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title>`,
    `<style>${reportStyle}</style></head><body><main>`,
    `<h1>${escape(title)}</h1>`,
    renderSummary(facts, entries),
    renderActs(entries),
    renderSteps(steps),
    renderProofs(facts),
    renderRoots(facts),
    renderClusters(steps.at(-1)),
    renderCourse(entries),
    renderIntegrity(facts),
    '</main></body></html>\n',
  ].join('\n');
}

function renderSummary({ rotation, spec, madeAtMs, mgmtVersion }: PackFacts, entries: readonly AuditEntry[]): string {
  const [first, last] = [entries[0], entries.at(-1)];
  const rows: readonly (readonly [string, string])[] = [
    ['Outcome', last === undefined ? 'unknown' : `${last.state ?? 'unknown'}: ${last.message}`],
    ['Began', first === undefined ? 'unknown' : `${timeOf(first)}, by ${whoOf(first)}`],
    ['Last entry', last === undefined ? 'unknown' : timeOf(last)],
    ['Strategy', rotation === undefined ? 'unknown' : `${rotation.strategy}, verification ${rotation.verification}`],
    ['Approvals', rotation?.approvals === 'another-person' ? 'another person than the one who started' : 'anybody who may'],
    ['Emergency', rotation?.emergency === undefined ? 'no' : rotation.emergency.reason],
    ['Trust domain', spec.trustDomain],
    ['Clusters', String(spec.clusters.length)],
    ['This pack', `made ${new Date(madeAtMs).toISOString()} by mgmt ${mgmtVersion}`],
  ];
  return `<table class="facts">${rows.map(([name, value]) => `<tr><th scope="row">${escape(name)}</th><td>${escape(value)}</td></tr>`).join('')}</table>`;
}

function renderActs(entries: readonly AuditEntry[]): string {
  const acts = entries.filter(({ kind }) => kind === 'act' || kind === 'refusal');
  const rows = acts.map((entry) => [
    timeOf(entry),
    whoOf(entry),
    entry.kind === 'refusal' ? `refused (${entry.code ?? ''}): ${entry.message}` : entry.message,
    entry.why ?? '',
    entry.verdict === undefined ? '' : `${entry.verdict.reason}, ${entry.verdict.laggards} laggards`,
  ]);
  return section('What people did', renderTable(['When', 'Who (known by)', 'What', 'Why', 'What stood then'], rows));
}

function renderSteps(steps: readonly ShownStep[]): string {
  const rows = steps.map(({ at, move, step, generation, matrix, clusters, seq }) => {
    const members = clusters.filter(({ membership }) => membership === 'member');
    const { green, red, unknown } = matrix.counts;
    const apart = clusters.length - members.length;
    return [
      at,
      `${step} (${moveText[move] ?? move})`,
      String(generation),
      `${green} accept, ${red} refuse, ${unknown} unknown`,
      `${members.length}${apart === 0 ? '' : `, and ${apart} left out`}`,
      reachedIn(members, 'replicas'),
      reachedIn(members, 'namespaces'),
      reachedIn(members, 'workloads'),
      `evidence/${seq}.json`,
    ];
  });
  const heads = [
    'When',
    'Step',
    'Generation',
    'Pairs of clusters',
    'Clusters',
    'istiod replicas',
    'Namespaces',
    'Workloads',
    'File',
  ];
  return section('What the clusters held when each step passed', renderTable(heads, rows));
}

const moveText: Readonly<Record<string, string>> = {
  verify: 'proven everywhere',
  advance: 'left for the next',
  finish: 'the last one, finished',
  settle: 'rolled back',
};

function reachedIn(clusters: ShownStep['clusters'], level: 'replicas' | 'namespaces' | 'workloads'): string {
  const sum = (pick: 'reached' | 'total'): number => clusters.reduce((total, cluster) => total + cluster[level][pick], 0);
  return `${sum('reached')} of ${sum('total')}`;
}

function renderProofs({ proofs }: PackFacts): string {
  const rows = proofs.map(({ atMs, step, outcome, message, checks, id }) => [
    new Date(atMs).toISOString(),
    step,
    outcome,
    message,
    checks.map((check) => `${check.name}: ${check.outcome}`).join(', '),
    `proofs/${id}.json`,
  ]);
  return section(
    'Proofs, handshakes among them',
    renderTable(['When', 'Step', 'Outcome', 'What was found', 'Checks', 'File'], rows),
  );
}

function renderRoots({ roots, rotation, issued }: PackFacts): string {
  const rows = roots.map(({ fingerprint }) => [
    fingerprint === rotation?.target ? 'new' : 'old',
    fingerprint,
    String(issued.filter(({ signerRoot }) => signerRoot === fingerprint).length),
    `roots/${fingerprint}.pem`,
  ]);
  return section('Roots', renderTable(['', 'Fingerprint (SHA-256)', 'Intermediates issued under it', 'File'], rows));
}

function renderClusters(last: ShownStep | undefined): string {
  const rows = (last?.clusters ?? []).map(
    ({ cluster, membership, excludedBecause = '', agentVersion = '', signerRoot = '', ...levels }) => [
      cluster,
      excludedBecause === '' ? membership : `${membership}: ${excludedBecause}`,
      ...(['replicas', 'namespaces', 'workloads'] as const).map((level) => `${levels[level].reached} of ${levels[level].total}`),
      signerRoot.slice(0, 16),
      agentVersion,
    ],
  );
  const heads = ['Cluster', 'Membership', 'istiod replicas', 'Namespaces', 'Workloads', 'Signs under root', 'Agent'];
  return section('Each cluster when the last step passed', renderTable(heads, rows));
}

function renderCourse(entries: readonly AuditEntry[]): string {
  const rows = entries.map((entry) => [String(entry.seq), timeOf(entry), whoOf(entry), entry.state ?? '', entry.message]);
  return section('The whole course', renderTable(['Entry', 'When', 'Who', 'State', 'What'], rows));
}

function renderIntegrity({ journal, head }: PackFacts): string {
  const left = journal.filter((link) => !('entry' in link)).length;
  const signed =
    head === undefined ? 'nobody has signed its end' : `its end, entry ${head.seq}, was signed by mgmt: ${head.hash}`;
  return `<section><h2>How to tell that this is whole</h2><p>Run <code>reroot evidence verify FILE --mgmt-key KEY</code>: it needs no
network, and finds any byte that was changed. This page alone proves nothing; the signed manifest beside it does.</p>
<p>The part of the journal in <code>journal.jsonl</code> has ${journal.length} entries, ${left} of them of other meshes and shown by their digests alone; ${escape(signed)}.</p></section>`;
}

function section(title: string, content: string): string {
  return `<section><h2>${escape(title)}</h2>${content}</section>`;
}

function renderTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '<p class="none">None.</p>';
  const head = heads.map((text) => `<th scope="col">${escape(text)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((text) => `<td>${escape(text)}</td>`).join('')}</tr>`).join('\n');
  return `<table><thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table>`;
}

function timeOf({ atMs }: AuditEntry): string {
  return new Date(atMs).toISOString();
}

function whoOf({ by }: AuditEntry): string {
  return by.via === 'itself' ? 'reroot itself' : `${by.name} (${by.via})`;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
