import { RerootError } from '@reroot/shared/errors';
import type { Certificate } from '@reroot/shared/pki';
import { createFakeClock, type FakeClock } from '@reroot/shared/testing';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OfferRequest } from '../authorities/index.ts';
import { readMesh } from '../mesh/index.ts';
import { minimalMesh } from '../mesh/testing/minimal-mesh.ts';
import { makeRoot } from '../testing/certificates.ts';
import { type RecordedLog, recordLog } from '../testing/recorded-log.ts';
import type { MeshView } from './mesh-view.ts';
import { createRootOffers, type RootOffers } from './root-offers.ts';

const secret = { namespace: 'istio-system', name: 'next-root' };
const place = 'Secret istio-system/next-root';
const startMs = Date.UTC(2030, 0, 1);
const broken = () => new RerootError('RR_ROOT_SECRET_INVALID', 'it has no ca-key.pem', { place });

describe('what the sources of roots offer', () => {
  let a: Certificate;
  let b: Certificate;
  beforeAll(async () => {
    [a, b] = (await Promise.all([makeRoot('a'), makeRoot('b')])).map(({ certificate }) => certificate) as [
      Certificate,
      Certificate,
    ];
  });

  let clock: FakeClock;
  let log: RecordedLog;
  let requests: OfferRequest[];
  let answer: () => Certificate | undefined;
  let offers: RootOffers;
  beforeEach(() => {
    clock = createFakeClock(startMs);
    log = recordLog();
    requests = [];
    answer = () => undefined;
    const authority = {
      findOffer: async (request: OfferRequest) => {
        requests.push(request);
        return answer();
      },
    };
    offers = createRootOffers({ authority, clock, log });
  });

  const viewOf = (authority: object, known: readonly Certificate[] = [a]): MeshView => {
    const text = minimalMesh((document) => {
      document.spec.mtlsConfig.shared = { rootCertificateAuthority: authority };
    });
    const roots = new Map(
      known.map((certificate) => [certificate.fingerprint, { certificate, custody: { kind: 'agents' } as const }]),
    );
    return { stored: { spec: readMesh(text, 'demo', 'mesh.yaml') }, roots } as unknown as MeshView;
  };
  const { signal } = new AbortController();
  const look = (view = viewOf({ secret }), by = signal) => offers.look(view, by);

  it('are nothing before the first look, nothing where mgmt makes the roots, and nothing that the mesh has', async () => {
    expect(offers.read('demo')).toBeUndefined();
    await look(viewOf({ generated: {} }));
    expect(requests).toEqual([]);
    answer = () => a;
    await look();
    expect(requests).toHaveLength(1);
    expect(offers.read('demo')).toBeUndefined();
    expect(log.all({})).toEqual([]);
  });

  it('are asked for with all that the mesh has', async () => {
    await look(viewOf({ secret }, [a, b]));
    expect(requests).toMatchObject([{ source: { kind: 'secret', secret }, signing: 'mgmt', known: [a, b] }]);
  });

  it('are a root with its facts, told once and known since then', async () => {
    answer = () => b;
    await look();
    const offer = offers.read('demo');
    expect(offer).toEqual({
      ...{ kind: 'root', place, since: '2030-01-01T00:00:00.000Z', fingerprint: b.fingerprint, subject: b.subject },
      ...{ notBefore: new Date(b.notBeforeMs).toISOString(), notAfter: new Date(b.notAfterMs).toISOString() },
    });
    clock.advance(60_000);
    await look();
    expect(offers.read('demo')).toEqual(offer);
    expect(log.all({})).toEqual([{ level: 'info', msg: 'a new root is offered', mesh: 'demo', place, root: b.fingerprint }]);
    expect(offers.read('other')).toBeUndefined();
  });

  it('end when the mesh has the root, and when the roots come from elsewhere', async () => {
    answer = () => b;
    for (const view of [viewOf({ secret }, [a, b]), viewOf({ generated: {} })]) {
      await look();
      expect(offers.read('demo')).toMatchObject({ kind: 'root' });
      await look(view);
      expect(offers.read('demo')).toBeUndefined();
    }
  });

  it('may be a problem, told once, until the source is mended', async () => {
    answer = () => {
      throw broken();
    };
    await look();
    await look();
    const { code, message, remedy } = broken();
    expect(offers.read('demo')).toEqual({ kind: 'problem', place, since: '2030-01-01T00:00:00.000Z', code, message, remedy });
    expect(log.all({ level: 'warn' })).toMatchObject([{ mesh: 'demo', place, code, problem: message, remedy }]);
    clock.advance(1_000);
    answer = () => b;
    await look();
    expect(offers.read('demo')).toMatchObject({ kind: 'root', since: '2030-01-01T00:00:01.000Z' });
  });

  it('may be a problem that reroot did not foresee', async () => {
    answer = () => {
      throw new Error('surprise');
    };
    await look();
    expect(offers.read('demo')).toMatchObject({ kind: 'problem', code: 'RR_INTERNAL', message: 'surprise' });
  });

  it('stay as they were when a look is broken off', async () => {
    answer = () => b;
    await look();
    const stop = new AbortController();
    answer = () => {
      stop.abort(new Error('mgmt stops'));
      throw stop.signal.reason;
    };
    await look(undefined, stop.signal);
    expect(offers.read('demo')).toMatchObject({ kind: 'root', fingerprint: b.fingerprint });
  });

  it('of Vault name the issuer', async () => {
    answer = () => b;
    const tokenSecretRef = { namespace: 'reroot', name: 'vault' };
    await look(viewOf({ vault: { server: 'https://vault.example:8200', issuerRef: 'next', tokenSecretRef } }));
    expect(offers.read('demo')).toMatchObject({ kind: 'root', place: 'https://vault.example:8200 pki/issuer/next' });
  });
});
