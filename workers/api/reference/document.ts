// The OpenAPI 3.1 document: the declarations of the routes, and what they have in common.
import { errorKinds, errorNames, wireCode } from "../../../schema/errors.ts";
import { planNames, plans } from "../../../schema/plans.ts";
import { v1 } from "../http/routes/v1.ts";
import type { Origins } from "../origins.ts";
import { examplesOf } from "./examples/index.ts";
import { addExamples } from "./with-examples.ts";

export type OpenApiDocument = ReturnType<typeof openApiDocument>;

export function openApiDocument(origins: Origins) {
  const document = v1.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "edgepix",
      version: "1.0.0",
      description: [introduction, errorsTable(), plansTable()].join("\n\n"),
      license: { name: "MIT", url: "https://opensource.org/license/mit" },
    },
    servers: [{ url: origins.api }],
    tags: [
      { name: "Images", description: "Upload, look at, list, change and delete images." },
      { name: "Usage", description: "What is used of a plan." },
    ],
  });
  const calls = examplesOf(origins);
  for (const { get, post, patch, delete: remove } of Object.values(document.paths ?? {})) {
    for (const operation of [get, post, patch, remove])
      if (operation) addExamples(operation, calls, origins.api);
  }
  return document;
}

const introduction = `Your image is a URL. Send a picture to \`POST /v1/images\` and get back addresses for every size and format.

Without a key you may upload: the image is public and lives for at most 30 days; the \`Edgepix-Delete-Token\` of the
answer deletes it before. Everything else needs a key in the \`Authorization: Bearer\` header. Any site may call the API; cookies are never read.

Every answer carries \`X-Request-Id\`. Limited endpoints tell in \`RateLimit\` and \`RateLimit-Policy\` what is left, and a 429
tells in \`Retry-After\` how many seconds to wait. \`POST /v1/upload\` and \`POST /v1/import\` are older names of \`POST /v1/images\`.

An \`Idempotency-Key\` makes a retried upload safe for 24 hours: the same request answers the same image with
\`Idempotent-Replayed: true\`, a different one is a conflict, and a failed one does not pin its key.`;

function errorsTable(): string {
  const rows = errorNames.map((name) => {
    const { status, type, message } = errorKinds[name];
    return `| \`${wireCode(name)}\` | ${status} | ${type} | ${message} |`;
  });
  return ["## Errors", "", "| code | status | type | meaning |", "| --- | --- | --- | --- |", ...rows].join(
    "\n",
  );
}

function plansTable(): string {
  const rows = planNames.map((name) => {
    const { uploadsPerMonth, storageBytes, maxFileBytes } = plans[name];
    return `| ${name} | ${amount(uploadsPerMonth)} | ${amount(storageBytes)} | ${amount(maxFileBytes)} |`;
  });
  return [
    "## Plans",
    "",
    "| plan | uploads a month | bytes stored | bytes in a file |",
    "| --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}

function amount(limit: number | null): string {
  return limit === null ? "no limit" : limit.toLocaleString("en");
}
