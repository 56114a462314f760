import type { ErrorCode } from '../../errors/index.ts';

/** Of whatever is asked over HTTP. */
export const anywhere = [
  'RR_API_BODY_MALFORMED',
  'RR_API_REQUEST_TIMEOUT',
  'RR_API_HEADERS_TOO_LARGE',
  'RR_INTERNAL',
] as const satisfies readonly ErrorCode[];

/** Of what is not open to everybody. */
export const ofAccess = [
  'RR_API_UNAUTHORIZED',
  'RR_API_FORBIDDEN',
  'RR_API_ORIGIN_REFUSED',
  'RR_API_HOST_REFUSED',
  'RR_API_RATE_LIMITED',
  'RR_API_ACCESS_UNAVAILABLE',
  'RR_API_QUERY_INVALID',
] as const satisfies readonly ErrorCode[];

/** Of what takes a body. */
export const ofBodies = [
  'RR_API_MEDIA_TYPE',
  'RR_API_BODY_INVALID',
  'RR_API_BODY_TOO_LARGE',
] as const satisfies readonly ErrorCode[];

/** Of what may be sent again with the key that it had. */
export const ofKeys = [
  'RR_API_IDEMPOTENCY_KEY_INVALID',
  'RR_API_IDEMPOTENCY_KEY_REUSED',
  'RR_API_IDEMPOTENCY_UNDER_WAY',
  'RR_API_IDEMPOTENCY_OUTCOME_UNKNOWN',
  'RR_API_IDEMPOTENCY_ANSWER_NOT_KEPT',
] as const satisfies readonly ErrorCode[];

/** Of paths that name a mesh, and of what is read of it. */
export const ofMeshes = [
  'RR_NAME_INVALID',
  'RR_MESH_NOT_FOUND',
  'RR_STORE_FAILED',
  'RR_STORE_CORRUPT',
] as const satisfies readonly ErrorCode[];

/** Of what the leader answers, where there are several replicas. */
export const ofLeader = [
  ...(['RR_LEADER_NONE', 'RR_LEADER_UNREACHABLE', 'RR_LEADER_LOST', 'RR_LEADERSHIP_LOST', 'RR_HANDOVER_REFUSED'] as const),
] as const satisfies readonly ErrorCode[];

/** Of what is written. */
export const ofWrites = ['RR_STORE_DEPOSED', 'RR_STORE_CONFLICT'] as const satisfies readonly ErrorCode[];

/** Of what may have a root made, fetched or asked for: by the key store, from a Secret, by Vault. */
export const ofRoots = [
  ...(['RR_KEYSTORE_CORRUPT', 'RR_KEYSTORE_KEY_MISSING', 'RR_KEYSTORE_UNWRITABLE', 'RR_KEYSTORE_WRONG_PASSPHRASE'] as const),
  ...(['RR_SECRET_SOURCE_NONE', 'RR_SECRET_SOURCE_MISSING', 'RR_SECRET_SOURCE_UNREADABLE'] as const),
  ...(['RR_ROOT_SECRET_INVALID', 'RR_ROOT_ISSUER_INVALID', 'RR_ROOT_UNCHANGED'] as const),
  ...(['RR_VAULT_UNREACHABLE', 'RR_VAULT_TLS', 'RR_VAULT_SEALED', 'RR_VAULT_STANDBY', 'RR_VAULT_THROTTLED'] as const),
  ...(['RR_VAULT_FAILED', 'RR_VAULT_UNAUTHENTICATED', 'RR_VAULT_FORBIDDEN', 'RR_VAULT_NOT_FOUND', 'RR_VAULT_REFUSED'] as const),
  ...(['RR_VAULT_TTL_CAPPED', 'RR_VAULT_ANSWER_INVALID', 'RR_VAULT_CONFIG_INVALID', 'RR_VAULT_SKIP_VERIFY'] as const),
  ...(['RR_VAULT_CREDENTIAL_INVALID', 'RR_VAULT_CREDENTIAL_UNSUPPORTED'] as const),
] as const satisfies readonly ErrorCode[];
