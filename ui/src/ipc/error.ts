// What a failed question throws: the core's error with its code, so that a table can turn it into words.
import type { ApiError, Code } from "./bindings";

export class AppError extends Error {
  readonly code: Code;
  readonly next: string;

  constructor(error: ApiError) {
    super(error.message);
    this.name = "AppError";
    this.code = error.code;
    this.next = error.next;
  }
}

function isApiError(value: unknown): value is ApiError {
  return typeof value === "object" && value !== null && "code" in value && "message" in value;
}

/** Whatever was thrown, as an `AppError`. What is not known becomes `internal`. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (isApiError(thrown)) return new AppError(thrown);
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new AppError({ code: "internal", message, next: "" });
}
