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
   * The highest number that was taken, of any kind, of the key by which an agent was heard last; 0 where it was not heard. An agent that was
   * started again with its clock set back numbers from below it, and is not listened to before it has been told so.
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

/** By one key: whoever had another one, and numbered ever so high with it, has no part in what the next one is told. */
interface Heard {
  readonly keyId: string;
  readonly highest: number;
}

/** Starts with nobody heard. */
export function createAgentSequences(): AgentSequences {
  const window = createSequenceWindow();
  const meshes = new Map<string, Map<string, Heard>>();
  return {
    take: ({ mesh, cluster, keyId, kind, sequence }) => {
      if (!window.accept(keyId, kind, sequence)) {
        const message = `${kind} ${sequence} of ${cluster} is not newer than the last one`;
        throw new RerootError('RR_PROTOCOL_REPLAYED', message);
      }
      const clusters = meshes.get(mesh) ?? new Map<string, Heard>();
      meshes.set(mesh, clusters);
      const before = clusters.get(cluster);
      const highest = before?.keyId === keyId ? Math.max(before.highest, sequence) : sequence;
      clusters.set(cluster, { keyId, highest });
    },
    highest: (mesh, cluster) => meshes.get(mesh)?.get(cluster)?.highest ?? 0,
  };
}
