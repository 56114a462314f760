import { requireName } from '@reroot/shared/protocol';
import type { Permission } from './access/permission.ts';
import type { Principal } from './access/principal.ts';

/** What a route reads of a request. */
export interface RouteRequest {
  readonly params: unknown;
  /** What stands behind the `?`: text by name; a name that stands there several times has a list. */
  readonly query: unknown;
  readonly body: unknown;
  readonly headers: { readonly 'content-type'?: string | undefined };
  /** Who asks. `actorOf(principal, body.by)` is who is recorded. */
  readonly principal: Principal;
}

/** One path and method of the API. */
export type Route = GuardedRoute | OpenRoute;

/** A route that asks who comes. */
export interface GuardedRoute {
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly url: string;
  readonly permission: Permission;
  readonly answer: (request: RouteRequest) => Promise<Answer>;
}

/** A probe: it carries no credentials, and its answer tells nothing but health. */
export interface OpenRoute {
  readonly method: 'GET';
  readonly url: string;
  readonly permission: 'open';
  readonly answer: () => Promise<Answer>;
}

/** Status and body: JSON, unless a type is given. */
export interface Answer {
  readonly status: number;
  /** Media type of a body that is a text. */
  readonly type?: string;
  readonly body: unknown;
}

/** A part of the path; empty when there is none. */
export function paramOf({ params }: Pick<RouteRequest, 'params'>, name: string): string {
  const value: unknown = typeof params === 'object' && params !== null ? Reflect.get(params, name) : undefined;
  return typeof value === 'string' ? value : '';
}

/** The mesh that the path names. @throws RR_NAME_INVALID */
export function meshOf(request: Pick<RouteRequest, 'params'>): string {
  return requireName('mesh', paramOf(request, 'mesh'));
}
