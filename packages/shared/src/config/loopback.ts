/**
 * Whether the host of an address is this machine: a Vault for development listens there, and anywhere else a token would
 * travel in the clear.
 * @param hostname as `URL` has it, IPv6 in brackets
 */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
