import protobuf from 'protobufjs';

/** One field of each wire type, under numbers that nobody has given away: a number, 8 bytes, a text, a group, 4 bytes. */
const laterFields = Buffer.concat([
  Buffer.from([0xc0, 0xf2, 0x04, 0x96, 0x01]),
  Buffer.from([0xc9, 0xf2, 0x04, 1, 2, 3, 4, 5, 6, 7, 8]),
  Buffer.from([0xd2, 0xf2, 0x04, 0x05, ...Buffer.from('later')]),
  Buffer.from([0xdb, 0xf2, 0x04, 0x08, 0x01, 0xdc, 0xf2, 0x04]),
  Buffer.from([0xe5, 0xf2, 0x04, 1, 2, 3, 4]),
]);

/**
 * The message as a sender of a later version would write it that says the same and more: with fields that the type does not
 * have, before and behind its own, in the message and in every message within.
 */
export function addLaterFields(type: protobuf.Type, bytes: Uint8Array): Uint8Array {
  const reader = protobuf.Reader.create(bytes);
  const parts: Uint8Array[] = [laterFields];
  while (reader.pos < bytes.length) {
    const start = reader.pos;
    const tag = reader.uint32();
    const within = type.fieldsById[tag >>> 3]?.resolvedType;
    if (within instanceof protobuf.Type) {
      const content = addLaterFields(within, reader.bytes());
      parts.push(protobuf.Writer.create().uint32(tag).bytes(content).finish());
    } else {
      reader.skipType(tag & 7);
      parts.push(bytes.subarray(start, reader.pos));
    }
  }
  return Buffer.concat([...parts, laterFields]);
}
