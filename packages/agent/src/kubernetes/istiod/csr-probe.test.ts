import { connect } from 'node:tls';
import { RerootError } from '@reroot/shared/errors';
import { createFakeClock } from '@reroot/shared/testing';
import protobuf from 'protobufjs/minimal.js';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { answerGrpc, type CaServer, makeServerIdentity, type ServerIdentity, startCaServer } from '../testing/ca-server.ts';
import { listedCache } from '../testing/listed-cache.ts';
import { createCsrProbe } from './csr-probe.ts';
import type { IstiodPod } from './istiod-pod.ts';
import { createIstiodPods } from './istiod-pods.ts';
import { createProbeRate } from './probe-rate.ts';

const signal = AbortSignal.timeout(30_000);
const serverName = 'istiod.istio-system.svc';
const chain = ['leaf', 'signer', 'root one\nroot two'];

let identity: ServerIdentity;
let server: CaServer | undefined;
beforeAll(async () => {
  identity = await makeServerIdentity(serverName);
});
afterEach(async () => {
  await server?.close();
  server = undefined;
});

function frame(elements: readonly string[], compressed = 0): Buffer {
  const writer = protobuf.Writer.create();
  for (const element of elements) writer.uint32(10).string(element);
  // A field that a later Istio may add.
  writer.uint32((9 << 3) | 2).string('new');
  const message = writer.finish();
  const head = Buffer.alloc(5);
  head[0] = compressed;
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

interface ProbeSetting {
  readonly port: number;
  readonly roots?: readonly string[];
  readonly pod?: Partial<IstiodPod>;
  readonly clusterId?: string;
}

function makeProbe({ port, roots = [identity.cert], pod = {}, clusterId }: ProbeSetting) {
  const discarded: string[] = [];
  const podOfIstiod: IstiodPod = {
    namespace: 'istio-system',
    pod: 'istiod-1',
    startedAtMs: 0,
    multiRoot: 'on',
    podIp: '127.0.0.1',
    clusterId: 'east',
    owner: undefined,
    ...pod,
  };
  const probe = createCsrProbe({
    pods: createIstiodPods([listedCache([podOfIstiod])], 'istio-system'),
    token: { obtain: async () => 'the-token', discard: (token) => void discarded.push(token) },
    rate: createProbeRate(createFakeClock(0), 250),
    knownRoots: (namespace) => (namespace === 'istio-system' ? roots : []),
    port,
    validityMs: 600_000,
    clusterId,
  });
  return { ask: (asked: AbortSignal = signal) => probe('istiod-1', 'the request', asked), discarded };
}

async function failureOf(work: Promise<unknown>): Promise<RerootError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof RerootError) return error;
  throw new Error(`no RerootError: ${String(error)}`);
}

