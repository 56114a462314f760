import { Duplex } from 'node:stream';

/** A stream of bytes that goes nowhere: what is written is kept, and what is fed is read. */
export class MemoryStream extends Duplex {
  readonly #most: number;
  readonly #written: Buffer[] = [];
  #size = 0;

  /** @param most bytes that may be written; what would exceed them is an error of the stream */
  constructor(most: number) {
    super();
    this.#most = most;
  }

  /** All that was written so far. */
  written(): Buffer {
    return Buffer.concat(this.#written);
  }

  get writtenBytes(): number {
    return this.#size;
  }

  /** What the reader reads next. */
  feed(bytes: Uint8Array): void {
    this.push(bytes);
  }

  override _read(): void {
    // Whatever there is was pushed when it came.
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error) => void): void {
    if (this.#size + chunk.length > this.#most) {
      done(Object.assign(new Error(`more than ${this.#most} bytes were written`), { code: 'TOO_LARGE' }));
      return;
    }
    this.#size += chunk.length;
    // The writer may use its buffer again.
    this.#written.push(Buffer.from(chunk));
    done();
  }
}
