import type { Clock } from '@reroot/shared/clock';
import { RerootError, toRerootError } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import type { IntermediateSource, VaultAccess } from '@reroot/shared/protocol';
import { openVault, optionsOfAccess, type Vault } from '@reroot/vault';
import type { AgentVaultConfig } from '../config.ts';
import type { VaultCredentials } from './vault-credentials.ts';

/** The one Vault that the agent talks to: opened when it is first needed, and kept, for its token must be renewed. */
export interface VaultConnection {
  /**
   * Gives the Vault at this address, for this login. One that was opened for another is closed.
   * @throws RR_VAULT_SERVER_NOT_ALLOWED, RR_VAULT_CONFIG_INVALID, RR_VAULT_SKIP_VERIFY
   */
  to(access: VaultAccess): Promise<Vault>;
  /**
   * Closes what the desired source has no use for. A token that somebody else has put there is kept alive from now on,
   * though an intermediate may be needed in a year only.
   */
  follow(source: IntermediateSource): void;
  /** Vault did not accept who the agent said it was: the next login begins with fresh credentials. */
  discardCredentials(): void;
  close(): Promise<void>;
}

/** What connecting works with. */
export interface VaultConnectionOptions {
  readonly credentials: VaultCredentials;
  readonly config: AgentVaultConfig;
  /** For a request with all its tries, a login included. */
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Log;
}

/** Where a token shows what it is; the first request of a connection begins its renewal, whatever the answer. */
const ownToken = 'auth/token/lookup-self';

/** Starts without a connection. */
export function createVaultConnection(options: VaultConnectionOptions): VaultConnection {
  const { credentials, config, timeoutMs, clock, random, log } = options;
  const closed = new AbortController();
  const underWay = new Set<Promise<void>>();
  let held: { readonly key: string; readonly vault: Vault } | undefined;
  let keptAlive: Vault | undefined;
  let lastFailure: string | undefined;

  const inBackground = (work: Promise<void>): void => {
    const ended = work.finally(() => underWay.delete(ended));
    underWay.add(ended);
  };
  const release = (): void => {
    if (held !== undefined) inBackground(held.vault.close());
    held = undefined;
  };
  const to = async (access: VaultAccess): Promise<Vault> => {
    closed.signal.throwIfAborted();
    const key = keyOf(access);
    if (held?.key === key) return held.vault;
    release();
    requireAllowed(access.server, config);
    const vault = openVault({ ...optionsOfAccess(asConfigured(access, config), credentials), timeoutMs, clock, random, log });
    held = { key, vault };
    return vault;
  };
  const keepAlive = async (access: VaultAccess): Promise<void> => {
    try {
      const vault = await to(access);
      if (vault === keptAlive) return;
      keptAlive = vault;
      await vault.read(ownToken, closed.signal);
      lastFailure = undefined;
    } catch (error) {
      keptAlive = undefined;
      if (closed.signal.aborted) return;
      // No problem yet: it is reported when an intermediate is needed, and until then mgmt says again what it desires.
      const { code, message } = toRerootError(error);
      if (code !== lastFailure) log.warn({ code, problem: message }, 'the token of Vault is not kept alive');
      lastFailure = code;
    }
  };
  return {
    to,
    follow: (source) => {
      if (source.kind === 'mgmt' || keyOf(source.vault) !== held?.key) release();
      if (source.kind === 'vault' && source.vault.auth.kind === 'token-secret') inBackground(keepAlive(source.vault));
    },
    discardCredentials: () => {
      credentials.discard();
    },
    close: async () => {
      closed.abort();
      release();
      await Promise.all(underWay);
    },
  };
}

/** Paths play no part: one login is good for all that its policies allow. */
function keyOf({ server, caBundle, namespace, auth }: VaultAccess): string {
  return JSON.stringify([server, caBundle, namespace, auth]);
}

/** @throws RR_VAULT_SERVER_NOT_ALLOWED */
function requireAllowed(server: string, { servers }: AgentVaultConfig): void {
  if (servers?.some((allowed) => sameServer(allowed, server)) ?? true) return;
  throw new RerootError('RR_VAULT_SERVER_NOT_ALLOWED', `the configuration of this agent does not allow ${server}`);
}

function sameServer(a: string, b: string): boolean {
  return URL.parse(a)?.origin === URL.parse(b)?.origin;
}

/** One Kubernetes method of Vault knows one API server, and the mesh says one path to all clusters. */
function asConfigured(access: VaultAccess, { kubernetesMountPath: mountPath }: AgentVaultConfig): VaultAccess {
  if (access.auth.kind !== 'kubernetes' || mountPath === undefined) return access;
  return { ...access, auth: { ...access.auth, mountPath } };
}
