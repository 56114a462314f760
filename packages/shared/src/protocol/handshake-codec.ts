import {
  malformed,
  readBytesOrNone,
  readCount,
  readEnum,
  readFilled,
  readFingerprint,
  readList,
  readShort,
  requirePart,
} from './field.ts';
import { reroot } from './generated/reroot.js';
import type {
  HandshakeFailure,
  HandshakeProgress,
  HandshakeTurn,
  PathProbe,
  PathProbeResult,
  PresentedTrust,
} from './handshake-message.ts';
import { limits } from './limits.ts';

const { HandshakeRole, HandshakeState, RefusingEnd } = reroot.v1;

const roles = { client: HandshakeRole.HANDSHAKE_ROLE_CLIENT, server: HandshakeRole.HANDSHAKE_ROLE_SERVER } as const;

const probeStates = {
  trusted: HandshakeState.HANDSHAKE_STATE_TRUSTED,
  refused: HandshakeState.HANDSHAKE_STATE_REFUSED,
  failed: HandshakeState.HANDSHAKE_STATE_FAILED,
} as const;

const states = {
  running: HandshakeState.HANDSHAKE_STATE_RUNNING,
  accepted: HandshakeState.HANDSHAKE_STATE_ACCEPTED,
  ...probeStates,
} as const;

const refusingEnds = {
  agent: RefusingEnd.REFUSING_END_AGENT,
  peer: RefusingEnd.REFUSING_END_PEER,
} as const;

/** An exported secret of 32 bytes in hex, or nothing. */
const channelForm = /^([0-9a-f]{64})?$/;

/** To the wire's form. */
export function writeHandshakeTurn({ role, ...turn }: HandshakeTurn): reroot.v1.HandshakeTurn.$Properties {
  return { ...turn, role: roles[role] };
}

/** From the wire's form. @throws RR_PROTOCOL_MALFORMED */
export function readHandshakeTurn(path: string, wire: reroot.v1.HandshakeTurn.$Properties): HandshakeTurn {
  return {
    session: readFilled(`${path}.session`, wire.session),
    group: readFilled(`${path}.group`, wire.group),
    role: readEnum(`${path}.role`, roles, wire.role),
    replica: readFilled(`${path}.replica`, wire.replica),
    trustDomain: readFilled(`${path}.trust_domain`, wire.trustDomain),
    heard: readBytesOrNone(`${path}.heard`, wire.heard, limits.handshakeBytes),
  };
}

/** To the wire's form. */
export function writeHandshakeProgress(progress: HandshakeProgress): reroot.v1.HandshakeProgress.$Properties {
  const { failure, state, presented, peerChain, ...rest } = progress;
  return {
    ...rest,
    state: states[state],
    presented: writePresented(presented),
    peerChain: [...peerChain],
    ...(failure === undefined ? {} : { failure: { ...failure } }),
  };
}

/** From the wire's form. @throws RR_PROTOCOL_MALFORMED */
export function readHandshakeProgress(path: string, wire: reroot.v1.HandshakeProgress.$Properties): HandshakeProgress {
  const channel = readShort(`${path}.channel`, wire.channel);
  if (!channelForm.test(channel)) throw malformed(`${path}.channel`, 'is not 32 bytes in lower-case hex');
  return {
    heardBytes: readCount(`${path}.heard_bytes`, wire.heardBytes),
    written: readBytesOrNone(`${path}.written`, wire.written, limits.handshakeBytes),
    state: readEnum(`${path}.state`, states, wire.state),
    presented: readPresented(`${path}.presented`, wire.presented),
    peerChain: readChain(`${path}.peer_chain`, wire.peerChain),
    peerIdentity: readShort(`${path}.peer_identity`, wire.peerIdentity),
    channel,
    failure: readFailure(`${path}.failure`, wire.failure),
  };
}

/** To the wire's form. */
export function writePathProbe(probe: PathProbe): reroot.v1.PathProbe.$Properties {
  return { ...probe };
}

/** From the wire's form. @throws RR_PROTOCOL_MALFORMED */
export function readPathProbe(path: string, wire: reroot.v1.PathProbe.$Properties): PathProbe {
  return {
    address: readFilled(`${path}.address`, wire.address),
    serverName: readShort(`${path}.server_name`, wire.serverName),
    group: readFilled(`${path}.group`, wire.group),
    replica: readFilled(`${path}.replica`, wire.replica),
    trustDomain: readFilled(`${path}.trust_domain`, wire.trustDomain),
  };
}

/** To the wire's form. */
export function writePathProbeResult(result: PathProbeResult): reroot.v1.PathProbeResult.$Properties {
  const { failure, state, presented, peerChain, peerIdentity, refusedBy } = result;
  return {
    state: probeStates[state],
    presented: writePresented(presented),
    peerChain: [...peerChain],
    peerIdentity,
    ...(refusedBy === undefined ? {} : { refusedBy: refusingEnds[refusedBy] }),
    ...(failure === undefined ? {} : { failure: { ...failure } }),
  };
}

/** From the wire's form. @throws RR_PROTOCOL_MALFORMED */
export function readPathProbeResult(path: string, wire: reroot.v1.PathProbeResult.$Properties): PathProbeResult {
  return {
    state: readEnum(`${path}.state`, probeStates, wire.state),
    presented: readPresented(`${path}.presented`, wire.presented),
    peerChain: readChain(`${path}.peer_chain`, wire.peerChain),
    peerIdentity: readShort(`${path}.peer_identity`, wire.peerIdentity),
    failure: readFailure(`${path}.failure`, wire.failure),
    refusedBy: (wire.refusedBy ?? 0) === 0 ? undefined : readEnum(`${path}.refused_by`, refusingEnds, wire.refusedBy),
  };
}

function writePresented({ chain, bundleSha256, roots }: PresentedTrust): reroot.v1.PresentedTrust.$Properties {
  return { chain: [...chain], bundleSha256, roots: [...roots] };
}

function readPresented(path: string, wire: reroot.v1.PresentedTrust.$Properties | null | undefined): PresentedTrust {
  const presented = requirePart(path, wire);
  return {
    chain: readChain(`${path}.chain`, presented.chain),
    bundleSha256: readFingerprint(`${path}.bundle_sha256`, presented.bundleSha256),
    roots: readList(`${path}.roots`, presented.roots, limits.presentedRoots, readFingerprint),
  };
}

function readChain(path: string, list: readonly string[] | null | undefined): string[] {
  return readList(path, list, limits.presentedChain, readFingerprint);
}

function readFailure(
  path: string,
  wire: reroot.v1.HandshakeFailure.$Properties | null | undefined,
): HandshakeFailure | undefined {
  if (wire === null || wire === undefined) return undefined;
  return { alert: readCount(`${path}.alert`, wire.alert), reason: readShort(`${path}.reason`, wire.reason) };
}
