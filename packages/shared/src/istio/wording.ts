import { type Certificate, inline, type PemItem } from '../pki/index.ts';
import type { PemFile } from './ca-set.ts';

/** A certificate in a sentence: its subject and the first digits of its fingerprint. */
export function nameOf({ subject, fingerprint }: Pick<Certificate, 'subject' | 'fingerprint'>): string {
  return `${inline(subject)} (${fingerprint.slice(0, 12)})`;
}

/** Where a block stands. */
export function placeOf({ name }: Pick<PemFile, 'name'>, { position, line }: Pick<PemItem, 'position' | 'line'>): string {
  return `${name}, block ${position}, line ${line}`;
}

/** A moment in UTC, without fractions of a second. */
export function momentText(atMs: number): string {
  return new Date(atMs).toISOString().replace(/\.\d+Z$/, 'Z');
}
