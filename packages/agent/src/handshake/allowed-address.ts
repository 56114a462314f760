import { RerootError } from '@reroot/shared/errors';

/** An address that may be dialled. */
export interface DialAddress {
  readonly host: string;
  readonly port: number;
}

const form = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)):([1-9][0-9]{0,4})$/;
const highestPort = 65_535;

/**
 * What mgmt names is dialled only where this agent's own configuration names it too: whoever speaks as mgmt could otherwise
 * reach into the cluster's network through the agent.
 * @param allowed `host:port` or `host:*`
 * @throws RR_PATH_PROBE_FORBIDDEN
 */
export function requireAllowed(address: string, allowed: readonly string[]): DialAddress {
  const found = form.exec(address.toLowerCase());
  const [, literal, name = '', digits = ''] = found ?? [];
  const [host, port] = [literal ?? name, Number(digits)];
  const isAllowed = allowed.some((entry) => {
    const at = entry.lastIndexOf(':');
    const [entryHost, entryPort] = [
      entry
        .slice(0, at)
        .toLowerCase()
        .replace(/^\[(.*)\]$/, '$1'),
      entry.slice(at + 1),
    ];
    return entryHost === host && (entryPort === '*' || Number(entryPort) === port);
  });
  if (found !== null && port <= highestPort && isAllowed) return { host, port };
  throw new RerootError('RR_PATH_PROBE_FORBIDDEN', `${JSON.stringify(address)} is no address that this agent may dial`);
}
