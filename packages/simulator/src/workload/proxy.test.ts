import { systemClock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import { nudgeBundle, parseCertificates, rootsOf } from '@reroot/shared/pki';
import { createFakeClock, type FakeClock, waitFor } from '@reroot/shared/testing';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Authority, createAuthority, makeCsr } from '../testing/authority.ts';
import { createFixedRandom } from '../testing/fixed-random.ts';
import { createSigningReplica, type SigningReplica } from '../testing/signing-replica.ts';
import { createProxy, type SimulatedProxy } from './proxy.ts';

const leafTtlMs = 3_600_000;
let a: Authority;
let b: Authority;
let both: string;
let clock: FakeClock;
let stop: AbortController;
/** The one the proxy is connected to, and the one its requests reach. */
let pushing: SigningReplica;
let signing: SigningReplica;
let proxy: SimulatedProxy;
/** Requests that the start took. */
let atStart: number;

beforeAll(async () => {
  [a, b] = await Promise.all([createAuthority('A', systemClock.now()), createAuthority('B', systemClock.now())]);
  both = a.root.pem + b.root.pem;
});
beforeEach(() => {
  clock = createFakeClock(systemClock.now());
  stop = new AbortController();
  atStart = 0;
  pushing = createSigningReplica('istiod-0', leafTtlMs);
  signing = createSigningReplica('istiod-1', leafTtlMs);
});
afterEach(() => {
  stop.abort();
});

/** The first choice is the connection, every later one a request. */
function startProxy(pushes: 'heard' | 'unheard' = 'heard'): void {
  let choices = 0;
  const random = createFixedRandom((items) => items[Math.min(items.length - 1, choices++ === 0 ? 0 : 1)]);
  const own = { namespace: 'default', name: 'web', trustDomain: 'cluster.local', pushes, leafTtlMs };
  proxy = createProxy({
    ...own,
    random,
    clock,
    replicas: [pushing, signing],
    log: silentLog,
    signal: stop.signal,
    onChange: () => undefined,
  });
}

function load(replica: SigningReplica, authority: Authority, rootCert: string): void {
  replica.load(authority.files(rootCert));
  proxy.hear();
}

/** Requests that were signed since the start. */
function requests(): number {
  return pushing.signatures() + signing.signatures() - atStart;
}

async function untilSigned(count: number): Promise<void> {
  await waitFor(() => requests() === count && rootsOf(held().rootCert).length > 0, {
    timeoutMs: 5_000,
    what: `${count} signed requests`,
  });
  await settle();
}

/** As long as two requests take from key to answer: one that should not have been made would be over. */
async function settle(): Promise<void> {
  const other = createSigningReplica('another', leafTtlMs);
  other.load(a.files(both));
  for (let turn = 0; turn < 2; turn += 1) await other.sign(await makeCsr(), 'spiffe://cluster.local/ns/default/sa/other');
}

function held(): { readonly certChain: string; readonly rootCert: string } {
  const { reading } = proxy.describe();
  if (reading.kind !== 'read') throw new Error('it cannot be read');
  return reading;
}

/** The root that the proxy's leaf stands under. */
function signerOf({ certChain }: { readonly certChain: string }): 'A' | 'B' {
  const [, intermediate] = parseCertificates(certChain);
  return intermediate?.x509.verify(a.root.publicKey) === true ? 'A' : 'B';
}

async function startUnderA(pushes: 'heard' | 'unheard' = 'heard'): Promise<void> {
  pushing.load(a.files(both));
  signing.load(a.files(both));
  startProxy(pushes);
  await untilSigned(pushes === 'heard' ? 2 : 1);
  atStart = requests();
}

