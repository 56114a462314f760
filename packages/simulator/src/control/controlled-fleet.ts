import type { Cluster } from '@reroot/agent';

/** What the control interface serves: clusters by name and the traffic between them. */
export interface ControlledFleet {
  readonly clusters: ReadonlyMap<string, ControlledCluster>;
  /** Handshakes counted since the traffic began. */
  traffic(): TrafficCount;
  /** No new handshakes begin after this. */
  stopTraffic(): void;
}

/** One cluster, and the fault that can be put into it. */
export interface ControlledCluster {
  readonly cluster: Cluster;
  /** The volume of a replica stops following the Secret. @throws RR_SIM_UNKNOWN when there is no such replica */
  holdReplica(replica: string): void;
  /** It follows again. @throws RR_SIM_UNKNOWN when there is no such replica */
  releaseReplica(replica: string): void;
}

/** New handshakes between workloads. */
export interface TrafficCount {
  readonly ok: number;
  readonly failed: number;
  /** How often each reason made one fail. */
  readonly byReason: Readonly<Record<string, number>>;
}
