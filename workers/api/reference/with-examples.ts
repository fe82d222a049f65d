// Puts the examples into the OpenAPI document: answers where their schemas are, code as `x-codeSamples`.
import type { Call } from "./examples/call.ts";
import { languages } from "./examples/languages.ts";

interface Content {
  examples?: Record<string, unknown>;
}

interface Operation {
  operationId?: string | undefined;
  responses?: Readonly<Record<string, { content?: Readonly<Record<string, Content>> } | object>> | undefined;
}

/** Changes the operation. */
export function addExamples(operation: Operation, calls: readonly Call[], apiOrigin: string): void {
  const mine = calls.filter(({ operationId }) => operationId === operation.operationId);
  for (const { name, title, status, answer } of mine) {
    const response = operation.responses?.[status];
    const content = response && "content" in response ? response.content?.["application/json"] : undefined;
    if (content) content.examples = { ...content.examples, [name]: { summary: title, value: answer } };
  }
  Object.assign(operation, {
    "x-codeSamples": mine.flatMap((call) =>
      languages.map(({ label, openApiName, write }) => ({
        lang: openApiName,
        label: mine.length > 1 ? `${label}: ${call.title}` : label,
        source: write(call, apiOrigin),
      })),
    ),
  });
}
