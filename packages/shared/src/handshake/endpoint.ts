import { constants } from 'node:crypto';
import { connect, createServer, type SecureContextOptions, type TLSSocket } from 'node:tls';
import { RerootError } from '../errors/index.ts';
import { type HandshakeFailure, type HandshakeProgress, type HandshakeRole, limits } from '../protocol/index.ts';
import type { Credential } from './credential.ts';
import { type JudgedPeer, judgePeer } from './judge-peer.ts';
import { MemoryStream } from './memory-stream.ts';

/** One end of one TLS handshake whose bytes are carried by somebody else. */
export interface Endpoint {
  /**
   * Takes in all that the other end has written so far; less than before changes nothing.
   * @returns how this end stands once it has done what it can
   * @throws RR_HANDSHAKE_CONTRADICTORY when it is not what was heard before and more
   */
  hear(heard: Uint8Array): Promise<HandshakeProgress>;
  close(): void;
}

/** What an end is made of. */
export interface EndpointOptions {
  readonly role: HandshakeRole;
  /** Of the handshake: what each end says to the other is good for this one alone. */
  readonly session: string;
  readonly credential: Credential;
  /** That the other end's SPIFFE identity must be of. */
  readonly trustDomain: string;
}

/** TLS 1.3 alone, and nothing of an earlier handshake: each verifies anew. */
export const tlsRules = {
  minVersion: 'TLSv1.3',
  maxVersion: 'TLSv1.3',
  secureOptions: constants.SSL_OP_NO_TICKET,
} as const satisfies SecureContextOptions;

const channelBytes = 32;
const channelLabel = 'EXPORTER-reroot-handshake';

/** How many turns of the event loop without anything new mean that TLS waits for the other end. It needs three at the most. */
const quietTurns = 8;

/**
 * Opens an end. A client begins at once.
 *
 * Node, as OpenSSL unless it is told otherwise, completes a handshake before the verdict on the certificate is looked at. So
 * an end that is through proves nothing yet: each looks at the verdict, and says to the other that it trusts it, over the
 * channel and with what was exported from it. An end that has heard that knows that it was accepted; a relay cannot make it up.
 * @throws RR_HANDSHAKE_CREDENTIAL when TLS cannot use the credential
 */
export function openEndpoint(options: EndpointOptions): Endpoint {
  const { role, session, credential } = options;
  const stream = new MemoryStream(limits.handshakeBytes);
  const standing = createStanding(options);
  let heardSoFar: Uint8Array = new Uint8Array();
  const follow = (socket: TLSSocket): void => {
    socket.on('error', standing.fail);
    standing.establish(socket);
  };
  startTls(options, stream, follow, standing.fail);
  return {
    hear: async (heard) => {
      const known = Math.min(heard.length, heardSoFar.length);
      if (Buffer.compare(heard.subarray(0, known), heardSoFar.subarray(0, known)) !== 0)
        throw new RerootError(
          'RR_HANDSHAKE_CONTRADICTORY',
          `what the ${other(role)} of ${session} wrote is not what it wrote before`,
        );
      if (heard.length > heardSoFar.length) {
        const fresh = heard.slice(heardSoFar.length);
        heardSoFar = heard.slice();
        if (!stream.destroyed) stream.feed(fresh);
      }
      await quiet(() => stream.writtenBytes + standing.changes());
      return {
        ...standing.describe(),
        heardBytes: heardSoFar.length,
        written: new Uint8Array(stream.written()),
        presented: credential.presented,
      };
    },
    close: () => stream.destroy(),
  };
}

