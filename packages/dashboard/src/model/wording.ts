import type { MeshStatus, State, Verdict } from '@reroot/shared/api';
import { durationText } from '@reroot/shared/api-browser';

/** A row of the table of rotations. */
export type Step = MeshStatus['step'];

/** Names of the states for people; the code stands beside them wherever one decides by it. */
export const stateNames: Readonly<Record<State, string>> = {
  NOT_ROTATING: 'At rest',
  PREVIOUS_CA: 'Back on the previous CA',
  ADDING_NEW_ROOT: 'Adding the new root',
  PROPAGATING_NEW_INTERMEDIATE: 'Propagating the new intermediate',
  DELETING_OLD_ROOT: 'Deleting the old root',
  VERIFYING: 'Verifying',
  VERIFIED: 'Verified',
  ROLLING_BACK: 'Rolling back',
  FINISHED: 'Finished',
  FAILED: 'Failed',
};

/** What clusters hold in a row, `[trusted roots | signing root]`, A the old root and B the new. */
export const rowTexts: Readonly<Record<Step, string>> = {
  PREVIOUS_CA: '[A | A]',
  ADDING_NEW_ROOT: '[A+B | A]',
  PROPAGATING_NEW_INTERMEDIATE: '[A+B | B]',
  DELETING_OLD_ROOT: '[B | B]',
};

/** The life of a certificate: `5 h`, `3 d`, `10.0 y`. */
export function lifetimeText(ms: number): string {
  const days = ms / 86_400_000;
  return days < 700 ? durationText(ms) : `${(days / 365.25).toFixed(1)} y`;
}

/** A span that is still growing, as people say it, without digits that flicker. */
export function ageText(since: string, nowMs: number): string {
  const ms = Math.max(0, nowMs - Date.parse(since));
  return ms < 10_000 ? `${Math.floor(ms / 1000)} s` : durationText(ms);
}

/** UTC, as logs have it: `14:03:07`. */
export function clockText(at: string | number): string {
  return isoOf(at).slice(11, 19);
}

/** `2030-01-31 14:03:07`, UTC. */
export function momentText(at: string | number): string {
  return isoOf(at).slice(0, 19).replace('T', ' ');
}

/** `2030-01-31`, UTC. */
export function dayText(at: string | number): string {
  return isoOf(at).slice(0, 10);
}

function isoOf(at: string | number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}

/** Enough of a fingerprint to tell a handful of roots apart. */
export function shortFingerprint(fingerprint: string): string {
  return fingerprint.slice(0, 12);
}

/** The sentence of a verdict, without what its place says already. The name of a cluster stays as it is. */
export function waitingFor({ message, laggards }: Pick<Verdict, 'message' | 'laggards'>): string {
  const text = message.replace(/^waiting: /, '');
  if (laggards.some(({ cluster }) => text.startsWith(cluster))) return text;
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** `1 cluster`, `3 clusters`. */
export function countText(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** The letter that a root has in a rotation: A the old one, B the new one; its fingerprint outside of it. */
export function rootLetter(fingerprint: string, { rotation, roots }: Pick<MeshStatus, 'rotation' | 'roots'>): string {
  if (fingerprint === rotation?.newRoot && rotation.newRoot !== rotation.oldRoot) return 'B';
  if (fingerprint === rotation?.oldRoot) return 'A';
  const known = roots.find((root) => root.fingerprint === fingerprint);
  return known?.role === 'current' && rotation === undefined ? 'A' : shortFingerprint(fingerprint);
}
