/** An API server for tests without a cluster, which answers as they tell it to. */
export { type ScriptedApiServer, sendJson, sendStatus, startScriptedApiServer } from './scripted-api-server.ts';
