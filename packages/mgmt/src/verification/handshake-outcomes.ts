import type { PresentedTrust } from '@reroot/shared/protocol';
import type { Evidence } from '../store/index.ts';
import type { HandshakeOutcome } from './handshake-conductor.ts';
import type {
  HandshakeEnd,
  NegativeProof,
  PathOutcome,
  PathToProbe,
  PresentedByBoth,
  Refusal,
  HandshakeOutcome as SpokenOutcome,
} from './handshakes/index.ts';

/** Where mgmt itself is one end of a handshake. */
export const mgmtEnd = 'mgmt';

/** The id of a handshake between two replicas. */
export function idOf(client: HandshakeEnd, server: HandshakeEnd): string {
  return `${client.cluster}/${client.replica}>${server.cluster}/${server.replica}`;
}

/** The id of the handshake with a leaf of an old root that a replica must refuse. */
export function idOfNegative(end: HandshakeEnd, root: string): string {
  return idOf({ cluster: mgmtEnd, replica: `root ${root}` }, end);
}

/** The id of a handshake through an address. */
export function idOfPath({ from, address, serverName }: PathToProbe): string {
  return `${from.cluster}>${address}/${serverName}`;
}

/** What a handshake between two clusters says, with what each end presented and trusted. */
export function betweenOutcome({ client, server, result, atMs, tookMs, tries }: SpokenOutcome): HandshakeOutcome {
  const names = { id: idOf(client, server), client: client.cluster, server: server.cluster };
  const evidence: Evidence = {
    ...{ clientReplica: client.replica, serverReplica: server.replica, at: timestamp(atMs), tookMs, tries },
    ...(result.kind === 'unavailable' ? { code: result.code } : presented(result)),
  };
  switch (result.kind) {
    case 'accepted':
      return { ...names, outcome: 'accepted', laggard: names.client, message: 'each end trusts the other', evidence };
    case 'refused': {
      const { message, by } = refusalText(result.refusals);
      const laggard = by === 'client' ? names.client : names.server;
      return { ...names, outcome: 'refused', laggard, message, evidence: { ...evidence, refusals: result.refusals } };
    }
    case 'unavailable':
      return { ...names, outcome: 'unavailable', laggard: names.client, message: result.message, evidence };
  }
}

/** What a handshake with a leaf of an old root says, together with its control. */
export function negativeOutcome({ cluster, replica, result, atMs }: NegativeProof, oldRoot: string): HandshakeOutcome {
  const names = { id: idOfNegative({ cluster, replica }, oldRoot), client: mgmtEnd, server: cluster };
  const of = { ...names, laggard: cluster };
  const seen = { serverReplica: replica, at: timestamp(atMs), oldRoot };
  switch (result.kind) {
    case 'proven': {
      const { message } = refusalText(result.refused.refusals);
      const evidence = { ...seen, refusals: result.refused.refusals, control: presented(result.control) };
      return { ...of, outcome: 'refused', message: `${message}; a leaf of the new root was accepted`, evidence };
    }
    case 'broken':
      return {
        ...of,
        outcome: 'accepted',
        message: 'a leaf of the old root was accepted',
        evidence: { ...seen, ...presented(result.accepted) },
      };
    case 'unproven':
      return { ...of, outcome: 'unavailable', message: result.message, evidence: { ...seen, code: result.code } };
    case 'impossible':
      return { ...of, outcome: 'impossible', message: result.message, evidence: { ...seen, code: result.code } };
  }
}

/** What a handshake through an address says. */
export function pathOutcome(outcome: PathOutcome): HandshakeOutcome {
  const { from, address, result } = outcome;
  const names = { id: idOfPath(outcome), client: from.cluster, server: address, laggard: from.cluster };
  if (result.kind === 'unavailable') {
    return { ...names, outcome: 'unavailable', message: result.message, evidence: { code: result.code } };
  }
  const { state, failure, peerChain, peerIdentity, refusedBy } = result;
  const evidence = { clientReplica: from.replica, peerChain, peerIdentity, failure, refusedBy };
  const why = failure?.reason ?? '';
  if (state === 'trusted') return { ...names, outcome: 'accepted', message: `it trusts ${peerIdentity}`, evidence };
  if (state === 'refused')
    return { ...names, outcome: 'refused', message: `refused by the ${refusedBy ?? 'agent'}: ${why}`, evidence };
  return { ...names, outcome: 'unavailable', message: `TLS broke off: ${why}`, evidence };
}

function presented({ client, server }: PresentedByBoth): Evidence {
  return { presentedByClient: trustText(client), presentedByServer: trustText(server) };
}

/** Fingerprints say all of it. */
function trustText({ chain, bundleSha256, roots }: PresentedTrust): Evidence {
  return { leaf: chain[0] ?? '', bundleSha256, roots };
}

function refusalText(refusals: readonly Refusal[]): { readonly message: string; readonly by: Refusal['by'] } {
  const [first] = refusals;
  const why = refusals.map(({ by, failure }) => `the ${by} refused it: ${failure.reason} (alert ${failure.alert})`);
  return { message: why.join('; '), by: first?.by ?? 'server' };
}

function timestamp(atMs: number): string {
  return new Date(atMs).toISOString();
}
