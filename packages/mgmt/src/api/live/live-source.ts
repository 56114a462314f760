import type { LiveMeshes, RootOffer } from '@reroot/shared/api';
import type { Operations } from '../../runner/index.ts';
import { describeMesh } from '../describe-mesh.ts';
import type { ChangeSignal } from './change-signal.ts';

/** Where the live stream has its state from. */
export interface LiveSource {
  /** The whole state as it is now. */
  snapshot(): Promise<Pick<LiveMeshes, 'meshes'>>;
  /** @returns ends it */
  onChange(listener: () => void): () => void;
}

/** What the state of mgmt is read by. */
export interface LiveSourceOptions {
  readonly operations: Pick<Operations, 'listMeshes'>;
  /** What the source of a mesh's roots offers. */
  readonly readOffer: (mesh: string) => RootOffer | undefined;
  readonly term: number;
  /** Emits after each change of a stored mesh and after each report. */
  readonly changes: Pick<ChangeSignal, 'subscribe'>;
}

/** The same as `GET /v1/meshes` answers. */
export function createLiveSource({ operations, readOffer, term, changes }: LiveSourceOptions): LiveSource {
  return {
    snapshot: async () => {
      const moments = await operations.listMeshes();
      return { meshes: moments.map((moment) => describeMesh(moment, term, readOffer(moment.view.stored.spec.mesh))) };
    },
    onChange: (listener) => changes.subscribe(listener),
  };
}
