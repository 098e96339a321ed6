// The backend in use. `main.ts` provides Tauri's, tests and the mock build provide the fake; everything else
// imports `backend` from here and knows neither.
import { announce } from "../lib/topics";
import type { Backend } from "./backend";

export type { Backend, Density, ExportForm, Topic } from "./backend";
export type * from "./bindings";
export { AppError, toAppError } from "./error";

export let backend: Backend;

/** Sets the backend and lets its topics reach every `resource`. Answers with a function that ends that. */
export async function provide(provided: Backend): Promise<() => void> {
  backend = provided;
  return provided.onTopics((topics) => {
    announce(topics);
  });
}
