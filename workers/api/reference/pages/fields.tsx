// Lists of fields: of a request, and of an object that is answered.
import type { OpenApiDocument } from "../document.ts";
import { fieldsOfSchema, jsonSchemaSchema } from "../json-schema.ts";
import type { Field } from "../model.ts";
import { Prose } from "../prose.tsx";

/** What a call takes, by where it stands. */
export function RequestFields({ fields }: { readonly fields: readonly Field[] }) {
  return (
    <dl class="fields">
      {fields.map(({ name, where, type, isRequired, description }) => (
        <div>
          <dt>
            <code>{name}</code>{" "}
            <small>
              {where}, {type}
              {isRequired && ", required"}
            </small>
          </dt>
          <dd>
            <Prose text={`${description}.`} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Every field of one of the document's objects, those within others after them. */
export function ObjectFields({
  document,
  name,
}: {
  readonly document: OpenApiDocument;
  readonly name: string;
}) {
  const schema = jsonSchemaSchema.parse(document.components?.schemas?.[name]);
  return (
    <section id={name}>
      <h2>The {name} object</h2>
      {schema.description && (
        <p>
          <Prose text={schema.description} />
        </p>
      )}
      <dl class="fields">
        {fieldsOfSchema(schema).map((field) => (
          <div>
            <dt>
              <code>{field.name}</code>{" "}
              <small>
                {field.type}
                {field.isOptional && ", not always there"}
              </small>
            </dt>
            <dd>
              <Prose text={/[.…]$/.test(field.meaning) ? field.meaning : `${field.meaning}.`} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
