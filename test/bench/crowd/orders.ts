import type { Report } from '@reroot/shared/protocol';

/** What a process of a crowd is asked to do; it answers each with one `Answer`, when it is done. */
export type Order =
  /** Connects; answers when all links stand. */
  | ({ readonly do: 'connect' } & Connect)
  /** Says what is to come; what came before does not count. */
  | { readonly do: 'expect'; readonly what: Expected }
  /** Answers when every link has what is expected. */
  | { readonly do: 'await' }
  /** Every link says something to mgmt, at once; of so many bytes where it is a bare one. */
  | { readonly do: 'speak'; readonly bytes: number }
  | { readonly do: 'usage' };

export interface Connect {
  readonly url: string;
  readonly mesh: string;
  readonly links: readonly Member[];
  /** What the ends of agents are given besides; bare ones have no use for it. */
  readonly agent?: AgentPart;
}

/** What makes a link the end of an agent. */
export interface AgentPart {
  readonly mgmtPublicKey: string;
  /** What each says; its own signer is put into it. */
  readonly report: Omit<Report, 'appliedTerm' | 'appliedGeneration' | 'takenAtMs'>;
}

/** A cluster of the crowd, with the certificate of its intermediate in DER. */
export interface Member {
  readonly cluster: string;
  readonly signer: Uint8Array;
}

/** What every link is to come to. */
export type Expected =
  /** To hold desired trust of this generation, its signature verified. */
  | { readonly kind: 'generation'; readonly generation: number }
  /** To have got one more message, and to have done so much with it. */
  | { readonly kind: 'message'; readonly work: BareWork; readonly answerBytes?: number }
  /** To be connected again, after all were lost; from then on it reports as an agent does. */
  | { readonly kind: 'reconnected' };

/**
 * What a bare subscriber does with a message: count it, verify one Ed25519 signature over as many bytes first, or answer it with
 * `answerBytes`.
 */
export type BareWork = 'none' | 'one-verification' | 'answer';

/** An order on its way, and the answer on its way back. */
export interface Sent {
  readonly id: number;
  readonly order: Order;
}

/** What it was answered with. */
export interface Answer {
  /** Of the order. */
  readonly id: number;
  /** Of `connect`: public keys by cluster, SPKI in PEM. */
  readonly publicKeys?: ReadonlyMap<string, string>;
  readonly usage?: Usage;
  /** Of `await`: when each link came to it, on `nowMs`. */
  readonly momentsMs?: readonly number[];
  /** Why it could not be done. */
  readonly failure?: string;
}

/** What the process has taken since its start. */
export interface Usage {
  readonly cpuMs: number;
  readonly rssMiB: number;
}

/** Milliseconds on the machine's monotonic clock, which all of its processes share. */
export function nowMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** Of this process. */
export function usageOfThis(): Usage {
  const { user, system } = process.cpuUsage();
  return { cpuMs: (user + system) / 1_000, rssMiB: process.memoryUsage.rss() / 2 ** 20 };
}
