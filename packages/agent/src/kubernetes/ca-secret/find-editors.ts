import type { ManagedFields } from '@reroot/kube-api';
import { fieldManager } from '../field-manager.ts';
import { filesDigestKey } from './annotations.ts';
import { digestData, type SecretObject } from './secret-object.ts';

/**
 * Who has changed the data since reroot wrote them, by the names of their field managers; `unknown` where the cluster does
 * not say, as after a key was taken out. Empty when the data are as they were written.
 */
export function findEditors(secret: SecretObject): readonly string[] {
  const { annotations, managedFields = [] } = secret.metadata;
  if (annotations?.[filesDigestKey] === digestData(secret.data)) return [];
  const ours = managedFields.filter(({ manager }) => manager === fieldManager).map(timeOf);
  const writtenAtMs = Math.max(0, ...ours);
  // Times are cut to whole seconds: an edit within the second of our write counts.
  const later = managedFields.filter(
    (entry) => entry.manager !== fieldManager && ownsData(entry) && timeOf(entry) >= writtenAtMs,
  );
  const names = [...new Set(later.map(({ manager = 'unknown' }) => manager))].sort();
  return names.length === 0 ? ['unknown'] : names;
}

function timeOf({ time = '' }: ManagedFields): number {
  const ms = Date.parse(time);
  return Number.isNaN(ms) ? 0 : ms;
}

function ownsData({ fieldsV1 }: ManagedFields): boolean {
  return typeof fieldsV1 === 'object' && fieldsV1 !== null && 'f:data' in fieldsV1;
}
