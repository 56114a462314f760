import { createHash, X509Certificate } from 'node:crypto';
import type { MeshStatus } from '@reroot/shared/api';
import type { AuditEntry } from '@reroot/shared/audit';
import { createChainCheck } from '@reroot/shared/audit';
import { errorMessage } from '@reroot/shared/errors';
import type { ChaosFleet } from './chaos-fleet.ts';
import { clusterNames } from './fault.ts';
import { type HeldRoots, judgeGate, judgeHeld, judgeTransitions, type Violation } from './invariants.ts';
import { meshName } from './mesh.ts';
import type { Plan } from './plan.ts';

/** What must hold of a fleet that is at rest: trust is as the record says, and the journal is whole. @param since where the run began in it */
export async function judgeAtRest(
  fleet: ChaosFleet,
  status: MeshStatus,
  { plan, since }: { readonly plan: Plan; readonly since: number },
  signal: AbortSignal,
): Promise<readonly Violation[]> {
  const root = status.roots.find(({ role }) => role === 'current')?.fingerprint ?? 'no root';
  const held = judgeHeld(root, await readHeld(fleet, signal));
  const journal = await readJournal(fleet, signal);
  if ('invariant' in journal) return [...held, journal];
  const ofRun = journal.filter(({ seq }) => seq > since);
  const asked = plan.verification.kind === 'automatic' ? judgeGate(ofRun, fleet.gate.passed) : [];
  return [...held, ...judgeTransitions(journal), ...asked];
}

/** Where the journal ends now. */
export async function lastSeq({ api }: ChaosFleet, signal: AbortSignal): Promise<number> {
  const { head } = await api.readAudit({ after: 0, limit: 1 }, signal);
  return head?.seq ?? 0;
}

/** Whether every mgmt says the same of a mesh that is at rest, with all clusters in it, and one of them leads. @returns what it says */
export async function readRest({ mgmts }: ChaosFleet, signal: AbortSignal): Promise<Rest> {
  const read = await Promise.all(
    mgmts.map(async ({ api }) => ({
      status: await api.readMesh(meshName, signal),
      role: (await api.readVersion(signal)).replica?.role ?? 'leader',
    })),
  );
  const [{ status } = unread(), ...others] = read;
  const message = status.verdict.message;
  if (!isTerminal(status) || !status.verdict.passed) return { kind: 'unrest', status, why: message };
  const out = status.clusters.filter(({ membership }) => membership !== 'member').map(({ name }) => name);
  if (out.length > 0) return { kind: 'unrest', status, why: `${out.join(', ')} counts not among the members` };
  if (others.some((other) => other.status.generation !== status.generation || other.status.term !== status.term))
    return { kind: 'unrest', status, why: 'the mgmts do not say the same' };
  const leaders = read.filter(({ role }) => role === 'leader').length;
  return leaders === 1 ? { kind: 'rest', status } : { kind: 'unrest', status, why: `${leaders} mgmts lead` };
}

/** How a mesh is. */
export type Rest =
  | { readonly kind: 'rest'; readonly status: MeshStatus }
  | { readonly kind: 'unrest'; readonly status: MeshStatus; readonly why: string };

function unread(): never {
  throw new Error('the fleet has no mgmt');
}

/** Whether nothing is under way. */
export function isTerminal({ state }: Pick<MeshStatus, 'state'>): boolean {
  return state === 'FINISHED' || state === 'NOT_ROTATING' || state === 'PREVIOUS_CA';
}

/** What everything in the clusters trusts and signs with, read past agents and mgmt, and without reroot's own code. */
async function readHeld({ ports }: ChaosFleet, signal: AbortSignal): Promise<readonly HeldRoots[]> {
  const held: HeldRoots[] = [];
  for (const cluster of clusterNames) {
    const port = ports.get(cluster)!;
    const secret = await port.readCaSecret(signal);
    held.push({ place: `${cluster}: Secret`, roots: fingerprintsOf(secret?.rootCert ?? '') });
    for (const { namespace, rootCert = '' } of await port.listNamespaceTrust(signal))
      held.push({ place: `${cluster}: namespace ${namespace}`, roots: fingerprintsOf(rootCert) });
    for (const { name, reading } of await port.listWorkloads(signal)) {
      const roots = reading.kind === 'read' ? fingerprintsOf(reading.rootCert) : [];
      held.push({ place: `${cluster}: workload ${name}`, roots });
    }
  }
  return held;
}

function fingerprintsOf(bundle: string): readonly string[] {
  const blocks = bundle.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((pem) => createHash('sha256').update(new X509Certificate(pem).raw).digest('hex'));
}

/** By the function that `reroot audit verify` goes by, from the first entry on. */
async function readJournal({ api }: ChaosFleet, signal: AbortSignal): Promise<readonly AuditEntry[] | Violation> {
  const check = createChainCheck();
  const entries: AuditEntry[] = [];
  try {
    for (;;) {
      const page = await api.readAudit({ after: entries.at(-1)?.seq ?? 0, limit: 1_000 }, signal);
      for (const chained of page.entries) check.take(chained);
      for (const head of page.heads) check.takeHead(head);
      if (page.entries.length === 0) {
        if (page.head !== undefined) check.takeHead(page.head);
        break;
      }
      entries.push(...page.entries.map(({ entry }) => entry));
    }
    check.finish();
  } catch (thrown) {
    return { invariant: 'journal-chain', message: errorMessage(thrown) };
  }
  return entries.filter(({ mesh }) => mesh === undefined || mesh === meshName);
}
