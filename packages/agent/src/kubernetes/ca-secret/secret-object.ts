import type { KubeObject } from '@reroot/kube-api';
import { sha256Hex } from '@reroot/shared/pki';

/** A Secret as the API server gives it. */
export interface SecretObject extends KubeObject {
  readonly type?: string;
  readonly immutable?: boolean;
  /** Each value in base64. */
  readonly data?: Readonly<Record<string, string>>;
}

/** The names of Istio's Secrets and keys (security/pkg/pki/ca/ca.go). */
export const caSecretName = 'cacerts';
export const selfSignedSecretName = 'istio-ca-secret';

/** Path of the Secrets of a namespace, or of one of them. */
export function secretPath(namespace: string, name?: string): string {
  const collection = `/api/v1/namespaces/${namespace}/secrets`;
  return name === undefined ? collection : `${collection}/${name}`;
}

/** One value of a Secret as text; empty where the key is missing, as istiod takes it. */
export function textOf({ data }: SecretObject, key: string): string {
  return Buffer.from(data?.[key] ?? '', 'base64').toString('utf8');
}

/** Text as a value of a Secret. */
export function valueOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

/** Lower-case hex SHA-256 over every key and value, in one order: equal exactly when the data are. */
export function digestData(data: Readonly<Record<string, string>> = {}): string {
  const entries = Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1));
  return sha256Hex(JSON.stringify(entries));
}
