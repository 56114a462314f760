/** Asks for the facts that `reroot preflight` goes by. */
export interface InspectRequest {
  /** Names of the facts that are wanted; all of them when there is none. */
  readonly facts: readonly string[];
}

/** What stands in a cluster. */
export interface Inspection {
  readonly agentVersion: string;
}
