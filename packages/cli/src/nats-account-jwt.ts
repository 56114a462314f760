import { join } from 'node:path';
import { readNatsFileIfAny, replaceFile, type ServerFolder } from './nats-folder.ts';

/** Which account, and its newest JWT. */
export interface AccountJwt {
  /** Public key, A…. */
  readonly account: string;
  readonly jwt: string;
}

/** What came of it. */
export interface WrittenJwt {
  readonly written: readonly string[];
  /** Configurations that have no JWT of the account, or are not there. */
  readonly passedOver: readonly string[];
}

const configFile = 'nats-server.conf';

/**
 * Writes an account's JWT to where servers take it from that have lost `jwt/`, and last into `account.jwt`: as long as that
 * is the former one, the others may be.
 * @throws RR_CONFIG_UNREADABLE and RR_FILE_UNWRITABLE
 */
export async function writeAccountJwt(
  folder: string,
  servers: readonly ServerFolder[],
  { account, jwt }: AccountJwt,
): Promise<WrittenJwt> {
  const written: string[] = [];
  const passedOver: string[] = [];
  for (const { path } of servers) {
    const file = join(path, configFile);
    const config = withPreload((await readNatsFileIfAny(path, configFile)) ?? '', { account, jwt });
    if (config !== undefined) await replaceFile(file, `${config}\n`, 'public');
    (config === undefined ? passedOver : written).push(file);
  }
  const own = join(folder, 'account.jwt');
  await replaceFile(own, `${jwt}\n`, 'public');
  return { written: [...written, own], passedOver };
}

/** What to do next, for the person. */
export function sayOfConfigs({ passedOver }: WrittenJwt): readonly string[] {
  return [
    'copy nats-server.conf to each server and leaf node again: one that loses its jwt/ starts with what stands there',
    ...passedOver.map(
      (file) => `${file} is not there or has no JWT of the account in resolver_preload: put account.jwt there by hand`,
    ),
  ];
}

/** A configuration with another JWT of the account in `resolver_preload`; undefined when there is none. */
function withPreload(config: string, { account, jwt }: AccountJwt): string | undefined {
  const entry = new RegExp(String.raw`(\b${account}"?\s*[:=]\s*"?)[\w-]+\.[\w-]+\.[\w-]+`, 'g');
  return entry.test(config) ? config.replaceAll(entry, (_, before: string) => before + jwt) : undefined;
}
