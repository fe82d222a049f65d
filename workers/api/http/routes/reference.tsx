// The reference, for machines and people, made from the routes' own declarations.
import type { Context } from "hono";
import { htmlAnswer } from "../../pages/html-answer.ts";
import { PlansPage } from "../../pages/plans-page.tsx";
import { DocsPage } from "../../reference/docs-page.tsx";
import { openApiDocument } from "../../reference/document.ts";
import { ErrorsPage } from "../../reference/errors-page.tsx";
import { fullReference, shortReference } from "../../reference/markdown.ts";
import type { AppEnv } from "../app-env.ts";
import { createRouter } from "./router.ts";

export const reference = createRouter();

reference.get("/openapi.json", (c) => c.json(documentFor(c), 200, headersFor(c)));
reference.get("/llms.txt", (c) =>
  c.text(shortReference(documentFor(c), c.var.origins.api), 200, headersFor(c)),
);
reference.get("/llms-full.txt", (c) => c.text(fullReference(documentFor(c)), 200, headersFor(c)));
reference.get("/docs", (c) => {
  const page = <DocsPage document={documentFor(c)} apiOrigin={c.var.origins.api} />;
  return htmlAnswer(page, { indexed: true });
});
reference.get("/docs/errors", () => htmlAnswer(<ErrorsPage />, { indexed: true }));
reference.get("/plans", (c) => {
  const { settings } = c.var;
  const page = (
    <PlansPage
      anonymous={{ perHour: settings.ANONYMOUS_UPLOADS_PER_HOUR, perDay: settings.ANONYMOUS_UPLOADS_PER_DAY }}
      upgradeUrl={settings.UPGRADE_URL ?? null}
    />
  );
  return htmlAnswer(page, { indexed: true });
});

/**
 * Any site may read it; it changes only with a deployment. Where the origin is the request's, it names the host that was asked, and
 * who asks with a host of their own must not fill a cache for others.
 */
function headersFor(c: Context<AppEnv>) {
  const who = c.var.settings.API_ORIGIN === undefined ? "private" : "public";
  return { "Access-Control-Allow-Origin": "*", "Cache-Control": `${who}, max-age=300` };
}

function documentFor(c: Context<AppEnv>) {
  return openApiDocument(c.var.origins);
}
