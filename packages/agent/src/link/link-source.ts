import type { Bus } from '@reroot/shared/transport';
import type { Membership } from './membership.ts';

/** Where an agent's link comes from: from its configuration, or from what it keeps since it joined. */
export interface LinkSource {
  /**
   * The link of this moment; to be asked again each time one has ended.
   * @throws what cannot come right by waiting; the signal's reason
   */
  next(signal: AbortSignal): Promise<SourcedLink>;
  close(): Promise<void>;
}

/** A link to be opened. */
export interface SourcedLink {
  readonly membership: Membership;
  /** @throws RR_NATS_*; the signal's reason */
  connect(signal: AbortSignal): Promise<Bus>;
  /** Aborts when the link is over although nobody has asked for that; `outcome` says why. */
  readonly ended: AbortSignal;
  /** @throws why there is no further link, when there is none */
  outcome(): void;
}
