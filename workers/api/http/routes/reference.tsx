// The reference, for machines and people, made from the routes' own declarations.
import type { Context } from "hono";
import { htmlAnswer } from "../../pages/html-answer.ts";
import { DocsPage, docsCss } from "../../reference/docs-page.tsx";
import { openApiDocument } from "../../reference/document.ts";
import { fullReference, shortReference } from "../../reference/markdown.ts";
import type { AppEnv } from "../app-env.ts";
import { createRouter } from "./router.ts";

export const reference = createRouter();

/** Any site may read it; it changes only with a deployment. */
const headers = { "Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=300" };

reference.get("/openapi.json", (c) => c.json(documentFor(c), 200, headers));
reference.get("/llms.txt", (c) => c.text(shortReference(documentFor(c), c.var.origins.api), 200, headers));
reference.get("/llms-full.txt", (c) => c.text(fullReference(documentFor(c)), 200, headers));
reference.get("/docs", (c) => {
  const page = <DocsPage document={documentFor(c)} apiOrigin={c.var.origins.api} />;
  return htmlAnswer(page, { inlineCss: docsCss, indexed: true });
});

function documentFor(c: Context<AppEnv>) {
  return openApiDocument(c.var.origins.api);
}
