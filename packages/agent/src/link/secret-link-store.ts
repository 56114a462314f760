import type { KubeApi, KubeObject } from '@reroot/kube-api';
import { RerootError } from '@reroot/shared/errors';
import type { ObjectRef } from '@reroot/shared/protocol';
import { decodeRecord, emptyRecord, encodeRecord } from './link-record.ts';
import type { LinkStore } from './link-store.ts';

const dataKey = 'link.json';

interface SecretObject extends KubeObject {
  readonly data?: Readonly<Record<string, string>>;
}

/**
 * Keeps the record in one Secret, which must be there: an agent that may create Secrets in its namespace could create
 * any. A write names the resourceVersion that it rests on, so that the API server refuses it when somebody else has
 * written since.
 */
export function createSecretLinkStore(api: KubeApi, { namespace, name }: ObjectRef): LinkStore {
  const path = `/api/v1/namespaces/${namespace}/secrets/${name}`;
  const place = `Secret ${namespace}/${name}`;
  return {
    read: async (signal) => {
      const secret = await api.find<SecretObject>(path, signal);
      if (secret === undefined) {
        throw new RerootError('RR_LINK_STATE_UNREADABLE', 'the Secret for the state of the link does not exist', { place });
      }
      const encoded = secret.data?.[dataKey];
      const basis = secret.metadata.resourceVersion ?? '';
      if (encoded === undefined) return { record: emptyRecord, basis };
      return { record: decodeRecord(Buffer.from(encoded, 'base64').toString('utf8'), place), basis };
    },
    write: async (record, basis, signal) => {
      const data = { [dataKey]: Buffer.from(encodeRecord(record)).toString('base64') };
      try {
        const body = { metadata: { resourceVersion: basis }, data };
        const written = await api.mergePatch<SecretObject>(path, body, signal);
        return written.metadata.resourceVersion ?? '';
      } catch (error) {
        if (!(error instanceof RerootError) || error.code !== 'RR_CLUSTER_CONFLICT') throw error;
        throw new RerootError('RR_LINK_STATE_CONFLICT', 'the state of the link has changed since it was read', {
          place,
          cause: error,
        });
      }
    },
  };
}
