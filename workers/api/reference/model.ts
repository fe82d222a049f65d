// The reference as people read it: the OpenAPI document, flattened to endpoints with their fields and answers.
import * as z from "zod";
import type { OpenApiDocument } from "./document.ts";
import { type JsonSchema, jsonSchemaSchema, typeOf } from "./json-schema.ts";

const contentSchema = z.record(z.string(), z.object({ schema: jsonSchemaSchema }));

const operationSchema = z.object({
  operationId: z.string(),
  summary: z.string(),
  description: z.string().optional(),
  security: z.array(z.record(z.string(), z.unknown())).optional(),
  parameters: z
    .array(
      z.object({
        name: z.string(),
        in: z.string(),
        required: z.boolean().optional(),
        description: z.string().optional(),
        schema: jsonSchemaSchema,
      }),
    )
    .default([]),
  requestBody: z.object({ content: contentSchema }).optional(),
  responses: z.record(
    z.string(),
    z.object({
      description: z.string(),
      content: contentSchema.optional(),
      headers: z.record(z.string(), z.object({ schema: jsonSchemaSchema })).default({}),
    }),
  ),
});

export interface Field {
  readonly name: string;
  /** `path`, `query`, `header`, or the body's media type. */
  readonly where: string;
  readonly type: string;
  readonly isRequired: boolean;
  readonly description: string;
}

export interface Answer {
  readonly status: string;
  readonly description: string;
  /** What it may say beside its body. */
  readonly headers: readonly { readonly name: string; readonly description: string }[];
}

export interface Endpoint {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly who: string;
  readonly fields: readonly Field[];
  readonly answers: readonly Answer[];
}

export function endpointsOf(document: OpenApiDocument): readonly Endpoint[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => toEndpoint(method, path, operation)),
  );
}

function toEndpoint(method: string, path: string, operation: unknown): Endpoint {
  const {
    operationId,
    summary,
    description = "",
    security = [],
    parameters,
    requestBody,
    responses,
  } = operationSchema.parse(operation);
  return {
    operationId,
    method: method.toUpperCase(),
    path,
    summary,
    description,
    who: security.some((way) => Object.keys(way).length === 0) ? "anyone, or a key" : "a key",
    fields: [
      ...parameters.map(({ name, in: where, required = false, description: said, schema }) => ({
        name,
        where,
        type: typeOf(schema),
        isRequired: required,
        description: said ?? schema.description ?? "",
      })),
      ...Object.entries(requestBody?.content ?? {}).flatMap(([type, { schema }]) => bodyFields(type, schema)),
    ],
    answers: Object.entries(responses).map(([status, answer]) => ({
      status,
      description: answer.description,
      headers: Object.entries(answer.headers).map(([name, { schema }]) => ({
        name,
        description: schema.description ?? "",
      })),
    })),
  };
}

function bodyFields(where: string, schema: JsonSchema): readonly Field[] {
  if (!schema.properties) return [bodyItself(where, schema)];
  return Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const field = jsonSchemaSchema.parse(property);
    const isRequired = schema.required?.includes(name) ?? false;
    return { name, where, type: typeOf(field), isRequired, description: field.description ?? "" };
  });
}

/** A body that is one thing. */
function bodyItself(where: string, schema: JsonSchema): Field {
  return {
    name: "the body",
    where,
    type: typeOf(schema),
    isRequired: true,
    description: schema.description ?? "",
  };
}
