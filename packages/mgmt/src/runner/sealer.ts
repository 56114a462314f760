import type { Clock } from '@reroot/shared/clock';
import { type Identity, type Message, sealMessage } from '@reroot/shared/protocol';
import type { SigningKeys } from '../fleet/index.ts';

/** Puts mgmt's words to clusters into signed envelopes. */
export interface Sealer {
  seal(letter: Letter): SealedLetter;
}

/** What is said to whom. */
export interface Letter {
  readonly mesh: string;
  readonly cluster: string;
  /** The one that it travels by, or the one that the request came by which it answers. */
  readonly subject: string;
  /** Of the row in force; 0 for what has nothing to do with the rotation. */
  readonly generation: number;
  readonly message: Message;
  /**
   * Which key signs: the newest that the agent has said to `accept`, as it is when this is left out, or the current one, for
   * who cannot have heard of another.
   */
  readonly key?: 'accepted' | 'current';
}

/** The payload, with what its envelope says. */
export interface SealedLetter {
  readonly payload: Uint8Array;
  readonly sequence: number;
  readonly sentAtMs: number;
}

/** What the sealer works with. */
export interface SealerOptions {
  readonly keys: SigningKeys;
  /** In every envelope. */
  readonly term: number;
  /** From `createSequence`: one for all that mgmt says. */
  readonly nextSequence: () => number;
  readonly clock: Clock;
}

/** Numbers all letters in one sequence, whichever key signs them. */
export function createSealer({ keys, term, nextSequence, clock }: SealerOptions): Sealer {
  return {
    seal: ({ mesh, cluster, subject, generation, message, key }) => {
      const identity: Identity = key === 'current' ? keys.current : keys.identityFor(mesh, cluster);
      const [sequence, sentAtMs] = [nextSequence(), clock.now()];
      const address = { mesh, cluster, term, generation };
      return { payload: sealMessage({ subject, address, message, identity, sequence, sentAtMs }), sequence, sentAtMs };
    },
  };
}
