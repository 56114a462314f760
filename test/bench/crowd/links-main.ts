import { createConfiguredMembership, createRefusalCounter, type Link, openLink } from '@reroot/agent/testing-link';
import { systemClock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import { sha256Hex } from '@reroot/shared/pki';
import { createSequence, generateIdentity, type Holding, inboxPrefix, type Report } from '@reroot/shared/protocol';
import { connectBus } from '@reroot/shared/transport';
import type { AgentPart, Connect, Expected, Member } from './orders.ts';
import { forEachOf, takeOrders } from './take-orders.ts';

/** The bus ends of many agents in one process: each with a connection, keys and subscriptions of its own, as agents have them. */

const connectTogether = 32;
/** As in the agent. */
const reportSpreadMs = 2_000;
const nothing = { term: 0, generation: 0, rowDigest: '' };

interface Open {
  readonly link: Link;
  readonly report: AgentPart['report'];
}

const open = new Map<Link, Open>();
let expected: { readonly what: Expected; readonly done: () => void } | undefined;

async function openOne(member: Member, { url, mesh, agent }: Connect): Promise<string> {
  if (agent === undefined) throw new Error('a link is the end of an agent, and is given what that needs');
  const { mgmtPublicKey, report } = agent;
  const { cluster } = member;
  const { identity, publicKeyPem } = generateIdentity();
  const inbox = { inboxPrefix: inboxPrefix(mesh, cluster), connectTimeoutMs: 30_000 };
  const bus = await connectBus({ servers: [url], name: `reroot-agent ${cluster}`, log: silentLog, ...inbox });
  const membership = createConfiguredMembership({ mesh, cluster, identity, mgmtPublicKeys: [mgmtPublicKey] });
  const link = openLink({
    ...{ membership, bus, requestTimeoutMs: 10_000, clock: systemClock, log: silentLog, reconnectsBefore: 0 },
    sequence: createSequence(systemClock),
    ...{ refusals: createRefusalCounter(silentLog), accepted: () => nothing, clusterUid: () => cluster },
    onTrust: () => heard(link),
  });
  let isFirst = true;
  bus.onStatus((status) => {
    if (status === 'connected' && !isFirst) stoodAgain(link);
    isFirst = false;
  });
  await bus.flush();
  open.set(link, { link, report: reportOf(report, member) });
  return publicKeyPem;
}

function heard(link: Link): void {
  if (expected === undefined) return;
  const { what, done } = expected;
  if (what.kind === 'generation' && link.desired()?.generation === what.generation) done();
  // As an agent does after whatever mgmt says.
  if (what.kind === 'reconnected') say(open.get(link));
}

/** An agent waits for a moment of its own before it reports. */
function stoodAgain(link: Link): void {
  if (expected?.what.kind !== 'reconnected') return;
  expected.done();
  setTimeout(() => say(open.get(link)), Math.random() * reportSpreadMs);
}

/** Each cluster has an intermediate of its own. */
function reportOf(report: AgentPart['report'], { signer, cluster }: Member): AgentPart['report'] {
  const signerChain = [sha256Hex(signer)];
  const withSigner = <T extends { readonly holding: Holding | undefined }>(place: T): T =>
    place.holding === undefined ? place : { ...place, holding: { ...place.holding, signerChain } };
  return {
    ...report,
    clusterUid: cluster,
    certificates: [...report.certificates, signer],
    written: report.written === undefined ? undefined : { ...report.written, signerChain },
    replicas: report.replicas.map((replica) =>
      replica.result.kind === 'holding' ? { ...replica, result: withSigner(replica.result) } : replica,
    ),
    workloads: report.workloads?.map(withSigner),
  };
}

function say(each: Open | undefined): void {
  if (each === undefined) return;
  const { link, report } = each;
  const { term, generation } = link.desired() ?? nothing;
  const full: Report = { ...report, appliedTerm: term, appliedGeneration: generation, takenAtMs: Date.now() };
  link.publishReport(full);
}

takeOrders({
  connect: async (connect) => {
    const publicKeys = new Map<string, string>();
    await forEachOf(connect.links, connectTogether, async (member) => {
      publicKeys.set(member.cluster, await openOne(member, connect));
    });
    return publicKeys;
  },
  expect: (what, done) => {
    expected = { what, done };
  },
  speak: () => {
    for (const each of open.values()) say(each);
  },
});
