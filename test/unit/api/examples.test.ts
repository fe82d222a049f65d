// The examples of the reference: whole requests and answers, held to what the routes declare.
import { expect, test } from "vitest";
import { errorSchema } from "../../../schema/api.ts";
import { errorNames } from "../../../schema/errors.ts";
import { openApiDocument } from "../../../workers/api/reference/document.ts";
import { exampleError } from "../../../workers/api/reference/examples/errors.ts";
import { examplesOf } from "../../../workers/api/reference/examples/index.ts";
import { languages } from "../../../workers/api/reference/examples/languages.ts";
import { endpointsOf } from "../../../workers/api/reference/model.ts";
import { holdToDeclaration } from "../../support/declared-answers.ts";

const origins = {
  api: "https://api.edgepix.test",
  src: "https://src.edgepix.test",
  page: "https://edgepix.test",
};
const document = openApiDocument(origins);
const calls = examplesOf(origins);

test("every call of the API has an example, and every example is of a call", () => {
  const operations = endpointsOf(document).map(({ operationId }) => operationId);
  expect([...new Set(calls.map(({ operationId }) => operationId))].toSorted()).toEqual(operations.toSorted());
  expect(new Set(calls.map(({ name }) => name)).size).toBe(calls.length);
});

test.each(calls)(
  "the answer of '$title' is what the route declares",
  async ({ method, path, status, answer }) => {
    const request = new Request(origins.api + path, { method });
    await holdToDeclaration(request, Response.json(answer, { status }));
  },
);

test.each(errorNames)("the example of %s is an error of the contract", (name) => {
  errorSchema.parse(exampleError(name, origins));
});

test.each(calls)("OpenAPI carries '$title' with its answer and in every language", (call) => {
  const operation = Object.values(document.paths ?? {})
    .flatMap((item) => [item.get, item.post, item.patch, item.delete])
    .find((one) => one?.operationId === call.operationId);
  expect(operation?.responses?.[call.status]).toMatchObject({
    content: { "application/json": { examples: { [call.name]: { value: call.answer } } } },
  });
  const samples = JSON.stringify(operation?.["x-codeSamples"]);
  for (const { write } of languages) expect(samples).toContain(JSON.stringify(write(call, origins.api)));
});
