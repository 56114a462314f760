import { readPublicKeys } from './credentials-codec.ts';
import { readCode, readCount, readFingerprint, readList, readName, readShort, readText } from './field.ts';
import type { reroot } from './generated/reroot.js';
import { limits } from './limits.ts';
import type { LinkState, LinkTerms, RefusalCount } from './message.ts';

/** To the wire's form. */
export function writeLinkTerms(terms: LinkTerms): reroot.v1.LinkTerms.$Properties {
  return { ...terms, mgmtPublicKeys: [...terms.mgmtPublicKeys] };
}

/** From the wire's form. @throws RR_PROTOCOL_MALFORMED */
export function readLinkTerms(wire: reroot.v1.LinkTerms.$Properties): LinkTerms {
  return {
    mgmtPublicKeys: readPublicKeys('link-terms.mgmt_public_keys', wire.mgmtPublicKeys),
    credentialsEpoch: readCount('link-terms.credentials_epoch', wire.credentialsEpoch),
    cluster: readName('link-terms.cluster', wire.cluster),
    natsJwt: readText('link-terms.nats_jwt', wire.natsJwt),
    mgmtVersion: readShort('link-terms.mgmt_version', wire.mgmtVersion),
    protocol: readCount('link-terms.protocol', wire.protocol),
    heardSequence: readCount('link-terms.heard_sequence', wire.heardSequence),
  };
}

/** To the wire's form. */
export function writeLinkState(state: LinkState): reroot.v1.LinkState.$Properties {
  return { ...state, mgmtKeys: [...state.mgmtKeys], refusals: state.refusals.map((refusal) => ({ ...refusal })) };
}

/** From the wire's form. @throws RR_PROTOCOL_MALFORMED */
export function readLinkState(wire: reroot.v1.LinkState.$Properties): LinkState {
  return {
    heardSequence: readCount('link-state.heard_sequence', wire.heardSequence),
    heardAtMs: readCount('link-state.heard_at_ms', wire.heardAtMs),
    agentVersion: readShort('link-state.agent_version', wire.agentVersion),
    protocol: readCount('link-state.protocol', wire.protocol),
    mgmtKeys: readList('link-state.mgmt_keys', wire.mgmtKeys, limits.publicKeys, readFingerprint),
    credentialsEpoch: readCount('link-state.credentials_epoch', wire.credentialsEpoch),
    connectedSinceMs: readCount('link-state.connected_since_ms', wire.connectedSinceMs),
    reconnects: readCount('link-state.reconnects', wire.reconnects),
    refusals: readList('link-state.refusals', wire.refusals, limits.refusals, readRefusal),
    natsJwtExpiresAtMs: readCount('link-state.nats_jwt_expires_at_ms', wire.natsJwtExpiresAtMs),
    clusterUid: readShort('link-state.cluster_uid', wire.clusterUid),
  };
}

function readRefusal(path: string, { reason, count }: reroot.v1.RefusalCount.$Properties): RefusalCount {
  return { reason: readCode(`${path}.reason`, reason), count: readCount(`${path}.count`, count) };
}
