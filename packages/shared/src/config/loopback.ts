/**
 * Whether a host is this machine.
 * @param host a name or an address, IPv6 without brackets
 */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/**
 * Whether the host of an address is this machine: a Vault for development listens there, and anywhere else a token would
 * travel in the clear.
 * @param hostname as `URL` has it, IPv6 in brackets
 */
export function isLoopback(hostname: string): boolean {
  return isLoopbackHost(hostname.replace(/^\[(.*)\]$/, '$1'));
}

/** Whether what is sent to an address can be read by nobody on the way: it is https, or http that stays on this machine. */
export function isHttpsOrLocal({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}
