import type { Permission } from './permission.ts';
import type { Presented } from './presented.ts';
import type { Principal } from './principal.ts';

/** Stands before the API, over HTTP and over WebSockets alike. */
export interface Gatekeeper {
  /**
   * Lets a request pass, and says whose it is.
   * @param mesh the mesh that it is about, where it is about one
   * @param signal ends the wait for an issuer or for Kubernetes; it has a deadline of its own too
   * @throws RR_API_HOST_REFUSED, RR_API_ORIGIN_REFUSED, RR_API_UNAUTHORIZED, RR_API_FORBIDDEN (who, which permission),
   *   RR_API_RATE_LIMITED (`retryAfterSecondsOf` says how long to wait), RR_API_ACCESS_UNAVAILABLE
   */
  admit(request: Presented, wanted: Wanted, signal: AbortSignal): Promise<Principal>;
  /**
   * Who asks, and everything that this one may do.
   * @throws RR_API_UNAUTHORIZED, RR_API_RATE_LIMITED, RR_API_ACCESS_UNAVAILABLE
   */
  describe(request: Presented, mesh: string, signal: AbortSignal): Promise<Described>;
  /** Lets go of connections to issuers and to Kubernetes. */
  close(): Promise<void>;
}

/** What a request wants to do. */
export interface Wanted {
  readonly permission: Permission;
  /** The mesh that it is about; Kubernetes may allow one and not the other. */
  readonly mesh?: string | undefined;
}

/** Somebody, with what that one may do to a mesh. */
export interface Described {
  readonly principal: Principal;
  /** In the order from reading to administering. */
  readonly permissions: readonly Permission[];
}
