import type { CaFiles, CaSecret, CaSecretContent } from '@reroot/agent';
import { RerootError } from '@reroot/shared/errors';

/** The `cacerts` Secret of a cluster, with the API server's optimistic concurrency. */
export interface CaSecretStore {
  read(): CaSecret | undefined;
  /** @throws RR_CLUSTER_CONFLICT when the Secret is not at that version */
  write(content: CaSecretContent, expectedVersion: string | undefined): CaSecret;
  /** Somebody else changes files of it. @throws RR_SIM_UNKNOWN when there is none */
  edit(files: Partial<CaFiles>): void;
  /** There is none afterwards. */
  delete(): void;
}

/** Starts without a Secret. */
export function createCaSecretStore(onChange: () => void): CaSecretStore {
  let secret: CaSecret | undefined;
  let writes = 0;
  return {
    read: () => secret,
    write: (content, expectedVersion) => {
      if (secret?.version !== expectedVersion) {
        const [found, expected] = [secret?.version ?? '(none)', expectedVersion ?? '(none)'];
        throw new RerootError('RR_CLUSTER_CONFLICT', `cacerts is at version ${found}, not ${expected}`);
      }
      writes += 1;
      const told = { source: 'cacerts', owner: 'reroot', editedBy: [], staleCopies: [] } as const;
      const written: CaSecret = { ...content, ...told, version: String(writes) };
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
