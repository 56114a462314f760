import { parseCertificate } from '@reroot/shared/pki';
import { createFakeClock, type FakeClock } from '@reroot/shared/testing';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Authority, createAuthority, makeCsr } from '../testing/authority.ts';
import { createFixedRandom } from '../testing/fixed-random.ts';
import { createRecordedLog, type RecordedLog } from '../testing/recorded-log.ts';
import { createReplica, type ReplicaOptions, type SimulatedReplica } from './replica.ts';
import type { CaFiles } from './signing-ca.ts';

const startMs = Date.UTC(2026, 0, 1);
const volumeDelayMs = [1_000, 2_000] as const;
const identity = 'spiffe://cluster.local/ns/default/sa/web';
let a: Authority;
let b: Authority;
let secret: CaFiles | undefined;
let clock: FakeClock;
let log: RecordedLog;
let changes: number;
let stop: AbortController;

beforeAll(async () => {
  [a, b] = await Promise.all([createAuthority('A', startMs), createAuthority('B', startMs)]);
});
beforeEach(() => {
  secret = undefined;
  clock = createFakeClock(startMs);
  log = createRecordedLog();
  changes = 0;
  stop = new AbortController();
});
afterEach(() => {
  stop.abort();
});

function start(istio: Partial<ReplicaOptions['istio']> = {}): SimulatedReplica {
  return createReplica({
    name: 'istiod-0',
    istio: { multiRoot: true, byteRule: 'superset-or-subset', ...istio },
    volumeDelayMs,
    leafTtlMs: 3_600_000,
    secret: () => secret,
    onChange: () => {
      changes += 1;
    },
    random: createFixedRandom(),
    signal: stop.signal,
    clock,
    log,
  });
}

