/** What is proven of clusters by asking their agents. */
export { type AnswerTo, type AskOptions, createTasks, type TaskSealer, type Tasks, type TasksOptions } from './tasks.ts';
