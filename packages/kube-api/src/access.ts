import type { Agent } from 'node:http';
import type { SecureContextOptions } from 'node:tls';

/** Where the API server is, and what one request shows it. Holds secrets: it goes into no log and no message. */
export interface Access {
  readonly server: URL;
  readonly tls: TlsSettings;
  readonly headers: Readonly<Record<string, string>>;
  /** Leads through the proxy of the kubeconfig; undefined where there is none. */
  readonly proxy: Agent | undefined;
}

/** What `tls.connect` takes. */
export interface TlsSettings extends Pick<SecureContextOptions, 'ca' | 'cert' | 'key' | 'pfx' | 'passphrase'> {
  readonly servername?: string;
  readonly rejectUnauthorized?: boolean;
}

/** Who the agent is to the API server. */
export interface Credentials {
  /** Where the API server is. */
  readonly server: URL;
  /**
   * What the next request is to show.
   * @param freshness `anew` reads everything again, after the server has refused what was kept
   * @throws RR_CLUSTER_UNAUTHENTICATED when a file or a plugin does not give what it should
   */
  read(freshness: 'kept' | 'anew'): Promise<Access>;
}