function startTls(
  { role, credential }: EndpointOptions,
  stream: MemoryStream,
  onEstablished: (socket: TLSSocket) => void,
  onError: (error: NodeJS.ErrnoException) => void,
): void {
  const { privateKeyPem, chainPem, bundlePem } = credential;
  const context = { ...tlsRules, key: privateKeyPem, cert: chainPem, ca: bundlePem, rejectUnauthorized: false };
  stream.on('error', onError);
  try {
    if (role === 'client') {
      // The identity is a URI, and is judged with the rest.
      const socket = connect({ ...context, socket: stream, checkServerIdentity: () => undefined });
      socket.on('error', onError);
      socket.once('secureConnect', () => onEstablished(socket));
      return;
    }
    const server = createServer({ ...context, requestCert: true });
    server.on('tlsClientError', onError);
    server.on('secureConnection', onEstablished);
    server.emit('connection', stream);
  } catch (cause) {
    throw new RerootError('RR_HANDSHAKE_CREDENTIAL', 'TLS cannot use the certificates that the replica gave', { cause });
  }
}

/** What is known of the other end. */
type Standing = Pick<HandshakeProgress, 'state' | 'peerChain' | 'peerIdentity' | 'channel' | 'failure'>;

interface StandingKeeper {
  establish(socket: TLSSocket): void;
  readonly fail: (error: NodeJS.ErrnoException) => void;
  describe(): Standing;
  changes(): number;
}

function createStanding({ role, session, trustDomain }: EndpointOptions): StandingKeeper {
  let standing: Standing = { state: 'running', peerChain: [], peerIdentity: '', channel: '', failure: undefined };
  let changes = 0;
  const change = (next: Partial<Standing>): void => {
    standing = { ...standing, ...next };
    changes += 1;
  };
  const isOver = (): boolean => !['running', 'trusted'].includes(standing.state);
  const end = (state: 'refused' | 'failed', failure: HandshakeFailure): void => {
    if (!isOver()) change({ state, failure });
  };
  return {
    establish: (socket) => {
      const channel = socket.exportKeyingMaterial(channelBytes, channelLabel, Buffer.from(session)).toString('hex');
      const peer = judgeOrFail(socket, trustDomain);
      change({ channel, peerChain: peer.chain, peerIdentity: peer.identity });
      if (peer.verdict.kind !== 'trusted') {
        end(peer.verdict.kind === 'refused' ? 'refused' : 'failed', peer.verdict.failure);
        // What proves who this end is may wait to be sent: the other end is to come to its own verdict.
        socket.end();
        return;
      }
      change({ state: 'trusted' });
      awaitWord(socket, wordOf(other(role), channel), (verdict) => {
        if (verdict === 'right') change({ state: 'accepted' });
        else end('failed', { alert: 0, reason: 'WRONG_WORD' });
      });
      socket.write(wordOf(role, channel));
    },
    fail: ({ code, message }) => end('failed', { alert: 0, reason: (code ?? message).slice(0, limits.nameChars) }),
    describe: () => standing,
    changes: () => changes,
  };
}

function judgeOrFail(socket: TLSSocket, trustDomain: string): JudgedPeer {
  try {
    return judgePeer(socket, trustDomain);
  } catch {
    // TLS could read the certificate, and reroot cannot: that says nothing of trust.
    const failure = { alert: 0, reason: 'UNREADABLE_CERTIFICATE' };
    return { chain: [], identity: '', verdict: { kind: 'faulty', failure } };
  }
}

/** What an end says to the other once it trusts it. */
function wordOf(role: HandshakeRole, channel: string): string {
  return `reroot/v1 ${role} accepts ${channel}\n`;
}

function awaitWord(socket: TLSSocket, word: string, settle: (verdict: 'right' | 'wrong') => void): void {
  let said = '';
  socket.on('data', (bytes: Buffer) => {
    said += bytes.toString('latin1');
    if (!word.startsWith(said.slice(0, word.length)) || said.length > word.length) settle('wrong');
    else if (said === word) settle('right');
  });
}

function other(role: HandshakeRole): HandshakeRole {
  return role === 'client' ? 'server' : 'client';
}

/** Resolves when `progress` has not changed for some turns of the event loop. */
async function quiet(progress: () => number): Promise<void> {
  let last = progress();
  for (let idle = 0; idle < quietTurns; idle += 1) {
    await new Promise(setImmediate);
    const now = progress();
    if (now !== last) idle = 0;
    last = now;
  }
}