/** Lets time pass in small steps, so that what one wait leads to may wait in turn. */
async function pass(ms: number): Promise<void> {
  for (let leftMs = ms; leftMs > 0; leftMs -= 50) {
    clock.advance(Math.min(50, leftMs));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function write(replica: SimulatedReplica, files: CaFiles): Promise<void> {
  secret = files;
  replica.followSecret();
  await pass(volumeDelayMs[0] + 100);
}

/** Fingerprint of the root that a replica's new leaf stands under, seen from the certificates it sends. */
async function signerOf(replica: SimulatedReplica): Promise<string> {
  const [, intermediate = ''] = await replica.sign(await makeCsr(), identity);
  const signer = parseCertificate(intermediate);
  return [a, b].find(({ root }) => signer.x509.verify(root.publicKey))?.root.subject.includes('A') === true ? 'A' : 'B';
}

describe('a replica of istiod', () => {
  it('waits for the Secret, and then signs for the caller whatever the request asks for', async () => {
    const replica = start();
    await expect(replica.sign(await makeCsr(), identity)).rejects.toMatchObject({ code: 'RR_REPLICA_UNREACHABLE' });
    expect(replica.bundle()).toBeUndefined();

    const files = a.files(a.root.pem);
    await write(replica, files);
    const answer = await replica.sign(await makeCsr(['spiffe://cluster.local/ns/default/sa/somebody-else']), identity);
    expect(parseCertificate(answer[0]!).uris).toEqual([identity]);
    expect(answer.slice(1)).toEqual([files.certChain, files.rootCert]);
  });

  it('follows the Secret only after the delay of its volume and the debounce', async () => {
    const replica = start();
    secret = a.files(a.root.pem);
    replica.followSecret();
    await pass(volumeDelayMs[0]);
    expect(replica.bundle()).toBeUndefined();
    await pass(100);
    expect(replica.bundle()).toBe(a.root.pem);
  });

  it('follows A, A+B, the signer B and B alone', async () => {
    const replica = start();
    await write(replica, a.files(a.root.pem));
    await write(replica, a.files(a.root.pem + b.root.pem));
    expect([replica.bundle(), await signerOf(replica)]).toEqual([a.root.pem + b.root.pem, 'A']);
    await write(replica, b.files(a.root.pem + b.root.pem));
    expect([replica.bundle(), await signerOf(replica)]).toEqual([a.root.pem + b.root.pem, 'B']);
    await write(replica, b.files(b.root.pem));
    expect([replica.bundle(), await signerOf(replica)]).toEqual([b.root.pem, 'B']);
    expect(changes).toBe(4);
  });

  it('keeps all of the old CA when the bundle is unrelated, with one line in its log and no change to tell', async () => {
    const replica = start();
    await write(replica, a.files(a.root.pem));
    await write(replica, b.files(b.root.pem));
    expect([replica.bundle(), await signerOf(replica)]).toEqual([a.root.pem, 'A']);
    expect(log.lines).toEqual(['warn Updating new ROOT-CA not supported']);
    expect(changes).toBe(1);
  });

  it('keeps all of the old CA, the signer included, when the bundle grows without ISTIO_MULTIROOT_MESH', async () => {
    const replica = start({ multiRoot: false });
    await write(replica, a.files(a.root.pem));
    await write(replica, b.files(a.root.pem + b.root.pem));
    expect([replica.bundle(), await signerOf(replica)]).toEqual([a.root.pem, 'A']);
    expect(log.lines).toEqual(['warn Multi root is disabled, updating new ROOT-CA not supported']);
  });

  it('reads by the rule of its version', async () => {
    const replica = start({ byteRule: 'bytes-contained' });
    await write(replica, a.files(a.root.pem));
    await write(replica, a.files(b.root.pem + '\n' + a.root.pem));
    await write(replica, a.files(a.root.pem + b.root.pem));
    expect(replica.bundle()).toBe(b.root.pem + '\n' + a.root.pem);
  });

  it('keeps the old CA when the new key does not fit', async () => {
    const replica = start();
    await write(replica, a.files(a.root.pem));
    await write(replica, { ...a.files(a.root.pem), caKey: b.files('').caKey });
    expect(await signerOf(replica)).toBe('A');
    expect(log.lines).toEqual(['error Failed to update new Plug-in CA certs']);
  });

  it('does not answer while it restarts, and then loads what it refused before', async () => {
    const replica = start();
    await write(replica, a.files(a.root.pem));
    await write(replica, b.files(b.root.pem));
    const before = replica.describe().startedAtMs;
    replica.restart();
    expect(replica.bundle()).toBeUndefined();
    await expect(replica.sign(await makeCsr(), identity)).rejects.toMatchObject({ code: 'RR_REPLICA_UNREACHABLE' });
    await pass(1_000);
    expect([replica.bundle(), await signerOf(replica)]).toEqual([b.root.pem, 'B']);
    expect(replica.describe().startedAtMs).toBeGreaterThan(before);
  });
});

describe('the volume of a replica', () => {
  it('stands still while it is held, also when the kubelet is asked to look, and follows when it is released', async () => {
    const replica = start();
    await write(replica, a.files(a.root.pem));
    replica.hold();
    await write(replica, a.files(a.root.pem + b.root.pem));
    replica.refreshVolume();
    await pass(5_000);
    expect(replica.bundle()).toBe(a.root.pem);
    replica.release();
    await pass(volumeDelayMs[1]);
    expect(replica.bundle()).toBe(a.root.pem + b.root.pem);
  });

  it('skips the versions it was too late for: two steps at once are refused', async () => {
    const replica = start();
    await write(replica, a.files(a.root.pem));
    replica.hold();
    await write(replica, a.files(a.root.pem + b.root.pem));
    await write(replica, b.files(b.root.pem));
    replica.release();
    await pass(volumeDelayMs[1]);
    expect(replica.bundle()).toBe(a.root.pem);
    expect(log.lines).toEqual(['warn Updating new ROOT-CA not supported']);
  });

  it('comes sooner when the kubelet is asked to look', async () => {
    const replica = start();
    secret = a.files(a.root.pem);
    replica.followSecret();
    replica.refreshVolume();
    await pass(500);
    expect(replica.bundle()).toBe(a.root.pem);
  });

  it('is as it was after a restart while it is held', async () => {
    const replica = start();
    await write(replica, a.files(a.root.pem));
    replica.hold();
    await write(replica, a.files(a.root.pem + b.root.pem));
    replica.restart();
    await pass(2_000);
    expect(replica.bundle()).toBe(a.root.pem);
  });
});
