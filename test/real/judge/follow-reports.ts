import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import { createNatsUser, openAccountSigner } from '@reroot/shared/nats-auth';
import { identityFromPem, keyringOf, openMessage, parseSubject, type Report, subjects } from '@reroot/shared/protocol';
import { type Bus, connectBus } from '@reroot/shared/transport';
import type { Fleet } from '@reroot/simulator/fleet-launcher';
import { z } from 'zod';
import { type Claim, claimedFacts } from './claims.ts';

/** Reports of a fleet's agents, as mgmt gets them. */
export interface ReportStream {
  /** All so far, in the order in which they came. */
  readonly claims: readonly Claim[];
  /** The last one of a cluster. */
  latest(cluster: string): Report | undefined;
  close(): Promise<void>;
}

/** What is read here of what an agent keeps of its link. */
const linkSchema = z.object({ held: z.object({ privateKeyPem: z.string() }) });

/** Listens to the bus beside mgmt, with the keys that the agents have. */
export async function followReports(fleet: Pick<Fleet, 'dir' | 'broken' | 'clusters' | 'natsSetup'>): Promise<ReportStream> {
  const keyring = keyringOf(await Promise.all(fleet.clusters.map((cluster) => publicKeyOf(fleet.dir, cluster))));
  const bus = await connectAsJudge(fleet);
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

async function publicKeyOf(dir: string, cluster: string): Promise<string> {
  const text = await readFile(join(dir, `${cluster}.link`, 'link.json'), 'utf8');
  return identityFromPem(linkSchema.parse(JSON.parse(text)).held.privateKeyPem).publicKeyPem;
}

/** As a user of its own, who may hear all reports. */
async function connectAsJudge({ natsSetup, broken }: Pick<Fleet, 'natsSetup' | 'broken'>): Promise<Bus> {
  const { url, caFile, account, signingKeyFile } = natsSetup;
  const { publicKey, seed } = createNatsUser();
  const signer = openAccountSigner(await readFile(signingKeyFile, 'utf8'), account);
  const permissions = { publish: [], subscribe: [subjects.all('report')] };
  const jwt = await signer.issueUser({ publicKey, name: 'judge', permissions });
  const caPem = await readFile(caFile, 'utf8');
  return connectBus({ servers: [url], name: 'judge', log: silentLog, signal: broken, caPem, credentials: { jwt, seed } });
}
