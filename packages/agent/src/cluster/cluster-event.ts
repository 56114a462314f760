/**
 * Something that whoever looks at the cluster itself should find there (`kubectl get events`). Happens it again, it is told under
 * the same `id`, with a higher count.
 */
export interface ClusterEvent {
  /** 20 lower-case hex digits, the same for each repetition. */
  readonly id: string;
  readonly severity: 'normal' | 'warning';
  /** CamelCase, up to 128 characters; what tools look for. */
  readonly reason: string;
  /** CamelCase: what the agent was about. */
  readonly action: string;
  /** For people, up to `maxNoteBytes`. */
  readonly note: string;
  /** How often so far. */
  readonly count: number;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
}

/** What Kubernetes takes as a note (NoteLengthLimit of pkg/apis/core/validation/events.go). */
export const maxNoteBytes = 1_024;
