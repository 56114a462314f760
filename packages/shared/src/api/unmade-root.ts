/** Stands in the place of a fingerprint for a root that is not made yet. */
export const unmadeRoot = 'new';
