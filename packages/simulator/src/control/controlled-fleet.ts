import type { CaFiles, Cluster, ClusterEvent, Inspector } from '@reroot/agent';

/** What the control interface serves: clusters by name and the traffic between them. */
export interface ControlledFleet {
  readonly clusters: ReadonlyMap<string, ControlledCluster>;
  /** Handshakes counted since the traffic began. */
  traffic(): TrafficReport;
  /** No new handshakes begin after this. */
  stopTraffic(): void;
}

/** One cluster, and what can be done to it besides. */
export interface ControlledCluster {
  readonly cluster: Cluster & Inspector;
  /** What its agent has told of it, each event as it was last told; the newest few hundred. */
  events(): readonly ClusterEvent[];
  /** Writes these files as somebody else would; what reroot remembers beside them stays. @throws RR_SIM_UNKNOWN when there is no Secret */
  editCaSecret(files: Partial<CaFiles>): void;
  /** Deletes the cacerts Secret; what replicas have mounted stays. */
  deleteCaSecret(): void;
  /** The volume of a replica stops following the Secret. @throws RR_SIM_UNKNOWN when there is no such replica */
  holdReplica(replica: string): void;
  /** It follows again. @throws RR_SIM_UNKNOWN when there is no such replica */
  releaseReplica(replica: string): void;
  /** The pod of a workload is made anew. @throws RR_SIM_UNKNOWN when there is no such workload */
  restartWorkload(workload: string): void;
}

/** New handshakes between workloads. */
export interface TrafficCount {
  readonly ok: number;
  readonly failed: number;
  /** How often each reason made one fail: OpenSSL's or the socket's code, WRONG_IDENTITY, CLOSED or TIMEOUT. */
  readonly byReason: Readonly<Record<string, number>>;
}

/** The same, and between whom. */
export interface TrafficReport extends TrafficCount {
  /** By `from>to`, the clusters of client and server. */
  readonly byPair: Readonly<Record<string, TrafficCount>>;
  /** The last ones that failed, the newest at the end; a few at the most. */
  readonly failures: readonly TrafficFailure[];
  /** When the first handshake began; undefined before. */
  readonly sinceMs: number | undefined;
}

/** One handshake that failed. */
export interface TrafficFailure {
  readonly atMs: number;
  /** `cluster/namespace/workload` */
  readonly client: string;
  readonly server: string;
  /** Who refused. */
  readonly side: 'client' | 'server';
  readonly reason: string;
}
