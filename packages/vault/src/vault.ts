import type { Clock } from '@reroot/shared/clock';
import type { Log } from '@reroot/shared/log';

/** Where a Vault or an OpenBao is. */
export interface VaultTarget {
  /** `https://host:8200`, a path before `/v1` allowed; http only together with `plaintext`. */
  readonly server: string;
  /** Lets `server` be http, to a loopback address only: whatever is asked of Vault goes over the line as it is. */
  readonly plaintext?: 'allowed' | undefined;
  /** CAs that may have issued the certificate of the server, instead of those of the system. */
  readonly caBundlePem?: string | undefined;
  /** Of Vault Enterprise or OpenBao, such as `team/mesh`. */
  readonly namespace?: string | undefined;
}

/** How to prove to Vault who is asking. */
export type VaultLogin = TokenLogin | KubernetesLogin;

/** A token that somebody else takes care of, such as one in a file or a Secret; it is renewed where it can be. */
export interface TokenLogin {
  readonly kind: 'token';
  /** Asked again after Vault has refused the token: it may have been replaced. */
  readToken(signal: AbortSignal): Promise<string>;
}

/** The Kubernetes auth method: Vault has the token of a service account reviewed by the API server. */
export interface KubernetesLogin {
  readonly kind: 'kubernetes';
  /** Where the method is enabled, below `auth/`; `kubernetes` when absent. */
  readonly mountPath?: string | undefined;
  readonly role: string;
  /** Asked again for each login. */
  readJwt(signal: AbortSignal): Promise<string>;
}

/** What a client of Vault is made of. */
export interface VaultOptions {
  readonly target: VaultTarget;
  readonly login: VaultLogin;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log?: Log | undefined;
  /** For a request with all its tries, a login included; 15 s when absent. */
  readonly timeoutMs?: number | undefined;
  /** Of this process when absent. */
  readonly environment?: NodeJS.ProcessEnv | undefined;
}

/** Whether a write may be sent again when nobody knows if Vault has carried it out. */
export type WriteEffect = 'once' | 'repeatable';

/** What a list holds: the keys, and what some engines tell of each. */
export interface VaultList {
  readonly keys: readonly string[];
  readonly keyInfo: Readonly<Record<string, unknown>>;
}

/**
 * A Vault that answers requests. A path has no `/v1` and no leading slash: `pki/issuer/default`.
 *
 * Every method rejects with the signal's reason, or with one of
 * RR_VAULT_UNREACHABLE, RR_VAULT_TLS, RR_VAULT_SEALED, RR_VAULT_STANDBY, RR_VAULT_THROTTLED, RR_VAULT_FAILED,
 * RR_VAULT_UNAUTHENTICATED, RR_VAULT_FORBIDDEN, RR_VAULT_NOT_FOUND, RR_VAULT_REFUSED, RR_VAULT_ANSWER_INVALID,
 * RR_VAULT_CONFIG_INVALID for a path that is none. No error and no log line holds a token, a key or a plaintext.
 */
export interface Vault {
  /** The server's origin, for messages. */
  readonly server: string;
  /** @returns `data` of the answer */
  read(path: string, signal: AbortSignal): Promise<unknown>;
  /** @returns what is below a path; an empty list where nothing is */
  list(path: string, signal: AbortSignal): Promise<VaultList>;
  /**
   * @param effect `once` when it is left out: not sent again after an answer that was lost
   * @returns `data` of the answer; undefined where it has none
   */
  write(path: string, body: object, signal: AbortSignal, effect?: WriteEffect): Promise<unknown>;
  /** Nothing happens where nothing is. */
  delete(path: string, signal: AbortSignal): Promise<void>;
  /** Ends renewal and connections; what is under way fails with RR_VAULT_UNREACHABLE. */
  close(): Promise<void>;
}
