import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import { z } from 'zod';

/** What `reroot nats init` has written for one server on this machine. */
export interface NatsSetup {
  /** As agents and mgmt reach it. */
  readonly url: string;
  /** Where the server is to be started. */
  readonly serverDir: string;
  /** `nats` of mgmt's configuration. */
  readonly mgmt: Readonly<Record<string, unknown>>;
  readonly caFile: string;
  /** The account that mgmt and agents meet in, and the key that lets users in. */
  readonly account: string;
  readonly signingKeyFile: string;
}

const cli = fileURLToPath(new URL('../../../cli/src/main.js', import.meta.url));
const written = z.object({ account: z.string(), servers: z.array(z.string()).length(1) });

/**
 * Has the client of reroot set NATS up, as an operator does: TLS, accounts, credentials.
 * @param dir where it goes, into a folder of its own
 * @throws RR_PROCESS_ENDED when it fails; the signal's reason
 */
export async function setUpNats(dir: string, port: number, signal: AbortSignal): Promise<NatsSetup> {
  const out = join(dir, 'nats');
  const host = `127.0.0.1:${port}`;
  const { account, servers } = written.parse(await run(['nats', 'init', '--out', out, '--host', host, '-o', 'json'], signal));
  const at = (name: string): string => join(out, name);
  const signingKeyFile = at('account-signing.seed');
  return {
    url: servers[0] ?? '',
    serverDir: join(out, 'servers', `127.0.0.1-${port}`),
    mgmt: {
      servers,
      caFile: at('ca.crt'),
      credentialsFile: at('mgmt.creds'),
      users: {
        account,
        signingKeyFile,
        revocation: {
          operatorSigningKeyFile: at('operator-signing.seed'),
          systemCredentialsFile: at('system.creds'),
        },
      },
    },
    caFile: at('ca.crt'),
    account,
    signingKeyFile,
  };
}

async function run(args: readonly string[], signal: AbortSignal): Promise<unknown> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [cli, ...args], { signal });
    return JSON.parse(stdout);
  } catch (error) {
    signal.throwIfAborted();
    throw new RerootError('RR_PROCESS_ENDED', `reroot nats init failed: ${errorMessage(error)}`, { place: cli, cause: error });
  }
}
