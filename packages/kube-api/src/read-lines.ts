/** A stream of lines that breaks its rules. */
export class LineError extends Error {
  override readonly name = 'LineError';
}

const newline = 0x0a;

/**
 * The lines of a stream of bytes, decoded as UTF-8 one whole line at a time, for a chunk may end inside a character.
 * @throws LineError when a line exceeds `maxBytes`, or the stream ends within one
 */
export async function* readLines(chunks: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<string, void> {
  let parts: Uint8Array[] = [];
  let bytes = 0;
  const add = (part: Uint8Array): void => {
    bytes += part.length;
    if (bytes > maxBytes) throw new LineError(`a line exceeds ${maxBytes} bytes`);
    if (part.length > 0) parts.push(part);
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, from)) {
      add(chunk.subarray(from, end));
      const line = Buffer.concat(parts).toString('utf8');
      parts = [];
      bytes = 0;
      from = end + 1;
      if (line.trim() !== '') yield line;
    }
    add(chunk.subarray(from));
  }
  if (bytes > 0) throw new LineError('the stream ends within a line');
}
