import { execFile } from 'node:child_process';
import { inspect, promisify } from 'node:util';
import { systemClock } from '@reroot/shared/clock';
import { createLogger } from '@reroot/shared/log';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decrypt, encrypt, generateExported, openVault, type Vault, type VaultLogin } from './index.ts';
import { type Fault, startVaultStandIn, type VaultStandIn } from './testing/index.ts';

const signal = AbortSignal.timeout(60_000);

/** What must be seen nowhere. Vault would quote some of it. */
const canaries = {
  token: 'hvs.CANARYtokenCANARYtokenCANARYtoken',
  jwt: 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJDQU5BUlkifQ.CANARYjwtsignature',
  plaintext: Buffer.from('CANARY plaintext').toString('base64'),
  key: 'MIGHAgEAMBMGByqGSM49CANARYkey',
};
const keyPem = `-----BEGIN PRIVATE KEY-----\n${canaries.key}\n-----END PRIVATE KEY-----`;
const quoted = Object.values(canaries).join(' ');

const faults: readonly Fault[] = [
  ...[400, 403, 404, 405, 412, 429, 472, 500, 502, 503].map((status): Fault => ({ kind: 'echo', status })),
  { kind: 'sealed' },
  { kind: 'redirect', location: `https://${canaries.token}@127.0.0.1:1` },
  { kind: 'silent' },
  { kind: 'cut' },
  { kind: 'lost' },
  { kind: 'endless' },
  { kind: 'text', text: `${quoted} {` },
  {
    kind: 'text',
    text: JSON.stringify({ data: { csr: canaries.key, private_key: keyPem, plaintext: '%%', ciphertext: quoted } }),
  },
  {
    kind: 'text',
    text: JSON.stringify({
      data: { csr: [quoted], private_key: { quoted }, plaintext: [quoted] },
      auth: { client_token: [canaries.token] },
    }),
  },
  { kind: 'text', text: JSON.stringify({ data: quoted }) },
];

let standIn: VaultStandIn;
let lines: string[];

beforeAll(async () => {
  standIn = await startVaultStandIn();
});
beforeEach(() => {
  standIn.heal();
  lines = [];
});
afterAll(() => standIn.stop());

const logins: Readonly<Record<string, VaultLogin>> = {
  token: { kind: 'token', readToken: async () => canaries.token },
  kubernetes: { kind: 'kubernetes', role: 'agent', readJwt: async () => canaries.jwt },
  unreadable: {
    kind: 'token',
    readToken: async () => {
      throw new Error(`the file holds ${quoted}`, { cause: quoted });
    },
  },
};

function open(login: VaultLogin, timeoutMs = 300): Vault {
  const log = createLogger({ level: 'debug', name: 'vault', stream: { write: (line: string) => void lines.push(line) } });
  return openVault({ target: standIn, login, clock: systemClock, random: () => 0, log, timeoutMs, environment: {} });
}

/** Everything of an error that a log, a report or a debugger could show. */
function exposed(thrown: unknown): string {
  const chain: unknown[] = [];
  for (let each = thrown; each instanceof Error; each = each.cause) chain.push(each.stack, each.message, Object.entries(each));
  return `${inspect(thrown, { showHidden: true, depth: Infinity, getters: true })}\n${JSON.stringify(chain)}`;
}

function expectNoCanary(text: string): void {
  expect(text).not.toContain(canaries.plaintext);
  expect(text).not.toContain('CANARY');
}

describe('no secret is seen', () => {
  it.each(Object.keys(logins))(
    'in what goes wrong with a login by %s',
    async (name) => {
      for (const fault of faults) {
        standIn.break(fault);
        const login = logins[name];
        if (login === undefined) throw new Error('there is such a login');
        const vault = open(login);
        const requests = [
          () => encrypt(vault, 'transit', 'reroot', Buffer.from(canaries.plaintext, 'base64'), signal),
          () => decrypt(vault, 'transit', 'reroot', quoted, signal),
          () =>
            generateExported(
              vault,
              'pki/intermediate/generate/exported',
              { commonName: 'x', keyAlgorithm: { kind: 'ecdsa', curve: 'P-256' } },
              signal,
            ),
          () => vault.write('secret/x', { nested: [{ deep: keyPem }] }, signal),
        ];
        for (const request of requests) {
          const thrown: unknown = await request().then(
            () => 'it succeeded',
            (error: unknown) => error,
          );
          expect(thrown).toBeInstanceOf(Error);
          expectNoCanary(exposed(thrown));
        }
        expectNoCanary(exposed(vault));
        await vault.close();
      }
      expectNoCanary(lines.join(''));
    },
    60_000,
  );

  it('in what goes wrong after a login that went well', async () => {
    for (const fault of faults) {
      standIn.heal();
      const vault = open({ kind: 'token', readToken: async () => standIn.rootToken }, 1_300);
      await vault.list('pki/issuers', signal).catch(() => undefined);
      standIn.break(fault);
      const thrown: unknown = await decrypt(vault, 'transit', 'reroot', quoted, signal).catch((error: unknown) => error);
      expect(thrown).toBeInstanceOf(Error);
      expectNoCanary(exposed(thrown));
      expect(exposed(thrown)).not.toContain(standIn.rootToken);
      await vault.close();
    }
    expectNoCanary(lines.join(''));
    expect(lines.join('')).not.toContain(standIn.rootToken);
    expect(lines.join('')).toContain('Vault is asked again');
  }, 60_000);

  it('by the program that is told to say everything', async () => {
    const script = `
      const { openVault, encrypt, decrypt } = await import(${JSON.stringify(new URL('index.ts', import.meta.url).href)});
      const { systemClock } = await import(${JSON.stringify(import.meta.resolve('@reroot/shared/clock'))});
      const { server, caBundlePem, rootToken, plaintext } = JSON.parse(await new Response(process.stdin).text());
      const login = { kind: 'token', readToken: async () => rootToken };
      const vault = openVault({ target: { server, caBundlePem }, login, clock: systemClock, random: Math.random });
      const signal = AbortSignal.timeout(10000);
      await vault.write('sys/mounts/transit', { type: 'transit' }, signal);
      await vault.write('transit/keys/reroot', {}, signal);
      const text = await encrypt(vault, 'transit', 'reroot', Buffer.from(plaintext, 'base64'), signal);
      await decrypt(vault, 'transit', 'reroot', text, signal);
      await vault.close();
      process.stdout.write('done');`;
    const environment = { ...process.env, DEBUG: '*', DEBUG_DEPTH: '10', NODE_DEBUG: 'http,https,tls' };
    const running = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], { env: environment });
    const { server, caBundlePem, rootToken } = standIn;
    running.child.stdin?.end(JSON.stringify({ server, caBundlePem, rootToken, plaintext: canaries.plaintext }));
    const { stdout, stderr } = await running;
    expect(stdout).toContain('done');
    expect(stderr.length).toBeGreaterThan(0);
    for (const secret of ['CANARY', rootToken, canaries.plaintext]) expect((stdout + stderr).includes(secret)).toBe(false);
  });
});
