import { composeBundle } from '@reroot/shared/pki';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CaSecret } from '../cluster/cluster.ts';
import { asSecret, type Ca, createCa, dayMs, hourMs, makeContent, signCrlOfSigner } from '../testing/ca.ts';
import type { Desired } from '../trust/desired.ts';
import { noHistory } from './history.ts';
import type { InstallPlan } from './plan.ts';
import { planInstall } from './plan-install.ts';

const nowMs = Date.UTC(2026, 0, 1);
const timings = { renudgeAfterMs: 10_000, refusedAfterMs: 120_000 };

let a: Ca;
let b: Ca;
/** `[A | A]`, without lists. */
let held: CaSecret;
/** Lists of root A, its signer, and root B. */
let ofRoot: string;
let ofSigner: string;
let ofB: string;

beforeAll(async () => {
  a = await createCa('root A', nowMs);
  b = await createCa('root B', nowMs);
  held = asSecret(await makeContent([a], a));
  ofRoot = (await a.signCrl()).pem;
  ofSigner = (await signCrlOfSigner(held, nowMs)).pem;
  ofB = (await b.signCrl()).pem;
});

function desiredOf(roots: readonly Ca[], signer: Ca, changes: Partial<Desired> = {}): Desired {
  return {
    term: 1,
    generation: 2,
    roots: roots.map(({ certificate }) => certificate),
    signerRoot: signer.certificate,
    intermediate: { keyAlgorithm: { kind: 'ecdsa', curve: 'P-256' }, organization: 'test', ttlDays: 365, graceRatio: 0 },
    nudge: 'laggards',
    replicaRestart: 'never',
    workloadRestart: 'never',
    passage: 'gradual',
    trustDomain: 'cluster.local',
    intermediateSource: { kind: 'mgmt' },
    rotationId: '',
    ...changes,
  };
}

function planOver(secret: CaSecret, desired: Desired, atMs = nowMs): InstallPlan {
  return planInstall({ secret, desired, proof: undefined, history: noHistory, nowMs: atMs, timings, adoption: 'allowed' });
}

/** What the plan is, or why there is none. */
function outcome(plan: InstallPlan): string {
  return plan.kind === 'refuse' ? `${plan.problem.code} ${plan.problem.message}` : plan.kind;
}

const sameAsHeld = (): Desired => desiredOf([a], a, { generation: 1 });
const noListOf = (name: string): RegExp =>
  new RegExp(`^RR_SECRET_CRL_INCOMPLETE .*ca-crl.pem: no CRL is good for O=test, CN=${name}`);

describe('beside revocation lists that are complete', () => {
  const secret = (more = ''): CaSecret => ({ ...held, crl: ofSigner + ofRoot + more });

  it('nothing is due where nothing is to be written', () => {
    expect(outcome(planOver(secret(), sameAsHeld()))).toBe('none');
  });

  it('a root comes only with its own list, and goes without more ado', () => {
    expect(outcome(planOver(secret(ofB), desiredOf([a, b], a)))).toBe('write');
    expect(outcome(planOver(secret(), desiredOf([a, b], a)))).toMatch(noListOf('root B'));
    const both = { ...secret(), rootCert: composeBundle(undefined, [a.certificate, b.certificate]) };
    expect(outcome(planOver(both, desiredOf([a], a)))).toBe('write');
  });

  it.each<[string, () => Desired, number?]>([
    ['when the signer changes', () => desiredOf([a, b], b)],
    ['when the intermediate is due for renewal', () => desiredOf([a], a), nowMs + 330 * dayMs],
    ['in an abrupt passage', () => desiredOf([b], b, { passage: 'abrupt' })],
  ])('no new intermediate is written %s', (_, desired, atMs = nowMs) => {
    const rootCert = composeBundle(undefined, desired().roots.length === 2 ? desired().roots : [a.certificate]);
    const plan = planOver({ ...secret(ofB), rootCert }, desired(), atMs);
    expect(outcome(plan)).toMatch(/^RR_SECRET_CRL_INCOMPLETE .*no CRL can be in it of the new intermediate/);
    expect(plan).toMatchObject({ problem: { remedy: expect.stringContaining('restart every istiod') } });
    expect(outcome(planOver({ ...held, rootCert }, desired(), atMs))).toBe('write');
  });

  it('no new intermediate is written over a Secret that cannot be read', () => {
    const unreadable = { ...secret(), caCert: 'none' };
    expect(outcome(planOver(unreadable, desiredOf([a], a, { passage: 'abrupt' })))).toContain('RR_SECRET_CRL_INCOMPLETE');
  });
});

describe('beside revocation lists that lack a CA', () => {
  it.each<[string, () => Promise<string> | string, RegExp]>([
    ['the signer', () => ofRoot, noListOf('intermediate of root A')],
    ['the root, which istiod does not ask for and Envoy does', () => ofSigner, noListOf('root A')],
    ['everybody, for there is no list in it', () => '# none\n', noListOf('intermediate of root A')],
    ['the root, whose list has ended', async () => ofSigner + (await expired()), /root A.*followed by another one/],
    ['everybody, for it is no list', () => held.rootCert, /^RR_SECRET_CRL_INCOMPLETE .*is a CERTIFICATE, not an X509 CRL/],
  ])('that is told while nothing is to be written, and nothing is: %s', async (_, makeCrl, expected) => {
    const secret = { ...held, crl: await makeCrl() };
    expect(outcome(planOver(secret, sameAsHeld()))).toMatch(expected);
    expect(outcome(planOver(secret, desiredOf([a], a)))).toMatch(expected);
  });

  const expired = async (): Promise<string> => (await a.signCrl({ fromMs: -dayMs, untilMs: -hourMs })).pem;
});
