import type { Problem } from '@reroot/shared/protocol';
import { type ClusterEvent, maxNoteBytes } from '../cluster/cluster-event.ts';

/** Something that happened in the cluster, to be told there. */
export interface Occurrence extends Pick<ClusterEvent, 'severity' | 'reason' | 'action' | 'note'> {
  /** The same for what is a repetition. */
  readonly key: string;
}

/** Takes what happened; never throws, never waits. */
export type TellEvent = (occurrence: Occurrence) => void;

/** What the agent does, as Events call it. docs/kubernetes.md says of each when it comes; a test holds the two together. */
export const acts = {
  TrustWritten: { severity: 'normal', action: 'WriteTrust' },
  TrustRestored: { severity: 'warning', action: 'WriteTrust' },
  IntermediateRenewed: { severity: 'normal', action: 'WriteTrust' },
  ProxiesNudged: { severity: 'normal', action: 'NudgeProxies' },
  ReplicaRestarted: { severity: 'normal', action: 'RestartReplica' },
  WorkloadsRestarted: { severity: 'normal', action: 'RestartWorkloads' },
  TrustProven: { severity: 'normal', action: 'ProveTrust' },
} as const satisfies Record<string, Pick<ClusterEvent, 'severity' | 'action'>>;

/** An act of the agent. */
export function actOf(reason: keyof typeof acts, note: string): Occurrence {
  return { ...acts[reason], reason, note: clipNote(note), key: `${reason} ${note}` };
}

/** A problem as it is reported: its code in CamelCase is the reason, so that RR_REPLICA_NOT_LOADED is `ReplicaNotLoaded`. */
export function problemEvent({ code, message, remedy }: Problem): Occurrence {
  const words = code.replace(/^RR_/, '').toLowerCase().split('_');
  const reason = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  const note = clipNote(`${code}: ${message}; remedy: ${remedy}`);
  // Counts ("2 of 12") change from pass to pass and make nothing else of it; names that end in a number do.
  const key = `${reason} ${message.replace(/(?<![^\s(])\d+(?![^\s),.;:])/g, '#')}`;
  return { severity: 'warning', reason, action: 'ReconcileTrust', note, key };
}

/** Cut to what Kubernetes takes, and never within a character. */
function clipNote(note: string): string {
  if (Buffer.byteLength(note) <= maxNoteBytes) return note;
  const end = '…';
  const cut = Buffer.from(note).subarray(0, maxNoteBytes - Buffer.byteLength(end));
  return cut.toString('utf8').replace(/\uFFFD+$/, '') + end;
}
