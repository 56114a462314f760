import type { ErrorCode } from '../../errors/index.ts';
import { auditOperations } from './audit-operations.ts';
import { clusterOperations } from './cluster-operations.ts';
import { anywhere, ofAccess, ofBodies, ofKeys, ofLeader } from './error-groups.ts';
import { evidenceOperations } from './evidence-operations.ts';
import { meshOperations } from './mesh-operations.ts';
import { notificationOperations } from './notification-operations.ts';
import type { Operation } from './operation.ts';
import { rotationOperations } from './rotation-operations.ts';
import { serverOperations } from './server-operations.ts';

/** Every operation of the API by its id: the one table that routes, client, document and tests are made from. */
export const operations = {
  ...meshOperations,
  ...rotationOperations,
  ...evidenceOperations,
  ...auditOperations,
  ...clusterOperations,
  ...notificationOperations,
  ...serverOperations,
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationId = keyof typeof operations;

/** Every code that an operation may answer, sorted. */
export function errorsOf(operation: Operation): readonly ErrorCode[] {
  const { method, permission, request, tagged, errors } = operation;
  const conditional: readonly ErrorCode[] = tagged === true && method !== 'GET' ? ['RR_API_PRECONDITION'] : [];
  const codes = [
    ...anywhere,
    ...(permission === 'open' ? [] : ofAccess),
    ...(operation.answeredBy === 'leader' ? ofLeader : []),
    ...(request === undefined ? [] : ofBodies),
    ...conditional,
    ...errorsOfKey(operation),
    ...errors,
  ];
  return [...new Set<ErrorCode>(codes)].toSorted();
}

function errorsOfKey({ method, repeated }: Operation): readonly ErrorCode[] {
  if (method !== 'POST') return [];
  return repeated === 'anew' ? ['RR_API_IDEMPOTENCY_KEY_INVALID'] : ofKeys;
}
