// The reference as people read it: the OpenAPI document, flattened to endpoints with their fields and answers.
import * as z from "zod";
import type { OpenApiDocument } from "./document.ts";

const schemaSchema = z.looseObject({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  description: z.string().optional(),
  format: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxLength: z.number().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
});

const contentSchema = z.record(z.string(), z.object({ schema: schemaSchema }));

const operationSchema = z.object({
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
        schema: schemaSchema,
      }),
    )
    .default([]),
  requestBody: z.object({ content: contentSchema }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string(), content: contentSchema.optional() })),
});

export interface Field {
  readonly name: string;
  /** `path`, `query`, `header`, or the body's media type. */
  readonly where: string;
  readonly type: string;
  readonly isRequired: boolean;
  readonly description: string;
}

export interface Endpoint {
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly who: string;
  readonly fields: readonly Field[];
  readonly answers: readonly { readonly status: string; readonly description: string }[];
}

export function endpointsOf(document: OpenApiDocument): readonly Endpoint[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => toEndpoint(method, path, operation)),
  );
}

function toEndpoint(method: string, path: string, operation: unknown): Endpoint {
  const {
    summary,
    description = "",
    security = [],
    parameters,
    requestBody,
    responses,
  } = operationSchema.parse(operation);
  return {
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
    })),
  };
}

function bodyFields(where: string, schema: z.infer<typeof schemaSchema>): readonly Field[] {
  return Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const field = schemaSchema.parse(property);
    const isRequired = schema.required?.includes(name) ?? false;
    return { name, where, type: typeOf(field), isRequired, description: field.description ?? "" };
  });
}

function typeOf(schema: z.infer<typeof schemaSchema>): string {
  if (schema.$ref) return schema.$ref.split("/").at(-1) ?? "object";
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" or ");
  const type = [schema.type ?? "value"].flat().join(" or ");
  const { minimum, maximum, maxLength } = schema;
  if (minimum !== undefined && maximum !== undefined) return `${type}, ${minimum} to ${maximum}`;
  return maxLength === undefined ? type : `${type}, at most ${maxLength} characters`;
}
