import { type IncomingMessage, request as requestOverHttp } from 'node:http';
import { request as requestOverTls } from 'node:https';
import { text } from 'node:stream/consumers';
import type { Clock } from '@reroot/shared/clock';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import type { Identity } from '@reroot/shared/protocol';
import { activeSpan, writeTraceparent } from '@reroot/shared/tracing';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Principal } from '../access/principal.ts';
import { actingHeaders, type HandedRequest, handOverHeader, signHandOver } from './hand-over.ts';

/** Where the leader answers. */
export interface LeaderAddress {
  /** Its tenure, which what is handed over is for. */
  readonly tenure: string;
  readonly address: string;
}

/** What handing over works with. */
export interface ForwardOptions {
  /** That mgmt signs with: all replicas have it. */
  readonly identity: Identity;
  /** Of this replica. */
  readonly me: string;
  /** `here`: this replica leads by now. Undefined while nobody leads. */
  readonly leader: () => LeaderAddress | 'here' | undefined;
  /** Who has signed the certificates of the replicas' API; the usual CAs when it is left out. */
  readonly caPem: string | undefined;
  /** The name in them; the host of the address when it is left out. */
  readonly serverName: string | undefined;
  /** How long a leader is waited for: somebody leads again before that. */
  readonly waitForLeaderMs: number;
  readonly clock: Clock;
  /** Told of each request that was handed over, and how that came out. */
  readonly onForwarded: (outcome: ForwardOutcome) => void;
  readonly signal: AbortSignal;
}

/** `answered` whatever the answer says. */
export type ForwardOutcome = 'answered' | 'no-leader' | 'unreachable' | 'lost';

/** Has the leader answer a request, for whoever has sent it; `here` when this replica has come to lead meanwhile. */
export type Forward = (request: FastifyRequest, reply: FastifyReply, principal: Principal) => Promise<'passed' | 'here'>;

/** What was answered: by the leader, or by one that leads no longer and has done nothing since. */
interface LeaderAnswer {
  readonly from: 'leader' | 'no-leader';
  readonly head: IncomingMessage;
  readonly body: IncomingMessage | string;
}

/** Longer than any act takes: a root of Vault may be asked for. */
const answerWithinMs = 120_000;
const connectWithinMs = 3_000;
/** Between two tries to reach a leader that may be another one by then. */
const pauseMs = 250;

/** What of an answer goes to whoever asked; the rest is this replica's own. */
const passedHeaders = ['content-type', 'etag', 'link', 'retry-after', 'idempotency-replayed', 'www-authenticate'] as const;

/** @throws RR_LEADER_NONE, RR_LEADER_UNREACHABLE, RR_LEADER_LOST */
export function createForward(options: ForwardOptions): Forward {
  const { clock, onForwarded, waitForLeaderMs, signal } = options;
  return async (request, reply, principal) => {
    const handed = handedOf(request);
    const untilMs = clock.now() + waitForLeaderMs;
    for (;;) {
      const leader = options.leader();
      if (leader === 'here') return leader;
      const isTime = (): boolean => clock.now() + pauseMs < untilMs && !signal.aborted;
      try {
        const answer = await askLeader(leader, handed, { principal, requestId: request.id }, options);
        if (!(answer.from === 'no-leader' && isRepeatable(handed) && isTime())) {
          onForwarded('answered');
          passOn(answer, reply);
          return 'passed';
        }
      } catch (error) {
        const mayAgain = error instanceof RerootError && (error.code !== 'RR_LEADER_LOST' || isRepeatable(handed));
        if (!mayAgain || !isTime()) {
          onForwarded(outcomeOf(error));
          throw error;
        }
      }
      await clock.sleep(pauseMs, signal).catch(() => undefined);
    }
  };
}

