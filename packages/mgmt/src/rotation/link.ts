import type { LinkState } from '@reroot/shared/protocol';

/** What is known of the link to a cluster's agent, whatever it reports. */
export interface LinkFacts {
  readonly access: LinkAccess;
  /** The agent's newest answer; undefined before its first one since mgmt began to listen. */
  readonly answer: LinkAnswer | undefined;
}

/** Whether a cluster may speak to mgmt. */
export type LinkAccess =
  | { readonly kind: 'granted' }
  /** No agent has enrolled for it yet. */
  | { readonly kind: 'awaited' }
  | { readonly kind: 'revoked'; readonly by: string; readonly why: string };

/** How an agent has answered. */
export interface LinkAnswer {
  /** When mgmt heard the agent last, by this or by a later report, by mgmt's clock. */
  readonly heardAtMs: number;
  readonly timing: LinkTiming;
  readonly state: LinkState;
}

/** What the times of a question and its answer tell. */
export interface LinkTiming {
  /** From mgmt to the agent and back, without the time that the agent took. */
  readonly roundTripMs: number;
  /** How far the agent's clock is ahead of mgmt's; negative when it is behind. Off by half the round trip at the most. */
  readonly clockOffsetMs: number;
}

/** The links of a mesh, by cluster. A view: what is heard later shows in it. */
export type Links = Pick<ReadonlyMap<string, LinkFacts>, 'get'>;

/** Nothing is known of any link. */
export const noLinks: Links = new Map();

/** Whether the agent has answered lately enough to be called connected. */
export function isAnswering(answer: LinkAnswer | undefined, silentAfterMs: number, nowMs: number): boolean {
  return answer !== undefined && nowMs - answer.heardAtMs <= silentAfterMs;
}
