/** What people may be told of. */
export const notificationKinds = ['state', 'approval', 'failure', 'alarm', 'drift', 'verification', 'test'] as const;

/** `test` is asked for, and cannot be chosen. */
export type NotificationKind = (typeof notificationKinds)[number];

/** One thing that people are told. */
export interface Notification {
  /** The same whenever it is sent: receivers leave out what they have by it. */
  readonly id: string;
  readonly kind: NotificationKind;
  readonly severity: 'info' | 'warning' | 'critical';
  readonly mesh: string;
  readonly atMs: number;
  /** Half a sentence. */
  readonly title: string;
  /** A sentence or two. */
  readonly message: string;
  /** A state, or a reason of alarms and gates. */
  readonly reason: string;
  readonly rotation: string | undefined;
  readonly step: string | undefined;
  readonly generation: number | undefined;
  /** Of several with one topic the newest says it all. */
  readonly topic: string;
}
