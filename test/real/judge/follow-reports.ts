import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import { keyringOf, openMessage, parseSubject, type Report, subjects } from '@reroot/shared/protocol';
import { connectBus } from '@reroot/shared/transport';
import type { Fleet } from '@reroot/simulator/fleet-launcher';
import { type Claim, claimedFacts } from './claims.ts';

/** Reports of a fleet's agents, as mgmt gets them. */
export interface ReportStream {
  /** All so far, in the order in which they came. */
  readonly claims: readonly Claim[];
  /** The last one of a cluster. */
  latest(cluster: string): Report | undefined;
  close(): Promise<void>;
}

interface MgmtConfig {
  readonly nats: { readonly servers: readonly string[] };
  readonly clusters: Readonly<Record<string, { readonly publicKey: string }>>;
}

/** Listens to the bus beside mgmt, with the keys that mgmt was given. */
export async function followReports({ dir, broken }: Pick<Fleet, 'dir' | 'broken'>): Promise<ReportStream> {
  const { nats, clusters } = JSON.parse(await readFile(join(dir, 'mgmt.json'), 'utf8')) as MgmtConfig;
  const keyring = keyringOf(Object.values(clusters).map(({ publicKey }) => publicKey));
  const bus = await connectBus({ servers: nats.servers, name: 'judge', log: silentLog, signal: broken });
  const claims: Claim[] = [];
  const reports = new Map<string, Report>();
  bus.subscribe(subjects.all('report'), ({ subject, payload }) => {
    const { cluster } = parseSubject(subject);
    const report = openMessage({ subject, payload, keyring, expect: 'report' }).message.body;
    reports.set(cluster, report);
    claims.push({ cluster, takenAtMs: report.takenAtMs, receivedAtMs: systemClock.now(), facts: claimedFacts(report) });
  });
  await bus.flush();
  return { claims, latest: (cluster) => reports.get(cluster), close: () => bus.close() };
}
