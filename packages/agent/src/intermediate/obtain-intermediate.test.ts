import { createPrivateKey, createPublicKey } from 'node:crypto';
import { RerootError } from '@reroot/shared/errors';
import { parseCertificate, parseCsr } from '@reroot/shared/pki';
import type { IntermediateSource, IssueRequest, IssueResponse, VaultCa } from '@reroot/shared/protocol';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Ca, createCa, dayMs, hourMs, makeIntermediate, type Validity } from '../testing/ca.ts';
import type { Desired } from '../trust/desired.ts';
import type { Issuer } from './issuer.ts';
import { createMgmtIssuer } from './mgmt-issuer.ts';
import { createIntermediates } from './obtain-intermediate.ts';

const nowMs = Date.UTC(2026, 0, 1);
const { signal } = new AbortController();
let a: Ca;
let b: Ca;

beforeAll(async () => {
  a = await createCa('root A', nowMs);
  b = await createCa('root B', nowMs);
});

const desired = (ca: Ca, ttlDays = 365, graceRatio = 0): Desired => ({
  term: 1,
  generation: 1,
  roots: [a.certificate, b.certificate],
  signerRoot: ca.certificate,
  intermediate: { keyAlgorithm: { kind: 'ecdsa', curve: 'P-384' }, organization: 'acme', ttlDays, graceRatio },
  nudge: 'laggards',
  replicaRestart: 'never',
  workloadRestart: 'never',
  rotationId: '',
  passage: 'gradual',
  trustDomain: 'cluster.local',
  intermediateSource: { kind: 'mgmt' },
});

/** A source whose requests are answered by `answer`, and what it asked. */
function createSource(answer: (request: IssueRequest) => Promise<IssueResponse>, clock = { nowMs }) {
  const asked: IssueRequest[] = [];
  const mgmt = createMgmtIssuer({
    cluster: 'cluster-1',
    request: async (request) => {
      asked.push(request);
      return answer(request);
    },
  });
  const source = createIntermediates({ now: () => clock.nowMs, issuerOf: async () => mgmt });
  return { source, asked, issuer: mgmt };
}

const issueFrom =
  (ca: Ca, validity?: Validity) =>
  async ({ csr }: IssueRequest): Promise<IssueResponse> => ({ kind: 'issued', chain: [(await ca.issue(csr, validity)).der] });

describe('an intermediate', () => {
  it('is for a key of the asked kind that stands beside it, under the asked root', async () => {
    const { source, asked } = createSource(issueFrom(a));
    const { caCert, caKey, certChain } = await source.obtain(desired(a), signal);
    const certificate = parseCertificate(caCert);
    expect(certChain).toBe(caCert);
    expect(certificate.publicKey.equals(createPublicKey(createPrivateKey(caKey)))).toBe(true);
    expect(asked[0]?.signerRoot).toBe(a.certificate.fingerprint);
    expect(parseCsr(asked[0]!.csr)).toMatchObject({ algorithm: { kind: 'ecdsa', curve: 'P-384' } });
  });

  it('is asked for with the same request until an answer comes, and kept until it is settled', async () => {
    let silences = 1;
    const { source, asked } = createSource(async (request) => {
      silences -= 1;
      if (silences >= 0) throw new RerootError('RR_NATS_NO_ANSWER', 'nobody answered');
      return issueFrom(a)(request);
    });
    await expect(source.obtain(desired(a), signal)).rejects.toMatchObject({ code: 'RR_NATS_NO_ANSWER' });
    const first = await source.obtain(desired(a), signal);
    expect(await source.obtain(desired(a), signal)).toBe(first);
    expect(asked).toHaveLength(2);
    expect(asked[1]?.csr).toEqual(asked[0]?.csr);
    source.settle();
    expect((await source.obtain(desired(a), signal)).caKey).not.toBe(first.caKey);
  });

  it('has a key of its own for each root and for each set of options', async () => {
    const { source, asked } = createSource(async (request) =>
      issueFrom(request.signerRoot === a.certificate.fingerprint ? a : b)(request),
    );
    for (const wanted of [desired(a), desired(b), desired(b, 30)]) await source.obtain(wanted, signal);
    expect(new Set(asked.map(({ csr }) => Buffer.from(csr).toString('hex'))).size).toBe(3);
  });

  it('stays the same one when only the moment of its renewal changes', async () => {
    const { source, asked } = createSource(issueFrom(a));
    const first = await source.obtain(desired(a), signal);
    expect(await source.obtain(desired(a, 365, 0.5), signal)).toBe(first);
    expect(asked).toHaveLength(1);
  });

  it('has a new key and a new request at each renewal, or mgmt would answer with the old certificate', async () => {
    const { source, asked } = createSource(issueFrom(a));
    const first = await source.obtain(desired(a, 365, 0.8), signal);
    source.settle();
    const second = await source.obtain(desired(a, 365, 0.8), signal);
    expect(second.caKey).not.toBe(first.caKey);
    expect(asked[1]?.csr).not.toEqual(asked[0]?.csr);
  });

  it('is asked for anew when the one that could not be written has grown old meanwhile', async () => {
    const clock = { nowMs };
    const { source, asked } = createSource(
      async (request) => issueFrom(a, { fromMs: clock.nowMs - nowMs - hourMs, untilMs: clock.nowMs - nowMs + dayMs })(request),
      clock,
    );
    await source.obtain(desired(a), signal);
    clock.nowMs += dayMs;
    await source.obtain(desired(a), signal);
    expect(asked).toHaveLength(2);
    expect(asked[1]?.csr).not.toEqual(asked[0]?.csr);
  });
});

