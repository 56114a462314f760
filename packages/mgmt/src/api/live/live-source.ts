import type { MeshStatus, RootOffer } from '@reroot/shared/api';
import type { Operations } from '../../runner/index.ts';
import type { Store } from '../../store/index.ts';
import { describeMesh } from '../describe-mesh.ts';
import type { ChangeSignal } from './change-signal.ts';

/** Where the live stream has its state and its events from. */
export interface LiveSource extends Pick<Store, 'eventsEnd' | 'readEvents'> {
  /** The whole state as it is now. */
  snapshot(): Promise<{ readonly meshes: readonly MeshStatus[] }>;
  /** @returns ends it */
  onChange(listener: () => void): () => void;
}

/** What the state of mgmt is read by. */
export interface LiveSourceOptions {
  readonly operations: Pick<Operations, 'listMeshes'>;
  readonly eventLog: Pick<Store, 'eventsEnd' | 'readEvents'>;
  /** What the source of a mesh's roots offers. */
  readonly readOffer: (mesh: string) => RootOffer | undefined;
  readonly term: number;
  /** Emits after each change of a stored mesh and after each report. */
  readonly changes: Pick<ChangeSignal, 'subscribe'>;
}

/** The same state as `GET /v1/meshes` answers, and the same events as the store keeps. */
export function createLiveSource({ operations, eventLog, readOffer, term, changes }: LiveSourceOptions): LiveSource {
  return {
    snapshot: async () => {
      const moments = await operations.listMeshes();
      return { meshes: moments.map((moment) => describeMesh(moment, term, readOffer(moment.view.stored.spec.mesh))) };
    },
    eventsEnd: () => eventLog.eventsEnd(),
    readEvents: (after, query) => eventLog.readEvents(after, query),
    onChange: (listener) => changes.subscribe(listener),
  };
}
