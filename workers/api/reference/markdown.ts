// The reference as Markdown, for models and for people who read plain text.
import { parameterDocs } from "../../../schema/transform.ts";
import type { OpenApiDocument } from "./document.ts";
import { type Endpoint, endpointsOf } from "./model.ts";
import { cell, parameterTable } from "./parameter-table.ts";

/** `/llms.txt`: what there is and where to read more. */
export function shortReference(document: OpenApiDocument, origin: string): string {
  const endpoints = endpointsOf(document).map(
    ({ method, path, summary }) => `- \`${method} ${path}\`: ${summary}`,
  );
  return `# edgepix

> An image host: upload a picture, get URLs for every size and format.

${endpoints.join("\n")}

## More

- [The whole reference in one file](${origin}/llms-full.txt)
- [OpenAPI 3.1](${origin}/openapi.json)
- [The reference for people](${origin}/docs)
`;
}

/** `/llms-full.txt`: everything. */
export function fullReference(document: OpenApiDocument): string {
  return [
    "# edgepix",
    document.info.description ?? "",
    "# Endpoints",
    ...endpointsOf(document).map(endpointText),
    "# Image URLs",
    "`{origin}/{storage}/{id}.{ext}`: the extension converts, and these parameters combine in any order. Bad values are ignored.",
    parameterTable(parameterDocs),
  ].join("\n\n");
}

function endpointText({ method, path, summary, description, who, fields, answers }: Endpoint): string {
  const fieldRows = fields.map(
    (field) =>
      `| \`${field.name}\` | ${field.where} | ${cell(field.type)} | ${field.isRequired ? "yes" : ""} | ${cell(field.description)} |`,
  );
  const table = ["| field | where | type | required | |", "| --- | --- | --- | --- | --- |", ...fieldRows];
  return [
    `## ${method} ${path}`,
    `${summary}. For ${who}.`,
    ...(description ? [description] : []),
    ...(fields.length > 0 ? [table.join("\n")] : []),
    answers.map((answer) => `- ${answer.status}: ${answer.description}`).join("\n"),
  ].join("\n\n");
}
