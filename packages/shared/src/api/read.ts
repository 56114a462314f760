import type { z } from 'zod';

/** What a schema describes, as whoever reads it sees it: nothing of it can be changed. */
export type Read<S extends z.ZodType> = DeepReadonly<z.infer<S>>;

/** What somebody asks for, once it is known who that is: a request may leave it out where its credentials say it. */
export type Attributed<S extends z.ZodType<{ readonly by?: string }>> = Omit<Read<S>, 'by'> & { readonly by: string };

type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;
