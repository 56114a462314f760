import protobuf from 'protobufjs/minimal.js';

/** The path of the only method of the service (security/v1alpha1/ca.proto in istio.io/api). */
export const createCertificatePath = '/istio.v1.auth.IstioCertificateService/CreateCertificate';

/** A gRPC frame begins with a byte for compression and four for the length (PROTOCOL-HTTP2.md of gRPC). */
const frameHeadBytes = 5;

/** A wire tag: the number of the field and its kind; kind 2 is a length and that many bytes. */
const tag = (field: number, kind: 0 | 2): number => (field << 3) | kind;

/** IstioCertificateRequest in a gRPC frame. */
export function encodeRequest(csrPem: string, validitySeconds: number): Buffer {
  const writer = protobuf.Writer.create();
  writer.uint32(tag(1, 2)).string(csrPem);
  writer.uint32(tag(3, 0)).int64(validitySeconds);
  const message = writer.finish();
  const head = Buffer.alloc(frameHeadBytes);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

/**
 * The cert_chain of an IstioCertificateResponse in a gRPC frame.
 * @throws an Error that says why the bytes are none
 */
export function decodeResponse(frame: Uint8Array): string[] {
  const view = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength);
  if (view.length < frameHeadBytes) throw new Error(`${view.length} bytes are no message`);
  if (view[0] !== 0) throw new Error('the message is compressed');
  const length = view.readUInt32BE(1);
  if (length !== view.length - frameHeadBytes)
    throw new Error(`the message says ${length} bytes and has ${view.length - frameHeadBytes}`);
  const reader = protobuf.Reader.create(view.subarray(frameHeadBytes));
  const chain: string[] = [];
  while (reader.pos < reader.len) {
    const found = reader.uint32();
    if (found === tag(1, 2)) chain.push(reader.string());
    else reader.skipType(found & 7);
  }
  return chain;
}
