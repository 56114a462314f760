import { maxNameLength, printableSchema } from '../printable.ts';

/** Kubernetes tells a controller no user: whoever writes the object says who it is, and a policy of admission sees to it that it is so. */
export const requestedBySchema = printableSchema(maxNameLength).describe(
  'Who asks: your name in Kubernetes (`kubectl auth whoami`). The ValidatingAdmissionPolicy reroot-requested-by refuses another one.',
);
