// Calls that are refused: how a program meets an error.
import type { CallsOf } from "../call.ts";
import { exampleError } from "../errors.ts";

export const refusedCalls: CallsOf = (origins) => [
  {
    name: "wrong-key",
    title: "Call with a key that is none",
    operationId: "getUsage",
    method: "GET",
    path: "/v1/usage",
    credential: "wrong key",
    status: 401,
    answer: exampleError("unauthorized", origins),
  },
  {
    name: "nothing-sent",
    title: "Send nothing: the way to try a key without making an image",
    operationId: "importImage",
    method: "POST",
    path: "/v1/images",
    credential: "key",
    body: { kind: "json", value: {} },
    status: 422,
    answer: exampleError("validation_error", origins),
  },
];
