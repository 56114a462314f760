import { systemClock } from '@reroot/shared/clock';
import { beforeAll, describe, expect, it } from 'vitest';
import { createCa, makeContent } from '../testing/ca.ts';
import { judgeCaFiles } from './judge-ca-files.ts';

let files: Record<string, string>;
const nowMs = systemClock.now();
const modern = { version: '1.30.1', multiRoot: 'on' } as const;
const judge = (given: Record<string, string>, istiods: readonly Parameters<typeof judgeCaFiles>[1][number][] = [modern]) =>
  judgeCaFiles({ namespace: 'istio-system', secret: { name: 'cacerts', files: given } }, istiods, nowMs);
const rulesOf = (given: Record<string, string>, istiods?: Parameters<typeof judge>[1]): string[] =>
  judge(given, istiods)
    .findings.filter(({ verdict }) => verdict !== 'ok')
    .map(({ rule, verdict }) => `${verdict} ${rule}`);

const withoutKey = (): Record<string, string> =>
  Object.fromEntries(Object.entries(files).filter(([name]) => name !== 'ca-key.pem'));

beforeAll(async () => {
  const ca = await createCa('root', nowMs);
  const { caCert, caKey, certChain, rootCert } = await makeContent([ca], ca);
  files = { 'ca-cert.pem': caCert, 'ca-key.pem': caKey, 'cert-chain.pem': certChain, 'root-cert.pem': rootCert };
});

describe('the files of a CA', () => {
  it('that reroot writes break nothing, and their names and sizes are told', () => {
    expect(rulesOf(files).filter((rule) => !rule.startsWith('warns'))).toEqual([]);
    expect(judge(files).keys.map(({ name }) => name)).toEqual(['ca-cert.pem', 'ca-key.pem', 'cert-chain.pem', 'root-cert.pem']);
    expect(judge(files).keys[0]?.bytes).toBe(files['ca-cert.pem']!.length);
  });

  it('are judged by the rules of docs/pki-check.md', () => {
    expect(rulesOf({ ...files, 'cert-chain.pem': files['root-cert.pem']! })).toContain('breaks chain-lacks-signer');
    const incomplete = withoutKey();
    expect(rulesOf(incomplete)).toContain('refuses incomplete-set');
    expect(rulesOf({ ...files, 'tls.crt': files['ca-cert.pem']! })).toContain('warns tls-form-ignores-others');
  });

  it('are judged for each istiod that reads them, and the same finding is told once', () => {
    const incomplete = withoutKey();
    const old = { version: '1.26.4', multiRoot: 'on' } as const;
    const found = rulesOf(incomplete, [modern, old, modern]).filter((rule) => rule.includes('incomplete-set'));
    expect(found.toSorted()).toEqual(['breaks incomplete-set-self-signed', 'refuses incomplete-set']);
  });

  it('never let a key out', () => {
    const told = JSON.stringify(judge({ ...files, 'ca-cert.pem': files['ca-key.pem']! }));
    for (const line of files['ca-key.pem']!.split('\n').filter((each) => each.length > 40)) expect(told).not.toContain(line);
  });

  it('that istiod has made itself, or that are not there, are not judged', () => {
    const own = judgeCaFiles({ namespace: 'a', secret: { name: 'istio-ca-secret', files: {} } }, [modern], nowMs);
    expect(own).toEqual({ namespace: 'a', secret: 'istio-ca-secret', keys: [], findings: [] });
    expect(judgeCaFiles({ namespace: 'a', secret: undefined }, [modern], nowMs).secret).toBe('none');
  });
});
