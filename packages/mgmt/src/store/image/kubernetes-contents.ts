import { RerootError } from '@reroot/shared/errors';
import { isColdDocument } from '../documents/document-space.ts';
import { type KubernetesSpaceOptions, openKubernetesSpace } from '../kubernetes/kubernetes-space.ts';
import { createDocumentContents } from './document-contents.ts';
import type { StoreContents } from './store-contents.ts';

/**
 * Opens what is in the Secrets of a store. An mgmt may have it open at the same time.
 * @param whenMissing what becomes of a store of which nothing was ever written
 * @throws RR_STORE_MISSING, RR_STORE_CORRUPT, RR_STORE_NEWER, RR_STORE_FAILED
 */
export async function openKubernetesContents(
  options: Omit<KubernetesSpaceOptions, 'isCold'>,
  whenMissing: 'make' | 'refuse',
): Promise<StoreContents> {
  const space = await openKubernetesSpace({ ...options, isCold: isColdDocument });
  const place = `Secrets ${options.namespace}/${options.name}.*`;
  if (whenMissing === 'refuse' && space.progress().committed === 0) {
    await space.close();
    throw new RerootError('RR_STORE_MISSING', 'there is no store', { place });
  }
  return createDocumentContents(space, place);
}
