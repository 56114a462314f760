import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createChainCheck } from '@reroot/shared/audit';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import { z } from 'zod';
import { mgmtVersion } from '../../version.ts';
import { findUnknownKey } from '../stored-form.ts';
import {
  type ImageEnd,
  type ImageHeader,
  type ImageLine,
  imageEndSchema,
  imageHeaderSchema,
  imageLineSchema,
  imageVersion,
} from './image-line.ts';

const lineFeed = 0x0a;
/** A mesh of thousands of clusters has a tenth of it. */
const maxLineBytes = 64 * 1024 * 1024;

/** What a whole image was found to hold. */
export interface CheckedImage {
  readonly header: ImageHeader;
  readonly meshes: readonly string[];
  readonly clusters: number;
  readonly keys: number;
  /** Entries of the journal. */
  readonly entries: number;
  readonly sha256: string;
}

/**
 * Reads an image to its end, and checks all of it: each line by its form, all of them by their digest, the journal by its chain and the
 * heads that mgmt has signed.
 * @throws RR_STORE_IMAGE_INVALID with the line, RR_STORE_IMAGE_NEWER
 */
export async function checkImage(file: string): Promise<CheckedImage> {
  const chain = createChainCheck();
  const meshes: string[] = [];
  let [clusters, keys, entries] = [0, 0, 0];
  let header: ImageHeader | undefined;
  let sha256 = '';
  for await (const { place, line } of readLines(file)) {
    if (line.kind === 'header') header = line;
    else if (line.kind === 'end') ({ sha256 } = line);
    else if (line.kind === 'mesh') meshes.push(line.mesh);
    else if (line.kind === 'cluster') clusters += 1;
    else if (line.kind === 'key') keys += 1;
    else if (line.kind === 'entry') {
      entries += 1;
      const { head, previous, hash, entry } = line;
      within(place, () => {
        chain.take({ previous, hash, entry });
        if (head !== undefined) chain.takeHead(head);
      });
    } else if (line.kind === 'head') within(place, () => chain.takeHead(line.head));
  }
  within(file, () => chain.finish());
  if (header === undefined) throw invalid(file, 'it is empty');
  return { header, meshes, clusters, keys, entries, sha256 };
}

/** The parts of an image that was checked. */
export async function* readImage(file: string): AsyncIterable<ImageLine> {
  for await (const { line } of readLines(file)) {
    if (line.kind !== 'header' && line.kind !== 'end') yield line;
  }
}

interface PlacedLine {
  readonly place: string;
  readonly line: ImageHeader | ImageLine | ImageEnd;
}

/** One after the other: an image may be larger than the memory. */
async function* readLines(file: string): AsyncIterable<PlacedLine> {
  const digest = createHash('sha256');
  let count = 0;
  let isOver = false;
  let writer = '';
  for await (const bytes of byteLines(file)) {
    count += 1;
    const place = `${file}, line ${count}`;
    if (isOver) throw invalid(place, 'something follows the end');
    const value = parseJson(bytes.toString('utf8'), place);
    const line = count === 1 ? readHeader(value, place) : readLine(value, place, writer);
    if (line.kind === 'header') writer = line.reroot;
    if (line.kind === 'end') {
      isOver = true;
      if (line.lines !== count - 1) throw invalid(place, `it has ${count - 1} lines, and was written with ${line.lines}`);
      if (line.sha256 !== digest.digest('hex')) throw invalid(place, 'its digest is another than that of what was written');
    } else digest.update(bytes);
    yield { place, line };
  }
  if (!isOver) throw invalid(`${file}, line ${count}`, 'it is cut off');
}

/** Cut at each line feed and at nothing else, so that the digest is over the very bytes. */
async function* byteLines(file: string): AsyncIterable<Buffer> {
  let rest: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
      let from = 0;
      for (let at = chunk.indexOf(lineFeed); at !== -1; at = chunk.indexOf(lineFeed, from)) {
        yield Buffer.concat([...rest, chunk.subarray(from, at + 1)]);
        [rest, bytes, from] = [[], 0, at + 1];
      }
      rest.push(chunk.subarray(from));
      bytes += chunk.length - from;
      if (bytes > maxLineBytes) throw invalid(file, `it has a line of more than ${maxLineBytes} bytes`);
    }
  } catch (cause) {
    if (cause instanceof RerootError) throw cause;
    throw new RerootError('RR_STORE_IMAGE_INVALID', `the image cannot be read: ${errorMessage(cause)}`, { place: file, cause });
  }
  if (bytes > 0) throw invalid(file, 'it is cut off');
}

function parseJson(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What the parser says would quote what may be secret.
    throw invalid(place, 'it is no JSON');
  }
}

const versionSchema = z.looseObject({ format: z.literal('reroot-store-image'), version: z.int().positive() });

function readHeader(value: unknown, place: string): ImageHeader {
  const read = imageHeaderSchema.safeParse(value);
  const version = versionSchema.safeParse(value);
  if (version.success && version.data.version > imageVersion) {
    const message = `the image has version ${version.data.version}, and this program knows ${imageVersion}`;
    throw new RerootError('RR_STORE_IMAGE_NEWER', message, { place });
  }
  if (!read.success) throw invalid(place, 'it is no image of a store of reroot');
  return read.data;
}

/** Checked, and otherwise as it was written. @param writer version of the reroot that wrote it */
function readLine(value: unknown, place: string, writer: string): ImageLine | ImageEnd {
  const end = imageEndSchema.safeParse(value);
  if (end.success) return end.data;
  const read = imageLineSchema.safeParse(value);
  if (read.success) return value as ImageLine;
  const unknown = findUnknownKey(read.error);
  if (unknown !== undefined) {
    const message = `it has the key ${JSON.stringify(unknown)}, which reroot ${mgmtVersion} does not know: reroot ${writer} wrote it`;
    throw new RerootError('RR_STORE_IMAGE_NEWER', message, { place });
  }
  const [issue] = read.error.issues;
  throw invalid(place, issue === undefined ? 'it makes no sense' : `${issue.path.join('.')}: ${issue.message}`);
}

function within(place: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    throw invalid(place, errorMessage(error));
  }
}

function invalid(place: string, why: string): RerootError {
  return new RerootError('RR_STORE_IMAGE_INVALID', `the image cannot be used: ${why}`, { place });
}
