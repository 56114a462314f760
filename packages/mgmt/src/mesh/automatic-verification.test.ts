import { describe, expect, it } from 'vitest';
import { defaultAutomaticPolicy, type RotationPolicy } from '../rotation/index.ts';
import { readMesh } from './read-mesh.ts';
import { minimalMesh } from './testing/minimal-mesh.ts';

const place = 'spec.mtlsConfig.shared.certificateRotation';

function readWith(automatic: unknown, rest: object = {}): RotationPolicy {
  const text = minimalMesh(({ spec }) => {
    spec.mtlsConfig.shared['certificateRotation'] = { verification: { automatic }, ...rest };
  });
  return readMesh(text, 'demo', 'body').rotation;
}

const gate = { name: 'gate', webhook: { url: 'https://gate.example/verify' } };
const errors = { name: 'errors', prometheus: { url: 'http://prometheus:9090', query: 'sum(rate(x[1m]))', max: 0.5 } };

describe('automatic verification in a VirtualMesh', () => {
  it('has a default for everything', () => {
    expect(readWith({})).toMatchObject({ verification: 'automatic', automatic: defaultAutomaticPolicy });
  });

  it('is read with everything that it says', () => {
    const { automatic } = readWith({
      ...{ soak: '5m', timeout: '30m', onFailure: 'ON_FAILURE_ROLLBACK', handshakes: 'HANDSHAKES_ALL_PAIRS' },
      negativeProof: 'NEGATIVE_PROOF_REQUIRED',
      pathProbes: [
        { clusters: ['east'], address: 'gateway.west:15443', serverName: 'outbound_.443_._.web.shop.svc' },
        { address: '[2001:db8::1]:15443' },
      ],
      checks: [
        { ...gate, webhook: { ...gate.webhook, timeout: '3s' } },
        { ...errors, prometheus: { ...errors.prometheus, for: '2m', noData: 'NO_DATA_PASS' } },
        { name: 'rate', prometheus: { url: 'http://prometheus:9090/p', query: 'q', baseline: { ratio: 1.5, tolerance: 0.1 } } },
      ],
    });
    expect(automatic).toEqual({
      ...{ soakMs: 300_000, timeoutMs: 1_800_000, onFailure: 'rollback', handshakes: 'all-pairs', negativeProof: 'required' },
      pathProbes: [
        { clusters: ['east'], address: 'gateway.west:15443', serverName: 'outbound_.443_._.web.shop.svc' },
        { clusters: [], address: '[2001:db8::1]:15443', serverName: '2001:db8::1' },
      ],
      checks: [
        { kind: 'webhook', name: 'gate', url: 'https://gate.example/verify', timeoutMs: 3_000 },
        {
          ...{ kind: 'prometheus', name: 'errors', url: 'http://prometheus:9090', query: 'sum(rate(x[1m]))' },
          ...{ limit: { kind: 'max', max: 0.5 }, forMs: 120_000, noData: 'pass' },
        },
        {
          ...{ kind: 'prometheus', name: 'rate', url: 'http://prometheus:9090/p', query: 'q' },
          ...{ limit: { kind: 'baseline', ratio: 1.5, tolerance: 0.1 }, forMs: 0, noData: 'fail' },
        },
      ],
    });
  });

  it.each<readonly [automatic: unknown, path: string, words: string]>([
    [{ soaks: '1m' }, 'soaks', 'unknown'],
    [{ timeout: '1s' }, 'timeout', '10s to 7d'],
    [{ handshakes: 'ALL' }, 'handshakes', ''],
    [{ pathProbes: [{ address: 'gateway' }] }, 'pathProbes.0.address', 'host:port'],
    [{ pathProbes: [{ address: 'gateway:70000' }] }, 'pathProbes.0.address', 'host:port'],
    [{ checks: [{ name: 'x' }] }, 'checks.0', 'one of webhook, prometheus'],
    [{ checks: [{ ...gate, name: 'Gate!' }] }, 'checks.0.name', 'lower-case'],
    [{ checks: [gate, gate] }, 'checks', 'names of their own'],
    [{ checks: [{ name: 'x', webhook: { url: 'file:///etc/passwd' } }] }, 'checks.0.webhook.url', 'http'],
    [{ checks: [{ name: 'x', webhook: { url: 'https://user:secret@gate' } }] }, 'checks.0.webhook.url', 'credentials'],
    [{ checks: [{ name: 'x', webhook: { url: 'https://gate?token=secret' } }] }, 'checks.0.webhook.url', 'query'],
    [{ checks: [{ name: 'x', webhook: { url: 'https://gate', token: 'secret' } }] }, 'checks.0.webhook.token', 'unknown'],
    [{ checks: [{ ...errors, prometheus: { ...errors.prometheus, query: '' } }] }, 'checks.0.prometheus.query', 'empty'],
    [{ checks: [{ name: 'x', prometheus: { url: 'http://p', query: 'q' } }] }, 'checks.0.prometheus', 'one of max, baseline'],
    [
      { checks: [{ name: 'x', prometheus: { url: 'http://p', query: 'q', baseline: { ratio: 0 } } }] },
      'checks.0.prometheus.baseline.ratio',
      'above 0',
    ],
    [{ checks: [{ ...gate, name: 'handshakes' }] }, 'checks.0.name', 'none of evidence'],
    [{ checks: [{ ...errors, prometheus: { ...errors.prometheus, for: '10m' } }] }, 'checks.0.prometheus.for', 'timeout'],
    [{ handshakes: 'HANDSHAKES_OFF', negativeProof: 'NEGATIVE_PROOF_REQUIRED' }, 'negativeProof', 'HANDSHAKES_OFF'],
  ])('refuses %j', (automatic, path, words) => {
    try {
      readWith(automatic);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: expect.stringMatching(/^RR_/) });
      const { message, place: where } = error as { message: string; place: string };
      expect(`${where} ${message}`).toContain(`${place}.verification.automatic.${path}`);
      expect(message).toContain(words === 'unknown' ? '' : words);
      expect(message).not.toContain('secret@');
    }
  });

  it('does not go with fourEyes: nobody approves', () => {
    expect(() => readWith({}, { approvals: { fourEyes: true } })).toThrow(/no meaning with verification automatic/);
  });
});
