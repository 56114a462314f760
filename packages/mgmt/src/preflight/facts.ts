import type { PreflightFinding, RotationPace, Strategy } from '@reroot/shared/api';
import type { Certificate } from '@reroot/shared/pki';
import type { Fact, Inspection } from '@reroot/shared/protocol';
import type { MeshSpec } from '../mesh/index.ts';
import { isMember, type RotationRecord, type Snapshot } from '../rotation/index.ts';

/** All that preflight judges by. */
export interface PreflightFacts {
  readonly nowMs: number;
  readonly record: RotationRecord;
  readonly spec: MeshSpec;
  /** Of the rotation that would start. */
  readonly strategy: Strategy;
  /** Of that rotation; the spec is as it goes by it. */
  readonly pace: RotationPace;
  readonly snapshot: Snapshot;
  /** How long a cluster may keep silent before its last report no longer counts. */
  readonly silentAfterMs: number;
  /** Every root that the mesh knows, by fingerprint. */
  readonly roots: ReadonlyMap<string, Certificate>;
  /** A known root that the rotation would go to; undefined where a new one would be obtained. */
  readonly target: string | undefined;
  /** Undefined where a rotation would start that adopts nobody. */
  readonly adoption: AdoptionFacts | undefined;
  /** What the members said when they were asked; those that did not answer are unknown. */
  readonly inspections: ReadonlyMap<string, Fact<Inspection>>;
  readonly host: HostFacts;
}

/** The adoption that would start; to the record its clusters are members. */
export interface AdoptionFacts {
  /** Those that come from elsewhere. */
  readonly clusters: ReadonlySet<string>;
  /** Every root that they trust. */
  readonly roots: ReadonlyMap<string, Certificate>;
  /** What its start is refused for, whatever is overridden. */
  readonly problems: readonly PreflightFinding[];
}

/** What of mgmt itself bears on a rotation. */
export interface HostFacts {
  /** Free bytes where mgmt keeps its data. */
  readonly freeBytes: Fact<number>;
  /** The largest message that NATS takes. */
  readonly natsMaxBytes: Fact<number>;
  /** Whether the key of the root in force can be used; the value says by whom. */
  readonly rootKey: Fact<RootKeyState>;
  /** Bytes of the largest report of late, by cluster. */
  readonly reportBytes: ReadonlyMap<string, number>;
  /** Whether the API knows who asks: `claimed` where it takes everybody's word for their name. */
  readonly names: 'known' | 'claimed';
}

/** `usable`, or what is wrong with it. */
export type RootKeyState = { readonly kind: 'usable' } | { readonly kind: 'unusable'; readonly why: string };

/** The clusters that a rotation would wait for. */
export function membersOf({ record, snapshot }: Pick<PreflightFacts, 'record' | 'snapshot'>): readonly string[] {
  return snapshot.clusters.filter((cluster) => isMember(record, cluster));
}