describe('the probe of a replica', () => {
  it('sends the request, its lifetime, the token and the cluster, and gives back the chain element by element', async () => {
    server = await startCaServer(identity, (stream) => {
      answerGrpc(stream, frame(chain), 0);
    });
    expect(await makeProbe({ port: server.port }).ask()).toEqual(chain);
    const [request] = server.seen;
    expect(request?.headers).toMatchObject({
      ':path': '/istio.v1.auth.IstioCertificateService/CreateCertificate',
      ':authority': serverName,
      'content-type': 'application/grpc',
      te: 'trailers',
      authorization: 'Bearer the-token',
      clusterid: 'east',
    });
    expect(readRequest(request?.body ?? Buffer.alloc(0))).toEqual({ csr: 'the request', validitySeconds: 600 });
  });

  it('names the cluster of the configuration where there is one, and else as istiod does by default', async () => {
    server = await startCaServer(identity, (stream) => {
      answerGrpc(stream, frame(chain), 0);
    });
    await makeProbe({ port: server.port, clusterId: 'west' }).ask();
    await makeProbe({ port: server.port, pod: { clusterId: undefined } }).ask();
    expect(server.seen.map(({ headers }) => headers['clusterid'])).toEqual(['west', 'Kubernetes']);
  });

  it('shows its token to no server whose root is not known, nor to one with another name', async () => {
    server = await startCaServer(identity, (stream) => {
      answerGrpc(stream, frame(chain), 0);
    });
    const other = await makeServerIdentity(serverName);
    const unknown = await failureOf(makeProbe({ port: server.port, roots: [other.cert] }).ask());
    expect(unknown).toMatchObject({ code: 'RR_REPLICA_UNREACHABLE' });
    expect(unknown.message).toContain('istiod-1 serves with a certificate of no root known here');
    await server.close();

    const elsewhere = await makeServerIdentity('istiod.other.svc');
    server = await startCaServer(elsewhere, (stream) => {
      answerGrpc(stream, frame(chain), 0);
    });
    const misnamed = await failureOf(makeProbe({ port: server.port, roots: [elsewhere.cert] }).ask());
    expect(misnamed.message).toContain(`for another name than ${serverName}`);
    expect(server.seen).toEqual([]);
  });

  it('asks nobody while no root is known, or the pod has no address', async () => {
    const failures = [makeProbe({ port: 1, roots: [] }), makeProbe({ port: 1, pod: { podIp: undefined } })];
    for (const { ask } of failures) expect(await failureOf(ask())).toMatchObject({ code: 'RR_REPLICA_UNREACHABLE' });
  });

  it('makes a TLS connection of its own each time', async () => {
    server = await startCaServer(identity, (stream) => {
      answerGrpc(stream, frame(chain), 0);
    });
    await makeProbe({ port: server.port }).ask();
    await makeProbe({ port: server.port }).ask();
    expect(server.connections()).toBe(2);
  });

  it('lets a token go that was refused, and says what istiod said', async () => {
    server = await startCaServer(identity, (stream) => {
      answerGrpc(stream, undefined, 16, 'request authenticate failure');
    });
    const { ask, discarded } = makeProbe({ port: server.port });
    const failure = await failureOf(ask());
    expect(failure).toMatchObject({ code: 'RR_REPLICA_UNAUTHENTICATED' });
    expect(failure.message).toContain('request authenticate failure');
    expect(failure.message).not.toContain('the-token');
    expect(discarded).toEqual(['the-token']);
  });

  it.each([
    [14, 'RR_REPLICA_UNREACHABLE'],
    [8, 'RR_REPLICA_UNREACHABLE'],
    [3, 'RR_REPLICA_ANSWER_INVALID'],
    [13, 'RR_REPLICA_ANSWER_INVALID'],
  ])('takes gRPC status %i for %s', async (status, code) => {
    server = await startCaServer(identity, (stream) => {
      answerGrpc(stream, frame([]), status, 'because');
    });
    const { ask, discarded } = makeProbe({ port: server.port });
    expect(await failureOf(ask())).toMatchObject({ code });
    expect(discarded).toEqual([]);
  });

  it.each([
    ['cut short', frame(chain).subarray(0, -3)],
    ['compressed', frame(chain, 1)],
    ['empty', Buffer.alloc(0)],
    ['of another kind', Buffer.from([0, 0, 0, 0, 3, 10, 255, 255])],
    ['without end', Buffer.alloc(5 * 2 ** 20)],
  ])('refuses an answer that is %s', async (_, message) => {
    server = await startCaServer(identity, (stream) => {
      answerGrpc(stream, message, 0);
    });
    expect(await failureOf(makeProbe({ port: server.port }).ask())).toMatchObject({ code: 'RR_REPLICA_ANSWER_INVALID' });
  });

  it('says that a replica cannot be reached: nobody listens, it hangs up, it breaks off, it does not exist', async () => {
    server = await startCaServer(identity, (stream) => {
      stream.session?.destroy();
    });
    const { port } = server;
    const hungUp = await failureOf(makeProbe({ port }).ask());
    await server.close();
    server = await startCaServer(identity, (stream) => {
      stream.respond({ ':status': 200 });
      stream.write(frame(chain).subarray(0, 8));
      setImmediate(() => stream.session?.destroy());
    });
    const brokenOff = await failureOf(makeProbe({ port: server.port }).ask());
    const nobody = await failureOf(makeProbe({ port, pod: { podIp: '127.0.0.1' } }).ask());
    const missing = await failureOf(makeProbe({ port, pod: { pod: 'istiod-2' } }).ask());
    expect([hungUp, brokenOff, nobody, missing].map(({ code }) => code)).toEqual(Array(4).fill('RR_REPLICA_UNREACHABLE'));
  });

  it('ends with the reason of its signal, before and in the middle of an answer', async () => {
    const asked = Promise.withResolvers<undefined>();
    server = await startCaServer(identity, () => {
      asked.resolve(undefined);
    });
    const reason = new Error('enough');
    await expect(makeProbe({ port: server.port }).ask(AbortSignal.abort(reason))).rejects.toBe(reason);
    const controller = new AbortController();
    const asking = makeProbe({ port: server.port }).ask(controller.signal);
    await asked.promise;
    controller.abort(reason);
    await expect(asking).rejects.toBe(reason);
  });

  it('trusts the server of the test for its own root only', async () => {
    server = await startCaServer(identity, () => undefined);
    const socket = connect({ port: server.port, host: '127.0.0.1', ca: identity.cert, servername: serverName });
    await new Promise((resolve) => socket.once('secureConnect', resolve));
    expect(socket.authorized).toBe(true);
    socket.destroy();
  });
});

function readRequest(body: Buffer): { csr: string; validitySeconds: number } {
  const reader = protobuf.Reader.create(body.subarray(5));
  expect(body.readUInt32BE(1)).toBe(body.length - 5);
  expect(reader.uint32()).toBe(10);
  const csr = reader.string();
  expect(reader.uint32()).toBe(24);
  const validitySeconds = Number(reader.int64());
  expect(reader.pos).toBe(reader.len);
  return { csr, validitySeconds };
}
