import { connect, type TLSSocket } from 'node:tls';
import type { Clock } from '@reroot/shared/clock';
import { type Credential, judgePeer, type PeerVerdict, receivedAlert, tlsRules } from '@reroot/shared/handshake';
import type { PathProbe, PathProbeResult } from '@reroot/shared/protocol';
import type { DialAddress } from './allowed-address.ts';

/**
 * How long a server has to say that it does not take the agent's certificate: in TLS 1.3 a client is through before the
 * server has looked at it.
 */
const alertWithinMs = 1_000;

/**
 * Makes one handshake of TLS 1.3 with whoever answers at an address, and sends nothing over it.
 * @returns never rejects but with the signal's reason
 */
export async function probePath(
  { host, port }: DialAddress,
  credential: Credential,
  { serverName, trustDomain }: Pick<PathProbe, 'serverName' | 'trustDomain'>,
  clock: Clock,
  signal: AbortSignal,
): Promise<PathProbeResult> {
  signal.throwIfAborted();
  const { privateKeyPem, chainPem, bundlePem, presented } = credential;
  const socket = connect({
    ...{ ...tlsRules, host, port, key: privateKeyPem, cert: chainPem, ca: bundlePem },
    ...(serverName === '' ? {} : { servername: serverName }),
    // A gateway of Istio proves a SPIFFE identity, and no name of a host.
    ...{ rejectUnauthorized: false, checkServerIdentity: () => undefined },
  });
  const over = new AbortController();
  const stop = (): void => {
    socket.destroy(signal.reason instanceof Error ? signal.reason : undefined);
  };
  signal.addEventListener('abort', stop);
  try {
    const result = await observe(socket, trustDomain, clock, over.signal);
    signal.throwIfAborted();
    return { ...result, presented };
  } finally {
    signal.removeEventListener('abort', stop);
    over.abort();
    socket.destroy();
  }
}

type Seen = Omit<PathProbeResult, 'presented'>;

const nobody: Pick<Seen, 'peerChain' | 'peerIdentity'> = { peerChain: [], peerIdentity: '' };

function observe(socket: TLSSocket, trustDomain: string, clock: Clock, over: AbortSignal): Promise<Seen> {
  const { promise, resolve } = Promise.withResolvers<Seen>();
  let peer = nobody;
  socket.on('error', ({ code = 'UNKNOWN' }: NodeJS.ErrnoException) => {
    const alert = receivedAlert(code);
    const failure = { alert: alert ?? 0, reason: code };
    resolve({ ...peer, failure, ...(alert === undefined ? failed : { state: 'refused', refusedBy: 'peer' }) });
  });
  socket.once('close', () => resolve({ ...peer, ...failed, failure: { alert: 0, reason: 'CLOSED' } }));
  socket.once('secureConnect', () => {
    const { chain, identity, verdict } = judgePeer(socket, trustDomain);
    peer = { peerChain: chain, peerIdentity: identity };
    if (verdict.kind !== 'trusted') resolve({ ...peer, ...stateOf(verdict) });
    const trusted: Seen = { ...peer, state: 'trusted', failure: undefined, refusedBy: undefined };
    // Data of the server says the same sooner: it has taken the certificate.
    socket.once('data', () => resolve(trusted));
    clock.sleep(alertWithinMs, over).then(
      () => resolve(trusted),
      () => undefined,
    );
  });
  return promise;
}

const failed = { state: 'failed', refusedBy: undefined } as const;

function stateOf(verdict: Exclude<PeerVerdict, { kind: 'trusted' }>): Pick<Seen, 'state' | 'failure' | 'refusedBy'> {
  const { kind, failure } = verdict;
  return kind === 'refused' ? { state: 'refused', failure, refusedBy: 'agent' } : { ...failed, failure };
}
