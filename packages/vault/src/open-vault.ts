import { RerootError } from '@reroot/shared/errors';
import { type Deadline, withDeadline } from '@reroot/shared/lifecycle';
import { silentLog } from '@reroot/shared/log';
import { z } from 'zod';
import { parseAnswer } from './parse-answer.ts';
import { askInSession } from './session/ask-in-session.ts';
import { type AskAs, createSession } from './session/session.ts';
import { readTarget } from './target.ts';
import { type Exchange, nameOf } from './transport/exchange.ts';
import { createNodeVaultClient } from './transport/node-vault-client.ts';
import { createPool } from './transport/send-try.ts';
import { createSendUntilDone } from './transport/send-until-done.ts';
import type { Vault, VaultOptions } from './vault.ts';

const defaultTimeoutMs = 15_000;

const answerSchema = z.object({ data: z.unknown().optional() }).optional();
const listSchema = z.object({
  keys: z.array(z.string()),
  key_info: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((info) => info ?? {}),
});

/**
 * Opens Vault. Asks nothing yet: one that is not there, or does not know us, is told by the first request.
 * @throws RR_VAULT_CONFIG_INVALID, RR_VAULT_SKIP_VERIFY
 */
export function openVault(options: VaultOptions): Vault {
  const target = readTarget(options.target, options.environment ?? process.env);
  const pool = createPool(target);
  const closing = new AbortController();
  const { login, clock, random, log = silentLog, timeoutMs = defaultTimeoutMs } = options;
  const sendUntilDone = createSendUntilDone({ sendOnce: createNodeVaultClient(target, pool), clock, random, log });
  const deadlineOf = (exchange: Exchange, signal: AbortSignal): Deadline => {
    const who = `${nameOf(exchange)}: ${target.origin}`;
    return { ms: timeoutMs, clock, signal, code: 'RR_VAULT_UNREACHABLE', who };
  };
  const askAs: AskAs = (exchange, token, signal) => {
    const endsAtMs = clock.now() + timeoutMs;
    return withDeadline(deadlineOf(exchange, signal), (inner) => sendUntilDone(exchange, token, endsAtMs, inner));
  };
  const session = createSession({ login, askAs, clock, random, log, closed: closing.signal });
  const ask: Ask = (exchange, signal) => {
    const endsAtMs = clock.now() + timeoutMs;
    const either = AbortSignal.any([signal, closing.signal]);
    return withDeadline(deadlineOf(exchange, either), (inner) =>
      askInSession(session, inner, (token) => sendUntilDone(exchange, token, endsAtMs, inner)),
    );
  };
  return {
    ...createVerbs(ask),
    server: target.origin,
    close: async () => {
      closing.abort(new RerootError('RR_VAULT_UNREACHABLE', `the client of ${target.origin} was closed`));
      pool.destroy();
    },
  };
}

/** Asks with the session's token; gives the whole JSON. */
type Ask = (exchange: Exchange, signal: AbortSignal) => Promise<unknown>;

function createVerbs(ask: Ask): Pick<Vault, 'read' | 'list' | 'write' | 'delete'> {
  const askForData = async (exchange: Exchange, signal: AbortSignal): Promise<unknown> =>
    parseAnswer(answerSchema, await ask(exchange, signal), nameOf(exchange))?.data ?? undefined;
  return {
    read: async (path, signal) => askForData({ verb: 'read', path, effect: 'none' }, signal),
    list: async (path, signal) => {
      const exchange: Exchange = { verb: 'list', path, effect: 'none' };
      const { keys, key_info: keyInfo } = parseAnswer(listSchema, await askForData(exchange, signal), nameOf(exchange));
      return { keys, keyInfo };
    },
    write: async (path, body, signal, effect = 'once') => askForData({ verb: 'write', path, body, effect }, signal),
    delete: async (path, signal) => {
      await ask({ verb: 'delete', path, effect: 'repeatable' }, signal);
    },
  };
}
