import type { Enrolment } from '../enrolment/index.ts';
import type { LinkAccess } from '../rotation/index.ts';

/** A cluster of a mesh, by a name that its agent goes by. */
export interface ClusterName {
  readonly mesh: string;
  readonly cluster: string;
}

/** What LinkTerms say to one cluster alone. */
export interface AccountTerms {
  /** The name that it shall go by. */
  readonly cluster: string;
  readonly credentialsEpoch: number;
  /** Empty while its agent has a good one. */
  readonly natsJwt: string;
}

/** Who may speak to mgmt, by its configuration or because it was added. */
export interface LinkAccounts {
  /** Whether mgmt was ever told of the cluster in this mesh; asked for any text, and for each message of a flood. */
  readonly isKnown: (mesh: string, cluster: string) => boolean;
  /** Whether somebody may speak for it now. */
  accessOf(mesh: string, cluster: string): LinkAccess;
  /** Names under which an agent may be listening whether or not its mesh has it. */
  speaking(): readonly ClusterName[];
  /** Undefined for one that may not speak. */
  termsFor(mesh: string, cluster: string): AccountTerms | undefined;
}

/** Where accounts come from. */
export interface LinkAccountsOptions {
  /** Names of the clusters whose keys stand in the configuration: they may belong to any mesh that there is. */
  readonly configured: ReadonlySet<string>;
  readonly hasMesh: (mesh: string) => boolean;
  readonly added: Pick<Enrolment, 'find' | 'speaking' | 'termsFor'>;
}

/** Always the same objects: whoever asks again sees at a glance that nothing has changed. */
const [granted, awaited] = [{ kind: 'granted' }, { kind: 'awaited' }] as const satisfies LinkAccess[];

/** Reads the present state each time. */
export function createLinkAccounts({ configured, hasMesh, added }: LinkAccountsOptions): LinkAccounts {
  /** Former names: of those alone it takes a search to find whose they are. */
  let listening: ReadonlySet<string> = new Set();
  let speaking: readonly ClusterName[] = [];
  const recordOf = (mesh: string, cluster: string) => {
    const record = added.find(cluster)?.record;
    return record?.mesh === mesh ? record : undefined;
  };
  return {
    isKnown: (mesh, cluster) =>
      configured.has(cluster)
        ? hasMesh(mesh)
        : recordOf(mesh, cluster) !== undefined || listening.has(nameText({ mesh, cluster })),
    accessOf: (mesh, cluster) => {
      if (configured.has(cluster)) return granted;
      const record = recordOf(mesh, cluster);
      if (record?.revoked !== undefined) return { kind: 'revoked', by: record.revoked.by, why: record.revoked.why };
      return record?.agent === undefined ? awaited : granted;
    },
    speaking: () => {
      const names = added.speaking();
      if (names !== speaking) listening = new Set(names.map(nameText));
      speaking = names;
      return names;
    },
    termsFor: (mesh, cluster) => {
      if (!configured.has(cluster)) return added.termsFor(mesh, cluster);
      return hasMesh(mesh) ? { cluster, credentialsEpoch: 0, natsJwt: '' } : undefined;
    },
  };
}

function nameText({ mesh, cluster }: ClusterName): string {
  return `${mesh}/${cluster}`;
}
