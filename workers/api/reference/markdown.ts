// The reference as Markdown, for models and for people who read plain text.
import { parameterDocs } from "../../../schema/transform.ts";
import type { Origins } from "../origins.ts";
import type { Settings } from "../settings.ts";
import { signUpUrlOf } from "../sign-up-url.ts";
import type { OpenApiDocument } from "./document.ts";
import { languages } from "./examples/languages.ts";
import { type Endpoint, endpointsOf } from "./model.ts";
import { docsPageList } from "./pages/navigation.ts";
import { cell, parameterTable } from "./parameter-table.ts";
import { type QuickStep, quickStart } from "./quick-start.ts";

/** `/llms.txt`: the quick start, what there is, and where to read more. */
export function shortReference(document: OpenApiDocument, origins: Origins, settings: Settings): string {
  const endpoints = endpointsOf(document).map(
    ({ method, path, summary }) => `- \`${method} ${path}\`: ${summary}`,
  );
  const pages = docsPageList.map(({ path, title }) => `- [${title}](${origins.page}${path})`);
  return `# edgepix

> An image host: upload a picture, get URLs for every size and format.

${quickStart(origins, { signUpUrl: signUpUrlOf(settings, origins) })
  .map((step, at) => stepText(step, at + 1, origins.api))
  .join("\n\n")}

## Every call

${endpoints.join("\n")}

## Every parameter of an image URL

Combined in any order; what each means stands in the whole reference: ${parameterDocs.map(({ name }) => `\`${name}\``).join(", ")}.

## More

- [The whole reference in one file](${origins.api}/llms-full.txt)
- [OpenAPI 3.1](${origins.api}/openapi.json)
${pages.join("\n")}
`;
}

function stepText(
  { title, text, shell, call, addresses = [] }: QuickStep,
  number: number,
  apiOrigin: string,
) {
  const blocks = call
    ? [
        ...languages.map(({ id, write }) => fenced(id, write(call, apiOrigin))),
        fenced("json", JSON.stringify(call.answer, null, 2)),
      ]
    : [];
  return [
    `## ${number}. ${title}`,
    text,
    ...(shell ? [fenced("sh", shell)] : []),
    ...blocks,
    ...(addresses.length > 0 ? [addresses.map(({ url, shows }) => `- ${url} (${shows})`).join("\n")] : []),
  ].join("\n\n");
}

const fenced = (language: string, text: string) =>
  `\`\`\`${language === "curl" ? "sh" : language}\n${text}\n\`\`\``;

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
