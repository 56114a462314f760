import { createHash } from 'node:crypto';
import type { ImageEnd, ImageHeader, ImageLine } from './image-line.ts';

/** How much of an image was written. */
export interface WrittenImage {
  readonly lines: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** Writes an image line by line, and its digest at the end: one that was cut off, or changed, is told by it. */
export async function writeImage(
  header: ImageHeader,
  lines: AsyncIterable<ImageLine>,
  write: (text: string) => Promise<void>,
): Promise<WrittenImage> {
  const digest = createHash('sha256');
  let [count, bytes] = [0, 0];
  const put = async (line: ImageHeader | ImageLine | ImageEnd): Promise<void> => {
    const text = `${JSON.stringify(line)}\n`;
    if (line.kind !== 'end') {
      digest.update(text);
      count += 1;
    }
    bytes += Buffer.byteLength(text);
    await write(text);
  };
  await put(header);
  for await (const line of lines) await put(line);
  const sha256 = digest.digest('hex');
  await put({ kind: 'end', lines: count, sha256 });
  return { lines: count, bytes, sha256 };
}
