import { RerootError } from '../errors/index.ts';
import { claimsOf } from './jwt-claims.ts';
import { natsUserOfSeed } from './nkey.ts';

/** What a user shows to NATS. */
export interface NatsCredentials {
  readonly jwt: string;
  /** SU…; signs the server's nonce, and never travels. */
  readonly seed: string;
}

const block = (label: string): RegExp => new RegExp(`-{3,}BEGIN ${label}-{3,}\\s+(\\S+)\\s+-{3,}END ${label}-{3,}`);

/**
 * Reads the text of a `.creds` file, as nsc and `reroot nats init` write it.
 * @throws RR_NATS_CREDENTIALS_INVALID when a part is missing, or the seed is another user's; the message never quotes the seed
 */
export function readCredsText(text: string): NatsCredentials {
  const jwt = block('NATS USER JWT').exec(text)?.[1];
  const seed = block('USER NKEY SEED').exec(text)?.[1];
  if (jwt === undefined) throw invalid('the text holds no NATS USER JWT between BEGIN and END');
  if (seed === undefined) throw invalid('the text holds no USER NKEY SEED between BEGIN and END');
  return requireOwnJwt({ jwt, seed });
}

/**
 * Gives the credentials back when the JWT is that of the seed's own user.
 * @throws RR_NATS_CREDENTIALS_INVALID; the message never quotes the seed
 */
export function requireOwnJwt({ jwt, seed }: NatsCredentials): NatsCredentials {
  const { publicKey } = natsUserOfSeed(seed);
  const { sub } = claimsOf('user', jwt);
  if (publicKey !== sub) throw invalid(`the seed is of ${publicKey}, and the JWT of ${sub}`);
  return { jwt, seed };
}

/** The text of a `.creds` file. It holds the seed: it belongs into a file that only its owner can read. */
export function writeCredsText({ jwt, seed }: NatsCredentials): string {
  return [
    '-----BEGIN NATS USER JWT-----',
    jwt,
    '------END NATS USER JWT------',
    '',
    '************************* IMPORTANT *************************',
    'The seed below proves who the user is: keep it secret.',
    '',
    '-----BEGIN USER NKEY SEED-----',
    seed,
    '------END USER NKEY SEED------',
    '',
  ].join('\n');
}

function invalid(why: string): RerootError {
  return new RerootError('RR_NATS_CREDENTIALS_INVALID', why);
}
