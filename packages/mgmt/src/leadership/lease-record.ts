import { z } from 'zod';

/** What a Lease says, as far as leadership goes by it (kubernetes.io/docs/reference/kubernetes-api/cluster-resources/lease-v1). */
export interface LeaseRecord {
  /** Empty when nobody leads. */
  readonly holder: string;
  /** How long the others wait after the last change that they have seen. */
  readonly durationMs: number;
  /** By the holder's clock: for people, and to tell one renewal from the next. Nobody compares them with a clock. */
  readonly acquiredAt: string;
  readonly renewedAt: string;
  /** How often the lease went from one holder to another. */
  readonly transitions: number;
  /** Where the holder's API answers; empty when it has not said so. */
  readonly address: string;
}

/** A record as the server has it. */
export interface HeldRecord {
  readonly record: LeaseRecord;
  /** The `resourceVersion`: a change rests on it. */
  readonly version: string;
}

/** What one time of leading is called: the holder's, and which it is. Undefined when nobody leads. */
export function tenureOf(record: LeaseRecord | undefined): string | undefined {
  return record === undefined || record.holder === '' ? undefined : `${record.holder}#${record.transitions}`;
}

/** Where the holder says where its API answers. */
export const addressAnnotation = 'reroot.dev/api-address';

const leaseSchema = z.object({
  metadata: z.object({
    resourceVersion: z.string(),
    annotations: z.record(z.string(), z.string()).nullish(),
  }),
  spec: z
    .object({
      holderIdentity: z.string().nullish(),
      leaseDurationSeconds: z.number().nullish(),
      acquireTime: z.string().nullish(),
      renewTime: z.string().nullish(),
      leaseTransitions: z.number().nullish(),
    })
    .nullish(),
});

/** @throws z.ZodError for what is no Lease */
export function readLease(object: unknown): HeldRecord {
  const { metadata, spec } = leaseSchema.parse(object);
  const record: LeaseRecord = {
    holder: spec?.holderIdentity ?? '',
    durationMs: (spec?.leaseDurationSeconds ?? 0) * 1_000,
    acquiredAt: spec?.acquireTime ?? '',
    renewedAt: spec?.renewTime ?? '',
    transitions: spec?.leaseTransitions ?? 0,
    address: metadata.annotations?.[addressAnnotation] ?? '',
  };
  return { record, version: metadata.resourceVersion };
}

/** The object of the API, without its metadata but for what the record says. */
export function writeLease({ holder, durationMs, acquiredAt, renewedAt, transitions, address }: LeaseRecord): {
  readonly metadata: { readonly annotations: Readonly<Record<string, string>> };
  readonly spec: object;
} {
  return {
    metadata: { annotations: { [addressAnnotation]: address } },
    spec: {
      holderIdentity: holder,
      leaseDurationSeconds: Math.max(1, Math.round(durationMs / 1_000)),
      acquireTime: acquiredAt,
      renewTime: renewedAt,
      leaseTransitions: transitions,
    },
  };
}
