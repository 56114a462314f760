import { describe, expect, it } from 'vitest';
import { sampleSpec } from '../testing/sample-subject.ts';
import { requireAllowedChecks, verificationSchema } from './external-hosts.ts';

const spec = sampleSpec({
  checks: [{ kind: 'webhook', name: 'gate', url: 'https://gate.example:8443/verify', timeoutMs: 1_000 }],
});

describe('whom external checks may ask', () => {
  it('is named by origin: scheme, host and port', () => {
    expect(() => requireAllowedChecks(spec, [{ origin: 'https://gate.example:8443' }])).not.toThrow();
    for (const origin of ['http://gate.example:8443', 'https://gate.example', 'https://gate.example.evil:8443']) {
      expect(() => requireAllowedChecks(spec, [{ origin }])).toThrow(/which mgmt may not ask/);
    }
  });

  it('is nobody unless the configuration says so, and a spec without checks needs nobody', () => {
    expect(verificationSchema.parse({})).toEqual({ hosts: [] });
    expect(() => requireAllowedChecks(spec, [])).toThrow(
      expect.objectContaining({
        code: 'RR_MESH_CHECK_FORBIDDEN',
        place: 'spec.mtlsConfig.shared.certificateRotation.verification.automatic.checks.0',
      }),
    );
    expect(() => requireAllowedChecks(sampleSpec(), [])).not.toThrow();
  });

  it.each([
    ['a path', { origin: 'https://gate/x' }],
    ['credentials', { origin: 'https://user:pass@gate' }],
    ['another scheme', { origin: 'ftp://gate' }],
    ['a token in the clear', { origin: 'http://gate', tokenFile: 'token' }],
    ['a token itself', { origin: 'https://gate', token: 'x' }],
  ])('refuses %s', (_, host) => {
    expect(verificationSchema.safeParse({ hosts: [host] }).success).toBe(false);
  });

  it('refuses the same origin twice, however it is written', () => {
    const hosts = [{ origin: 'https://gate' }, { origin: 'https://gate:443/' }];
    expect(verificationSchema.safeParse({ hosts }).success).toBe(false);
  });
});
