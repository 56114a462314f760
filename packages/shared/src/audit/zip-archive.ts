import { crc32 } from 'node:zlib';
import { RerootError } from '../errors/index.ts';

/** A file of an archive. */
export interface ArchivedFile {
  /** With `/` between its parts. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

const localSignature = 0x04034b50;
const centralSignature = 0x02014b50;
const endSignature = 0x06054b50;
/** 2.0: folders; nothing newer is used. */
const version = 20;
/** Names are UTF-8. */
const flags = 0x0800;
/** 1 January 1980: the archive says nothing of when it was made, so that the same files give the same bytes. */
const dosDate = 0x0021;
const localBytes = 30;
const centralBytes = 46;
const endBytes = 22;

/**
 * A ZIP archive (APPNOTE 6.3) whose files are stored as they are: everybody can open it, and the same files give the same bytes
 * whatever compresses elsewhere.
 */
export function writeZip(files: readonly ArchivedFile[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { path, bytes } of files) {
    const name = Buffer.from(path, 'utf8');
    const common = commonHeader(name, bytes);
    const header = Buffer.concat([uint32(localSignature), common, name]);
    local.push(header, Buffer.from(bytes));
    const place = Buffer.concat([uint16(0), uint16(0), uint16(0), uint32(0), uint32(offset)]);
    central.push(Buffer.concat([uint32(centralSignature), uint16(version), common, place, name]));
    offset += header.length + bytes.length;
  }
  const directory = Buffer.concat(central);
  const count = uint16(files.length);
  const end = [uint32(endSignature), uint16(0), uint16(0), count, count, uint32(directory.length), uint32(offset), uint16(0)];
  return Buffer.concat([...local, directory, ...end]);
}

/**
 * Reads an archive that `writeZip` has made, and no other: each of its bytes has one meaning, so that none can be changed unseen.
 * @throws RR_EVIDENCE_BROKEN
 */
export function readZip(archive: Buffer): readonly ArchivedFile[] {
  const files: ArchivedFile[] = [];
  let offset = 0;
  while (offset + localBytes <= archive.length && archive.readUInt32LE(offset) === localSignature) {
    const size = archive.readUInt32LE(offset + 18);
    const nameLength = archive.readUInt16LE(offset + 26);
    const start = offset + localBytes + nameLength;
    if (start + size > archive.length) throw broken('is cut off');
    const path = archive.toString('utf8', offset + localBytes, start);
    files.push({ path, bytes: archive.subarray(start, start + size) });
    offset = start + size;
  }
  if (archive.length < offset + files.length * centralBytes + endBytes) throw broken('is no archive of reroot, or is cut off');
  if (!writeZip(files).equals(archive)) throw broken('has bytes that reroot has not written');
  return files;
}

/** What both headers of a file have. */
function commonHeader(name: Buffer, bytes: Uint8Array): Buffer {
  const size = uint32(bytes.length);
  const stored = uint16(0);
  const time = Buffer.concat([uint16(0), uint16(dosDate)]);
  const lengths = Buffer.concat([uint16(name.length), uint16(0)]);
  return Buffer.concat([uint16(version), uint16(flags), stored, time, uint32(crc32(bytes)), size, size, lengths]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function broken(what: string): RerootError {
  return new RerootError('RR_EVIDENCE_BROKEN', `the archive ${what}`);
}