describe('an intermediate of a source', () => {
  const ca: VaultCa = {
    ...{ server: 'https://vault:8200', caBundle: '', namespace: '', caPath: 'pki/root/sign-intermediate', csrPath: '' },
    auth: { kind: 'token-secret', secret: { namespace: 'reroot', name: 'token' } },
  };
  const from = (changes: Partial<VaultCa>): IntermediateSource => ({ kind: 'vault', vault: { ...ca, ...changes } });

  it('is another one where it is made or signed elsewhere, and the same one however the agent logs in', async () => {
    const { source } = createSource(issueFrom(a));
    const keyOf = async (intermediateSource: IntermediateSource, trustDomain = 'cluster.local') =>
      (await source.obtain({ ...desired(a), intermediateSource, trustDomain }, signal)).caKey;
    const others = [
      await keyOf({ kind: 'mgmt' }),
      await keyOf(from({})),
      await keyOf(from({ server: 'https://other:8200' })),
      await keyOf(from({ namespace: 'team' })),
      await keyOf(from({ caPath: 'pki2/root/sign-intermediate' })),
      await keyOf(from({ csrPath: 'pki/intermediate/generate/exported' })),
      await keyOf(from({}), 'other.example'),
    ];
    expect(new Set(others).size).toBe(others.length);
    const auth = { kind: 'token-secret', secret: { namespace: 'reroot', name: 'another' } } as const;
    expect(await keyOf(from({}), 'x')).toBe(await keyOf(from({ auth, caBundle: 'other' }), 'x'));
    expect(await keyOf({ kind: 'mgmt' }, 'x')).toBe(await keyOf({ kind: 'mgmt' }, 'y'));
  });

  it('is asked for less and less often where each answer leaves a certificate behind, while no answer can be used', async () => {
    const clock = { nowMs };
    const answers: Ca[] = [];
    let answersWith = b;
    const { issuer } = createSource(async (request) => {
      answers.push(answersWith);
      return issueFrom(answersWith)(request);
    });
    const costly: Issuer = { ...issuer, answers: 'another-each-time' };
    const source = createIntermediates({ now: () => clock.nowMs, issuerOf: async () => costly });
    const secondsOfAnswers: number[] = [];
    for (; clock.nowMs < nowMs + hourMs; clock.nowMs += 1_000) {
      const before = answers.length;
      await expect(source.obtain(desired(a), signal)).rejects.toMatchObject({ code: 'RR_ISSUE_ANSWER_INVALID' });
      if (answers.length > before) secondsOfAnswers.push((clock.nowMs - nowMs) / 1_000);
    }
    expect(secondsOfAnswers).toEqual([0, 10, 30, 70, 150, 310, 630, 1230, 1830, 2430, 3030]);
    answersWith = a;
    // Another root, or other options, are another question.
    await expect(source.obtain(desired(a, 30), signal)).resolves.toMatchObject({});
  });
});

describe('an answer', () => {
  const codeFor = async (answer: (request: IssueRequest) => Promise<IssueResponse>): Promise<unknown> => {
    const { source } = createSource(answer);
    return source.obtain(desired(a), signal).then(
      () => 'accepted',
      (error: unknown) => (error instanceof RerootError ? error.code : error),
    );
  };

  it('is refused when it is for another key, under another root, out of its time or none at all', async () => {
    const other = parseCertificate((await makeIntermediate(a)).caCert);
    expect(await codeFor(async () => ({ kind: 'issued', chain: [other.der] }))).toBe('RR_ISSUE_ANSWER_INVALID');
    expect(await codeFor(issueFrom(b))).toBe('RR_ISSUE_ANSWER_INVALID');
    expect(await codeFor(issueFrom(a, { fromMs: hourMs, untilMs: dayMs }))).toBe('RR_ISSUE_ANSWER_INVALID');
    expect(await codeFor(issueFrom(a, { fromMs: -dayMs, untilMs: -hourMs }))).toBe('RR_ISSUE_ANSWER_INVALID');
    expect(await codeFor(async () => ({ kind: 'issued', chain: [] }))).toBe('RR_ISSUE_ANSWER_INVALID');
    expect(await codeFor(async () => ({ kind: 'issued', chain: [Buffer.from('x')] }))).toBe('RR_ISSUE_ANSWER_INVALID');
  });

  it('is refused when the intermediate would have to be renewed at once: that would never end', async () => {
    expect(await codeFor(issueFrom(a, { fromMs: -9 * dayMs, untilMs: dayMs }))).toBe('RR_ISSUE_ANSWER_INVALID');
  });

  it('is judged by the ratio that mgmt names', async () => {
    const { source } = createSource(issueFrom(a, { fromMs: -6 * dayMs, untilMs: 4 * dayMs }));
    await expect(source.obtain(desired(a, 365, 0.5), signal)).rejects.toMatchObject({ code: 'RR_ISSUE_ANSWER_INVALID' });
    await expect(source.obtain(desired(a, 365, 0.3), signal)).resolves.toMatchObject({});
  });

  it('says what mgmt said when mgmt refuses', async () => {
    const problem = { code: 'RR_ISSUE_WRONG_ROOT', message: 'another root signs now', remedy: 'wait' };
    const { source } = createSource(async () => ({ kind: 'refused', problem }));
    await expect(source.obtain(desired(a), signal)).rejects.toMatchObject({
      code: 'RR_ISSUE_REFUSED',
      remedy: 'wait',
      message: expect.stringContaining('RR_ISSUE_WRONG_ROOT another root signs now'),
    });
  });
});
