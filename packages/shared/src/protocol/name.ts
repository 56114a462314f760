import { RerootError } from '../errors/index.ts';
import { quoteText } from './quote-text.ts';

/** Whether a text is a DNS-1123 label (RFC 1123 §2.1, as Kubernetes reads it): safe in subjects, paths and subject names. */
export function isName(text: string): boolean {
  return /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/.test(text);
}

/** Whether a text is a DNS-1123 subdomain, as most objects of Kubernetes are named: none of them leads out of a folder or a path. */
export function isObjectName(text: string): boolean {
  return /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/.test(text);
}

/**
 * Gives the name back.
 * @param what what it names, for the error: "mesh", "cluster"
 * @throws RR_NAME_INVALID
 */
export function requireName(what: string, name: string): string {
  if (isName(name)) return name;
  throw new RerootError('RR_NAME_INVALID', `${what} ${quoteText(name)} is not a DNS-1123 label`);
}
