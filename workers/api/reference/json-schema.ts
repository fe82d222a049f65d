// What the reference reads of a JSON schema, and a schema flattened to the fields that people look up.
import * as z from "zod";

/** A schema as OpenAPI writes it; what a page does not show is left out. */
export const jsonSchemaSchema = z.looseObject({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  description: z.string().optional(),
  format: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxLength: z.number().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  additionalProperties: z.unknown().optional(),
  items: z.unknown().optional(),
  required: z.array(z.string()).optional(),
});
export type JsonSchema = z.infer<typeof jsonSchemaSchema>;

export interface SchemaField {
  /** `sizes.small.url`, `notes[].code` */
  readonly name: string;
  readonly type: string;
  readonly meaning: string;
  /** May the field be left out? */
  readonly isOptional: boolean;
  readonly mayBeNull: boolean;
}

/** Every field of an object, those within others after them. What is an object of its own elsewhere is only named. */
export function fieldsOfSchema(schema: JsonSchema, within = ""): readonly SchemaField[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, value]) => {
    const property = jsonSchemaSchema.parse(value);
    const inner = property.items === undefined ? property : jsonSchemaSchema.parse(property.items);
    const name = `${within}${key}`;
    const field = {
      name,
      type: typeOf(property),
      meaning: [property.description, inner === property ? undefined : inner.description]
        .filter(Boolean)
        .join(". "),
      isOptional: !schema.required?.includes(key),
      mayBeNull: [property.type ?? []].flat().includes("null"),
    };
    return [field, ...fieldsOfSchema(inner, `${name}${inner === property ? "" : "[]"}.`)];
  });
}

/** In words: `string`, `integer, 1 to 100`, `list of Image`. */
export function typeOf(schema: JsonSchema): string {
  if (schema.$ref) return schema.$ref.split("/").at(-1) ?? "object";
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" or ");
  if (schema.anyOf) return oneOf(schema.anyOf.map((one) => typeOf(jsonSchemaSchema.parse(one))));
  if (schema.items !== undefined) return `list of ${typeOf(jsonSchemaSchema.parse(schema.items))}`;
  if (schema.contentMediaType !== undefined) return "file";
  const type = oneOf([schema.type ?? "value"].flat());
  if (schema.format === "uri") return `${type}, a URL`;
  if (schema.format === "date-time") return `${type}, a time`;
  const { minimum, maximum, maxLength } = schema;
  if (minimum !== undefined && maximum !== undefined) return `${type}, ${minimum} to ${maximum}`;
  return maxLength === undefined ? type : `${type}, at most ${maxLength} characters`;
}

const oneOf = (types: readonly string[]) => [...new Set(types)].join(" or ");
