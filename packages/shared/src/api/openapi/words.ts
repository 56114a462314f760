/** What the document says of the API as a whole. */
export const apiDescription = `What mgmt does and knows, for the command line, the dashboard and programs of others. docs/api.md says how errors,
revisions, pages and repeated requests work; docs/api-access.md who may ask; docs/api-live.md what the WebSocket at /v1/live says.`;

/** The chapters of the document. */
export const tags = [
  { name: 'meshes', description: 'Meshes as such, and clusters that come to them from elsewhere.' },
  { name: 'rotations', description: 'What comes before a rotation, its start, and what people say to it.' },
  { name: 'evidence', description: 'What is known of a mesh, and what was.' },
  { name: 'proofs', description: 'What was proven of a mesh.' },
  { name: 'clusters', description: 'Who may speak to mgmt.' },
  { name: 'server', description: 'The server itself.' },
] as const;
