import { createHash, X509Certificate } from 'node:crypto';
import type { MeshStatus } from '@reroot/shared/api';
import type { AuditEntry } from '@reroot/shared/audit';
import { createChainCheck } from '@reroot/shared/audit';
import { errorMessage } from '@reroot/shared/errors';
import { type ChaosFleet, meshName } from './chaos-fleet.ts';
import { clusterNames } from './fault.ts';
import { type HeldRoots, judgeHeld, judgeTransitions, type Violation } from './invariants.ts';

/** What must hold of a fleet that is at rest: trust is as the record says, and the journal is whole. */
export async function judgeAtRest(fleet: ChaosFleet, status: MeshStatus, signal: AbortSignal): Promise<readonly Violation[]> {
  const root = status.roots.find(({ role }) => role === 'current')?.fingerprint ?? 'no root';
  return [...judgeHeld(root, await readHeld(fleet, signal)), ...(await judgeJournal(fleet, signal))];
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
async function judgeJournal({ api }: ChaosFleet, signal: AbortSignal): Promise<readonly Violation[]> {
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
    return [{ invariant: 'journal-chain', message: errorMessage(thrown) }];
  }
  return judgeTransitions(entries.filter(({ mesh }) => mesh === undefined || mesh === meshName));
}
