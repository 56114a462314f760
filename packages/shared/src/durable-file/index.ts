/** Files that are whole or not there, whenever the power goes. */
export { draftSuffix, removeDurably, writeDurably } from './durable-file.ts';
