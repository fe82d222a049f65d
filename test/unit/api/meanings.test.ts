// Whatever the API takes and answers has a meaning in the reference: a new field without one fails here.
import { expect, test } from "vitest";
import { parameterDocs, transformSchema } from "../../../schema/transform.ts";
import { openApiDocument } from "../../../workers/api/reference/document.ts";
import { fieldsOfSchema, jsonSchemaSchema } from "../../../workers/api/reference/json-schema.ts";
import { endpointsOf } from "../../../workers/api/reference/model.ts";

const document = openApiDocument({
  api: "https://api.edgepix.test",
  src: "https://src.edgepix.test",
  page: "https://edgepix.test",
});
const schemas = Object.entries(document.components?.schemas ?? {});
const fields = schemas.flatMap(([object, schema]) =>
  fieldsOfSchema(jsonSchemaSchema.parse(schema)).map((field) => ({ object, ...field })),
);

test("every object of an answer is described", () => {
  expect(schemas.map(([name]) => name).toSorted()).toEqual(
    ["BatchResult", "DeletedImage", "Error", "Image", "ImageList", "Usage"].toSorted(),
  );
});

test.each(fields)("$object.$name has a meaning, and says when it is null", ({ meaning, mayBeNull }) => {
  expect(meaning).not.toBe("");
  expect(/\bnull\b/i.test(meaning)).toBe(mayBeNull);
});

const asked = endpointsOf(document).flatMap(({ method, path, fields: taken }) =>
  taken.map((field) => ({ call: `${method} ${path}`, ...field })),
);

test.each(asked)("$call: $name in $where has a meaning", ({ description }) => {
  expect(description).not.toBe("");
});

test("every parameter of image URLs has a row", () => {
  expect(parameterDocs.map(({ name }) => name)).toEqual(Object.keys(transformSchema.shape));
  expect(parameterDocs.filter(({ effect, values }) => effect === "" || values === "")).toEqual([]);
});

test("an upload's answer declares the token by which it is deleted without a key", () => {
  const uploads = endpointsOf(document).filter(({ method }) => method === "POST");
  for (const { answers } of uploads) {
    const created = answers.find(({ status }) => status === "201");
    expect(created?.headers.map(({ name }) => name)).toEqual(["Edgepix-Delete-Token", "Idempotent-Replayed"]);
    expect(created?.headers.map(({ description }) => description)).not.toContain("");
  }
});
