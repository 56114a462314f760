import protobuf from 'protobufjs/minimal.js';
import { limits } from './limits.ts';

/** Parts and bytes become objects, which take their time as some numbers and texts do. */
const fieldsPerObject = 5;

/**
 * A reader that gives up after so many fields. A message of some megabytes can have millions of empty parts, each of which
 * would become an object before any list could be found too long.
 */
export class BoundedReader extends protobuf.Reader {
  readonly #maxFields: number;
  #left: number;

  constructor(bytes: Uint8Array, maxFields: number) {
    super(bytes);
    this.#maxFields = maxFields;
    this.#left = maxFields;
  }

  /** Before each field, known or not, of each part. */
  override tag(): number {
    this.#spend(1);
    return super.tag();
  }

  /** Before each part, bytes, text and packed list, and before what is passed over and has a length. */
  override size(): number {
    this.#spend(fieldsPerObject);
    return super.size();
  }

  /** A packed list has one tag for all of its items. Each takes a byte at least. */
  override int32s(list?: number[]): number[] {
    this.#spend(this.#peekSize());
    return super.int32s(list);
  }

  override stringVerify(): string {
    const size = this.#peekSize();
    if (size > limits.textBytes) throw new Error(`a text has ${size} bytes; ${limits.textBytes} are allowed`);
    this.#left += fieldsPerObject;
    return super.stringVerify();
  }

  #spend(fields: number): void {
    this.#left -= fields;
    if (this.#left < 0) throw new Error(`it has more than ${this.#maxFields} fields`);
  }

  #peekSize(): number {
    const start = this.pos;
    const size = super.size();
    this.pos = start;
    return size;
  }
}
