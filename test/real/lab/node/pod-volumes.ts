import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { systemClock } from '@reroot/shared/clock';
import type { AdminClient } from '../cluster/admin-client.ts';
import type { Pod, Volume } from './pod.ts';
import { projectFiles, type VolumeFiles } from './project-files.ts';
import { followsSource, readVolume } from './read-volume.ts';

/** The volumes of one pod. */
export interface PodVolumes {
  dirOf(volume: string): string;
  /** Fills every volume; the first thing that is missing, or undefined when all are filled. */
  mount(): Promise<string | undefined>;
  /** Follows Secrets and ConfigMaps until the signal aborts. */
  follow(signal: AbortSignal): Promise<void>;
  /** Follows at once, as a kubelet does when it syncs the pod because an annotation has changed. */
  syncNow(): void;
  /** Stops following. */
  hold(): void;
  /** Follows again, at once. */
  release(): void;
  /** A change arrives this much later than it is seen. */
  delay(ms: number): void;
}

/** When volumes are looked after. */
export interface VolumeOptions {
  readonly admin: AdminClient;
  readonly pod: Pod;
  readonly dir: string;
  /** The period of a kubelet's sync, by default a minute there; up to half of it comes on top, at random. */
  readonly syncMs: number;
  readonly random: () => number;
}

interface Mounted {
  readonly digest: string;
  /** When the source was first seen to differ. */
  readonly differsSinceMs: number | undefined;
}

export function createPodVolumes({ admin, pod, dir, syncMs, random }: VolumeOptions): PodVolumes {
  const volumes = pod.spec.volumes ?? [];
  const mounted = new Map<string, Mounted>();
  const dirOf = (volume: string): string => join(dir, 'volumes', volume);
  let held = false;
  let delayMs = 0;
  let wake = new AbortController();

  const put = async (volume: Volume, files: VolumeFiles, digest: string): Promise<void> => {
    await projectFiles(dirOf(volume.name), files);
    mounted.set(volume.name, { digest, differsSinceMs: undefined });
  };
  const sync = async (volume: Volume): Promise<void> => {
    const content = await readVolume(admin, pod, volume);
    const before = mounted.get(volume.name);
    // A kubelet leaves a volume as it is when its source is gone.
    if (content.kind === 'missing' || before === undefined) return;
    const digest = digestOf(content.files);
    if (digest === before.digest) {
      mounted.set(volume.name, { digest, differsSinceMs: undefined });
      return;
    }
    const differsSinceMs = before.differsSinceMs ?? systemClock.now();
    mounted.set(volume.name, { ...before, differsSinceMs });
    if (!held && systemClock.now() - differsSinceMs >= delayMs) await put(volume, content.files, digest);
  };
  const nextSyncMs = (): number => {
    const due = [...mounted.values()].flatMap(({ differsSinceMs }) =>
      differsSinceMs === undefined ? [] : [differsSinceMs + delayMs],
    );
    const dueMs = held ? [] : due.map((atMs) => Math.max(20, atMs - systemClock.now()));
    return Math.min(syncMs * (1 + random() / 2), ...dueMs);
  };
  const wakeUp = (): void => {
    wake.abort();
  };
  return {
    dirOf,
    mount: async () => {
      for (const volume of volumes) {
        if (mounted.has(volume.name)) continue;
        const content = await readVolume(admin, pod, volume);
        if (content.kind === 'missing') return content.what;
        await put(volume, content.files, digestOf(content.files));
      }
      return undefined;
    },
    follow: async (signal) => {
      while (!signal.aborted) {
        wake = new AbortController();
        // While the API server is away, volumes stay as they are.
        for (const volume of volumes.filter(followsSource)) await sync(volume).catch(() => undefined);
        await systemClock.sleep(nextSyncMs(), AbortSignal.any([signal, wake.signal])).catch(() => undefined);
      }
    },
    syncNow: wakeUp,
    hold: () => {
      held = true;
    },
    release: () => {
      held = false;
      wakeUp();
    },
    delay: (ms) => {
      delayMs = ms;
      wakeUp();
    },
  };
}

function digestOf(files: VolumeFiles): string {
  const hash = createHash('sha256');
  for (const [path, content] of [...files].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}
