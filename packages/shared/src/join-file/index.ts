/** The file by which a cluster joins: mgmt makes it, `reroot cluster add` writes it, an agent reads it. */

export { type JoinFile, joinFileSchema, natsAddressSchema } from './join-file.ts';
export { joinFileText } from './join-file-text.ts';
