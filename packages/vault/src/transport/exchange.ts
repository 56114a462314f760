/** One request as Vault is asked it. */
export interface Exchange {
  readonly verb: 'read' | 'list' | 'write' | 'delete';
  /** Without `/v1`. */
  readonly path: string;
  readonly body?: object | undefined;
  /** What happens if it is carried out twice: `none` for what only asks. */
  readonly effect: 'none' | 'repeatable' | 'once';
}

/** How a request is called in messages. */
export function nameOf({ verb, path }: Exchange): string {
  return `${verb} ${path}`;
}