function handedOf({ method, url, headers, body }: FastifyRequest): HandedRequest {
  const along = Object.fromEntries(
    actingHeaders.flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
  return { method, url, headers: along, body: typeof body === 'string' ? body : '' };
}

/** What comes to the same when it is done twice: reads, what has a key, and what says how a mesh shall be. */
function isRepeatable({ method, headers }: HandedRequest): boolean {
  if (method === 'POST') return headers['idempotency-key'] !== undefined;
  return method !== 'PUT' || (headers['if-match'] === undefined && headers['if-none-match'] === undefined);
}

async function askLeader(
  leader: LeaderAddress | undefined,
  handed: HandedRequest,
  about: { readonly principal: Principal; readonly requestId: string },
  options: ForwardOptions,
): Promise<LeaderAnswer> {
  const { identity, me, clock } = options;
  if (leader === undefined || leader.address === '') throw new RerootError('RR_LEADER_NONE', 'no replica leads now');
  const header = signHandOver(handed, { ...about, to: leader.tenure, from: me }, { identity, nowMs: clock.now() });
  const span = activeSpan();
  const headers = {
    ...handed.headers,
    [handOverHeader]: header,
    ...(span === undefined ? {} : { traceparent: writeTraceparent(span) }),
  };
  const over = new AbortController();
  try {
    const given = await send(leader, { ...handed, headers }, { ...options, gone: untilGone(leader, options, over.signal) });
    return given.statusCode === 503 ? await readRefusal(leader, given) : { from: 'leader', head: given, body: given };
  } finally {
    over.abort();
  }
}

/**
 * Aborts when another one leads, or nobody has for as long as a failover takes: a leader that stands still keeps its connections, and may
 * not answer for hours. A replica that merely cannot see who leads waits on: the answer may be under way.
 */
function untilGone(
  { tenure }: LeaderAddress,
  { leader, clock, waitForLeaderMs }: ForwardOptions,
  over: AbortSignal,
): AbortSignal {
  const gone = new AbortController();
  const watch = async (): Promise<void> => {
    for (let seenAtMs = clock.now(); !gone.signal.aborted; ) {
      await clock.sleep(pauseMs, over);
      const now = leader();
      if (now === 'here' || (now !== undefined && now.tenure !== tenure)) gone.abort(new Error('another replica leads'));
      else if (now !== undefined) seenAtMs = clock.now();
      else if (clock.now() - seenAtMs >= waitForLeaderMs) gone.abort(new Error('nobody leads any more'));
    }
  };
  // It ends by its signal alone.
  void watch().catch(() => undefined);
  return gone.signal;
}

/** An answer that says no more than that a replica leads no longer is not the leader's. @throws RR_LEADER_LOST */
async function readRefusal(leader: LeaderAddress, head: IncomingMessage): Promise<LeaderAnswer> {
  try {
    const body = await text(head);
    return { from: codeOf(body) === 'RR_LEADERSHIP_LOST' ? 'no-leader' : 'leader', head, body };
  } catch (cause) {
    throw lost(leader, cause);
  }
}

function codeOf(body: string): unknown {
  try {
    const problem: unknown = JSON.parse(body);
    return typeof problem === 'object' && problem !== null ? Reflect.get(problem, 'code') : undefined;
  } catch {
    return undefined;
  }
}

/** A connection of its own: of one that was used before nobody knows whether the leader has read what comes last. */
function send(
  leader: LeaderAddress,
  { method, url, headers, body }: HandedRequest,
  options: ForwardOptions & { readonly gone: AbortSignal },
): Promise<IncomingMessage> {
  const { caPem, serverName, signal, gone } = options;
  const target = new URL(url, leader.address);
  const isTls = target.protocol === 'https:';
  return new Promise((resolve, reject) => {
    let sent = false;
    const asked = (isTls ? requestOverTls : requestOverHttp)(target, {
      ...{ method, agent: false, signal: AbortSignal.any([signal, AbortSignal.timeout(answerWithinMs)]) },
      headers: { ...(headers as Record<string, string>), 'content-length': Buffer.byteLength(body) },
      ...(caPem === undefined ? {} : { ca: caPem }),
      ...(serverName === undefined ? {} : { servername: serverName }),
    });
    const late = setTimeout(() => asked.destroy(new Error(`no connection within ${connectWithinMs} ms`)), connectWithinMs);
    asked.on('socket', (socket) =>
      socket.once(isTls ? 'secureConnect' : 'connect', () => {
        clearTimeout(late);
        sent = true;
        asked.end(body);
      }),
    );
    gone.addEventListener('abort', () => asked.destroy(gone.reason as Error), { once: true });
    asked.once('response', resolve);
    asked.once('error', (cause) => {
      clearTimeout(late);
      reject(sent ? lost(leader, cause) : unreachable(leader, cause));
    });
  });
}

function passOn({ head, body }: LeaderAnswer, reply: FastifyReply): void {
  for (const name of passedHeaders) {
    const value = head.headers[name];
    if (value !== undefined) reply.header(name, value);
  }
  void reply.code(head.statusCode ?? 502).send(body);
}

function unreachable({ address }: LeaderAddress, cause: unknown): RerootError {
  return new RerootError('RR_LEADER_UNREACHABLE', `the leader cannot be reached: ${errorMessage(cause)}`, {
    place: address,
    cause,
  });
}

function lost({ address }: LeaderAddress, cause: unknown): RerootError {
  return new RerootError('RR_LEADER_LOST', `the leader did not answer: ${errorMessage(cause)}`, { place: address, cause });
}

function outcomeOf(error: unknown): ForwardOutcome {
  if (!(error instanceof RerootError)) return 'lost';
  if (error.code === 'RR_LEADER_NONE') return 'no-leader';
  return error.code === 'RR_LEADER_UNREACHABLE' ? 'unreachable' : 'lost';
}
