import { RerootError } from '@reroot/shared/errors';
import { createSequenceWindow, type Message } from '@reroot/shared/protocol';

/** How far agents have come with numbering what they say. Kept in memory alone: after a restart whatever comes first is taken. */
export interface AgentSequences {
  /**
   * Takes a message that is newer than every one of its kind that was taken of the same key.
   * @throws RR_PROTOCOL_REPLAYED for any other
   */
  take(message: NumberedMessage): void;
  /**
   * The highest number that was taken, of any kind, of the key by which an agent has spoken last under this name; 0 where it has not spoken, or
   * nothing was taken of that key. An agent that was started again with its clock set back numbers from below it, and is not listened to before
   * it has been told so.
   */
  highest(mesh: string, cluster: string): number;
}

/** What is known of a message once its signature is verified. */
export interface NumberedMessage {
  readonly mesh: string;
  readonly cluster: string;
  readonly keyId: string;
  readonly kind: Message['kind'];
  readonly sequence: number;
}

/** Starts with nobody heard. */
export function createAgentSequences(): AgentSequences {
  const window = createSequenceWindow();
  const highestOf = new Map<string, number>();
  /** Each mesh with its clusters, by the name that they went by: one that is renamed keeps its key. */
  const spokeLast = new Map<string, Map<string, string>>();
  return {
    take: ({ mesh, cluster, keyId, kind, sequence }) => {
      const keys = spokeLast.get(mesh) ?? new Map<string, string>();
      spokeLast.set(mesh, keys);
      // Before it is refused: who is told how far it has come is whoever was just not listened to.
      keys.set(cluster, keyId);
      if (!window.accept(keyId, kind, sequence)) {
        const message = `${kind} ${sequence} of ${cluster} is not newer than the last one`;
        throw new RerootError('RR_PROTOCOL_REPLAYED', message);
      }
      highestOf.set(keyId, Math.max(highestOf.get(keyId) ?? 0, sequence));
    },
    highest: (mesh, cluster) => highestOf.get(spokeLast.get(mesh)?.get(cluster) ?? '') ?? 0,
  };
}
