import type { CaFiles, CaSecret, CaSecretContent } from '@reroot/agent';
import { RerootError } from '@reroot/shared/errors';
import type { FirstCa } from './first-ca.ts';

/** The `cacerts` Secret of a cluster, with the API server's optimistic concurrency, and what istiod has made itself beside it. */
export interface CaSecretStore {
  /** `cacerts`; where there is none, what istiod has made itself. */
  read(): CaSecret | undefined;
  /** What a volume of istiod shows. */
  mounted(): CaFiles | undefined;
  /** What signed before and is there still. */
  former(): readonly CaFiles[];
  /** @throws RR_CLUSTER_CONFLICT when the Secret is not at that version */
  write(content: CaSecretContent, expectedVersion: string | undefined): CaSecret;
  /** Somebody else changes files of it. @throws RR_SIM_UNKNOWN when there is none */
  edit(files: Partial<CaFiles>): void;
  /** There is no `cacerts` afterwards. */
  delete(): void;
}

/** @param first what the cluster has before reroot comes */
export function createCaSecretStore(onChange: () => void, first?: FirstCa): CaSecretStore {
  const found = first === undefined ? undefined : asFound(first);
  const selfMade = found?.source === 'istio-ca-secret' ? found : undefined;
  let secret = found?.source === 'cacerts' ? found : undefined;
  const backups: CaFiles[] = [];
  let writes = 0;
  return {
    read: () => secret ?? selfMade,
    mounted: () => secret,
    former: () => [...(selfMade === undefined ? [] : [selfMade]), ...backups],
    write: (content, expectedVersion) => {
      if (secret?.version !== expectedVersion) {
        const [present, expected] = [secret?.version ?? '(none)', expectedVersion ?? '(none)'];
        throw new RerootError('RR_CLUSTER_CONFLICT', `cacerts is at version ${present}, not ${expected}`);
      }
      writes += 1;
      if (secret !== undefined && isBackedUp(secret, content, backups)) backups.push(secret);
      const told = { source: 'cacerts', owner: 'reroot', editedBy: [], staleCopies: [] } as const;
      const written: CaSecret = { ...filesOf(content), annotations: content.annotations, ...told, version: String(writes) };
      secret = written;
      onChange();
      return written;
    },
    edit: (files) => {
      if (secret === undefined) throw new RerootError('RR_SIM_UNKNOWN', 'there is no cacerts Secret to edit');
      writes += 1;
      secret = { ...secret, ...files, version: String(writes), editedBy: ['kubectl-edit'] };
      onChange();
    },
    delete: () => {
      secret = undefined;
      onChange();
    },
  };
}

function filesOf({ caCert, caKey, certChain, rootCert, crl }: CaFiles): CaFiles {
  return { caCert, caKey, certChain, rootCert, ...(crl === undefined ? {} : { crl }) };
}

/** What somebody else wrote, and a signer that is to be kept, once for each signer. */
function isBackedUp(secret: CaSecret, content: CaSecretContent, backups: readonly CaFiles[]): boolean {
  const keeps = content.signer === 'kept' && secret.caKey === content.caKey;
  return (secret.owner === 'other' || keeps) && backups.every(({ caKey }) => caKey !== secret.caKey);
}

function asFound({ source, files, by }: FirstCa): CaSecret {
  const told = { source, editedBy: [], staleCopies: [], version: 'found' } as const;
  if (by === 'somebody') return { ...files, ...told, owner: 'other', annotations: undefined };
  const accepted = { term: 1, generation: 1, rowDigest: 'of another mgmt' };
  return { ...files, ...told, owner: 'reroot', annotations: { accepted, filesWrittenAtMs: 0, replicaRestart: 'never' } };
}
