import type { ImageLine } from './image-line.ts';

/** All that a store holds, apart from what it does with it: for those who put it elsewhere. Nobody else has the store open meanwhile. */
export interface StoreContents {
  /** Where it is, for messages. */
  readonly place: string;
  /** Whether there is nothing in it but a term. */
  isEmpty(): Promise<boolean>;
  /** The last one that was taken. */
  readTerm(): Promise<number>;
  /** Raises the term by so many, and gives the new one: whoever has one of before is refused from now on. */
  raiseTerm(by: number): Promise<number>;
  /** Everything, in the order in which `fill` takes it. @throws RR_STORE_CORRUPT */
  read(): AsyncIterable<ImageLine>;
  /**
   * Puts everything into the store, which must be empty; what was written stays nowhere when it fails before its end.
   * @throws RR_STORE_NOT_EMPTY, RR_STORE_FAILED, and what the lines throw
   */
  fill(lines: AsyncIterable<ImageLine>): Promise<void>;
  close(): Promise<void>;
}
