import { liveHeartbeatMs } from '@reroot/shared/api';

/** Bounds of the live stream: what a client may cost, and when it has gone. */
export interface LiveLimits {
  /** Clients in all, and of one sender. */
  readonly maxClients: number;
  readonly maxPerPrincipal: number;
  /** Handshakes of which it is not known yet whose they are: an issuer or Kubernetes may take its time. */
  readonly maxPending: number;
  /** Within which it must be known. */
  readonly admitWithinMs: number;
  /** Within which a client must have said hello. */
  readonly helloWithinMs: number;
  /** Least time between two states that clients are sent. */
  readonly minIntervalMs: number;
  /** How long the state is left alone after a look, in times of what the look took: a large state must not be all that mgmt does. */
  readonly restPerLook: number;
  /** How often the state is looked at when nobody says that it has changed: evidence ages. */
  readonly refreshMs: number;
  /** After how long without anything else a client is told that mgmt is there. */
  readonly heartbeatMs: number;
  /** Events of one message at most. */
  readonly eventsPerMessage: number;
  /** Of all messages that are on their way, those that several clients share counted once. */
  readonly maxHeldBytes: number;
  /** Within which the state must be there. */
  readonly snapshotWithinMs: number;
  /** What is handed to a socket at a time; the next piece waits until the system has taken this one. */
  readonly pieceBytes: number;
  /** How long a client may take to read one piece. */
  readonly readWithinMs: number;
  readonly pingEveryMs: number;
  readonly pongWithinMs: number;
  /** How often it is asked whether a client may still read. */
  readonly admitEveryMs: number;
  /** How often the bounds of a client are looked at. */
  readonly lookEveryMs: number;
  /** How long a client has to answer a close, before its socket is destroyed. */
  readonly closeWithinMs: number;
  /** Messages, pings and pongs that a client may send at once, and how many more each second. */
  readonly heard: { readonly burst: number; readonly perSecond: number };
  /** Bytes that a client may send between two looks: empty pieces of a message that never ends are no messages. */
  readonly maxHeardBytesPerLook: number;
}

/** Longest message of a client; RFC 6455 closes with 1009 beyond. */
export const maxHeardBytes = 1024;

/** Those of mgmt; docs/api-live.md lists them. */
export const defaultLiveLimits: LiveLimits = {
  maxClients: 500,
  maxPerPrincipal: 20,
  maxPending: 100,
  admitWithinMs: 10_000,
  helloWithinMs: 10_000,
  minIntervalMs: 250,
  restPerLook: 4,
  refreshMs: 1_000,
  heartbeatMs: liveHeartbeatMs,
  eventsPerMessage: 100,
  maxHeldBytes: 128 * 1024 * 1024,
  snapshotWithinMs: 10_000,
  pieceBytes: 64 * 1024,
  readWithinMs: 30_000,
  pingEveryMs: 15_000,
  pongWithinMs: 30_000,
  admitEveryMs: 60_000,
  lookEveryMs: 1_000,
  closeWithinMs: 2_000,
  heard: { burst: 20, perSecond: 2 },
  maxHeardBytesPerLook: 32 * 1024,
};
