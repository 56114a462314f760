import type { Pod } from './pod.ts';

/** What a container's image brings: a program, and files in the container's root folder. */
export interface Image {
  readonly command: string;
  /** Fills the root folder of a container of this pod. */
  prepare(rootDir: string, pod: Pod, address: string): Promise<void>;
}

/** Images by name, as the pods name them. */
export type ImageStore = ReadonlyMap<string, Image>;