describe('a proxy asks for a new certificate', () => {
  it('at its start, as soon as a replica serves', async () => {
    startProxy();
    expect(proxy.material()).toBeUndefined();
    expect(held()).toMatchObject({ certChain: '', rootCert: '' });
    load(pushing, a, a.root.pem);
    await untilSigned(2);
    const [leaf] = parseCertificates(held().certChain);
    expect(leaf?.uris).toEqual(['spiffe://cluster.local/ns/default/sa/web']);
    expect(leaf?.x509.checkPrivateKey(proxy.material()!.key)).toBe(true);
  });

  it('at once, with a new key, when the bytes that its replica pushes change, though no root does', async () => {
    await startUnderA();
    const { key } = proxy.material()!;
    load(pushing, a, nudgeBundle(both, 1));
    await untilSigned(1);
    expect(proxy.material()?.key).not.toBe(key);
    expect(rootsOf(held().rootCert)).toHaveLength(2);
  });

  it('once more when it is told of another bundle while a request is under way', async () => {
    await startUnderA();
    load(pushing, a, nudgeBundle(both, 1));
    load(pushing, a, nudgeBundle(both, 2));
    await untilSigned(2);
  });

  it('when half of the life of its leaf is over, and gets the new signer then', async () => {
    await startUnderA('unheard');
    load(pushing, b, both);
    load(signing, b, both);
    clock.advance(leafTtlMs * 0.48);
    await settle();
    expect([requests(), signerOf(held())]).toEqual([0, 'A']);
    clock.advance(leafTtlMs * 0.02);
    await untilSigned(1);
    expect(signerOf(held())).toBe('B');
  });

  it('when its pod is made anew, and holds nothing until then', async () => {
    await startUnderA();
    const { key } = proxy.material()!;
    load(signing, b, both);
    proxy.restart();
    expect(held().certChain).toBe('');
    await untilSigned(2);
    expect(proxy.material()?.key).not.toBe(key);
  });

  it('again and again until a replica serves', async () => {
    await startUnderA();
    pushing.load(undefined);
    signing.load(undefined);
    proxy.restart();
    load(pushing, a, a.root.pem);
    await untilSigned(1);
  });
});

describe('a proxy does not ask', () => {
  it('because the signer changed under the same bytes', async () => {
    await startUnderA();
    load(pushing, b, both);
    load(signing, b, both);
    await settle();
    expect([requests(), signerOf(held())]).toEqual([0, 'A']);
  });

  it('when the bundle changes and it does not hear of it (PROXY_CONFIG_XDS_AGENT=false)', async () => {
    await startUnderA('unheard');
    load(pushing, b, b.root.pem);
    load(signing, b, b.root.pem);
    await settle();
    expect([requests(), signerOf(held())]).toEqual([0, 'A']);
    expect(rootsOf(held().rootCert)).toHaveLength(2);
  });

  it('when a replica that it is not connected to changes', async () => {
    await startUnderA();
    load(signing, a, nudgeBundle(both, 1));
    await settle();
    expect(requests()).toBe(0);
  });
});

describe('with a fresh replica that pushes and a late one that signs', () => {
  it('a nudge is lost: the old signer signs once more, and nothing happens when the late one has loaded', async () => {
    await startUnderA();
    load(pushing, b, nudgeBundle(both, 1));
    await untilSigned(1);
    expect(signerOf(held())).toBe('A');

    load(signing, b, nudgeBundle(both, 1));
    clock.advance(600_000);
    await settle();
    expect([requests(), signerOf(held())]).toEqual([1, 'A']);
  });

  it('a nudge once both have loaded is not', async () => {
    await startUnderA();
    load(pushing, b, both);
    load(signing, b, both);
    load(pushing, b, nudgeBundle(both, 1));
    await untilSigned(1);
    expect(signerOf(held())).toBe('B');
  });

  it('a removed root stays trusted: it came with the certificate', async () => {
    await startUnderA();
    load(signing, b, both);
    load(pushing, b, b.root.pem);
    await untilSigned(1);
    expect(rootsOf(held().rootCert)).toHaveLength(2);

    load(signing, b, b.root.pem);
    await settle();
    expect(rootsOf(held().rootCert)).toHaveLength(2);
    load(pushing, b, nudgeBundle(b.root.pem, 2));
    await untilSigned(2);
    expect(rootsOf(held().rootCert).map(({ fingerprint }) => fingerprint)).toEqual([b.root.fingerprint]);
  });
});

it('a proxy moves to another replica when its own goes away, and takes what that one pushes', async () => {
  await startUnderA();
  load(signing, a, nudgeBundle(both, 1));
  pushing.load(undefined);
  proxy.hear();
  await untilSigned(1);
  expect(signing.signatures()).toBe(3);
});
