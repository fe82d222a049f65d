// What a setting takes, in words, and its default: both from its schema.
import * as z from "zod";

const shapeSchema = z.looseObject({
  type: z.string().optional(),
  format: z.string().optional(),
  enum: z.array(z.string()).optional(),
  const: z.string().optional(),
  pattern: z.string().optional(),
  minLength: z.number().optional(),
  minimum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  default: z.unknown().optional(),
});

export interface Takes {
  readonly takes: string;
  /** As one would write it; undefined where unset has a meaning of its own. */
  readonly byDefault: string | undefined;
}

export function takesOf(schema: z.ZodType, unit?: string): Takes {
  const shape = shapeSchema.parse(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }));
  const words = wordsFor(shape);
  const isTable = typeof shape.default === "object";
  return {
    takes: unit ? `${words}; ${unit}` : words,
    byDefault: shape.default === undefined || isTable ? undefined : `\`${String(shape.default)}\``,
  };
}

function wordsFor(shape: z.infer<typeof shapeSchema>): string {
  if (shape.enum) return shape.enum.map((one) => `\`${one}\``).join(", ");
  if (shape.const) return `\`${shape.const}\``;
  if (shape.type === "boolean") return "`true`, `false`";
  if (shape.type === "object") return "a table";
  if (shape.type === "integer") return `a whole number, ${shape.minimum ?? 0} or more`;
  if (shape.type === "number")
    return shape.exclusiveMinimum === undefined
      ? `a number, ${shape.minimum ?? 0} or more`
      : `a number above ${shape.exclusiveMinimum}`;
  if (shape.format === "uri") return "an address";
  if ((shape.minLength ?? 0) > 1) return `text of ${shape.minLength} characters or more`;
  if (shape.pattern === "@") return "an e-mail address";
  return "text";
}
