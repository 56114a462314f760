import { isIP } from 'node:net';
import { cannotIssue } from './issuance-limits.ts';

/** A host as a SubjectAltName writes it: a DNS name in ASCII, or the 4 or 16 bytes of an address (RFC 5280 §4.2.1.6). */
export interface HostName {
  readonly kind: 'dns' | 'ip';
  readonly bytes: Uint8Array;
}

/**
 * Hosts by which a server is reached.
 * @param hosts DNS names without wildcards, IPv4 and IPv6 addresses without brackets
 * @throws RR_PKI_CANNOT_ISSUE when there is none, or one is neither
 */
export function requireHosts(hosts: readonly string[]): readonly HostName[] {
  if (hosts.length === 0) throw cannotIssue("a server's certificate needs a host, for its subject is empty");
  return hosts.map((host) => {
    if (isIP(host) === 4) return { kind: 'ip', bytes: Uint8Array.from(host.split('.'), Number) };
    if (isIP(host) === 6 && !host.includes('%')) return { kind: 'ip', bytes: ipv6Bytes(host) };
    if (isDnsName(host)) return { kind: 'dns', bytes: Buffer.from(host.toLowerCase(), 'latin1') };
    throw cannotIssue(`${JSON.stringify(host.slice(0, 300))} is neither a DNS name nor an IP address`);
  });
}

/** Labels of letters, digits and hyphens (RFC 1123 §2.1); the last one has a letter, or it would be half an address. */
function isDnsName(host: string): boolean {
  const label = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/i;
  const labels = host.split('.');
  return host.length <= 253 && labels.every((each) => label.test(each)) && !/^\d+$/.test(labels.at(-1) ?? '');
}

/** `URL` writes every address in one form (RFC 5952): groups of hexadecimal digits, with at most one gap. */
function ipv6Bytes(address: string): Uint8Array {
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const groupsOf = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const after = groupsOf(tail ?? '');
  const groups = [...groupsOf(head), ...after];
  const gap = Array.from({ length: 8 - groups.length }, () => '0');
  const all = [...groupsOf(head), ...gap, ...after];
  return Buffer.from(all.map((group) => group.padStart(4, '0')).join(''), 'hex');
}
