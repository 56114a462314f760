import type {
  HandshakeProgress,
  HandshakeTurn,
  Inspection,
  InspectRequest,
  PathProbe,
  PathProbeResult,
} from '@reroot/shared/protocol';

/**
 * What the agent does for each kind of task. A work changes nothing in the cluster, may be asked for twice, and ends with its
 * signal; what it throws is the answer, as a problem.
 */
export interface TaskWorks {
  handshake(turn: HandshakeTurn, signal: AbortSignal): Promise<HandshakeProgress>;
  inspect(request: InspectRequest, signal: AbortSignal): Promise<Inspection>;
  probePath(probe: PathProbe, signal: AbortSignal): Promise<PathProbeResult>;
}
