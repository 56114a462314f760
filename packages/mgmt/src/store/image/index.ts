/**
 * A store as a whole, apart from what keeps it: to be put into another one, or into a file and back.
 *
 *   for await (const line of contents.read()) …          // every part, checked
 *   await other.fill(contents.read());                   // all of it, or nothing
 */
export { type ImageHeader, type ImageLine, type ImageLineOf, imageVersion } from './image-line.ts';
export { openKubernetesContents } from './kubernetes-contents.ts';
export { type CheckedImage, checkImage, readImage } from './read-image.ts';
export { requireEmpty } from './require-empty.ts';
export { asRestored, type CarryNote, withNote, withoutMeshes } from './restored-lines.ts';
export { openSqliteContents } from './sqlite-contents.ts';
export type { StoreContents } from './store-contents.ts';
export { type WrittenImage, writeImage } from './write-image.ts';
