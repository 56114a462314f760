import { type Dispatcher, Parser, type ParserEvent, State } from 'nats/lib/nats-base-client/internal_mod.js';
import { maxLineBytes } from './greeting.ts';

/** No nats-server lets anybody send more (its hard limit of max_payload); only one that is hostile would. */
const maxMessageBytes = 64 * 1024 * 1024;

/**
 * The parser of the NATS client, which would gather a message of any length that a server announces, and end the reading
 * with a line on stdout when something is wrong.
 */
export class BoundedParser extends Parser {
  readonly #onProblem: (problem: Error) => void;

  /** @param onProblem is told why nothing more can be read; the parser is of no use afterwards */
  constructor(dispatcher: Dispatcher<ParserEvent>, onProblem: (problem: Error) => void) {
    super(dispatcher);
    this.#onProblem = onProblem;
  }

  override parse(bytes: Uint8Array): void {
    try {
      super.parse(bytes);
    } catch {
      // The error quotes what came, of any length.
      this.#onProblem(new Error('what it says is not of the protocol'));
      return;
    }
    if (this.state === State.MSG_PAYLOAD) {
      if (this.ma.size > maxMessageBytes) this.#onProblem(new Error(`it announces a message of ${this.ma.size} bytes`));
    } else if ((this.argBuf?.length ?? 0) > maxLineBytes) this.#onProblem(new Error('a line that it says has no end'));
  }
}
