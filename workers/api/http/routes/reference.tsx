// The reference, for machines and people, made from the routes' own declarations.
import type { Context } from "hono";
import { findNewestKey } from "../../accounts/keys.ts";
import { openDatabase } from "../../database.ts";
import { htmlAnswer } from "../../pages/html-answer.ts";
import { PlansPage } from "../../pages/plans-page.tsx";
import { openApiDocument } from "../../reference/document.ts";
import { fullReference, shortReference } from "../../reference/markdown.ts";
import { docsRoutes } from "../../reference/pages/index.ts";
import { type DocsPageEntry, docsPages } from "../../reference/pages/navigation.ts";
import type { Reader } from "../../reference/pages/props.ts";
import { signUpUrlOf } from "../../sign-up-url.ts";
import type { AppEnv } from "../app-env.ts";
import { readMember } from "../middleware/member.ts";
import { openHeaders } from "../open-headers.ts";
import { anyVisitorOf } from "../visitor-of.ts";
import { createRouter } from "./router.ts";

export const reference = createRouter();

reference.get("/openapi.json", (c) => c.json(documentFor(c), 200, openHeaders(c)));
reference.get("/llms.txt", (c) =>
  c.text(shortReference(documentFor(c), c.var.origins, c.var.settings), 200, openHeaders(c)),
);
reference.get("/llms-full.txt", (c) => c.text(fullReference(documentFor(c)), 200, openHeaders(c)));
for (const { page, Page } of docsRoutes) {
  reference.get(page.path, readMember, async (c) => {
    const { origins, settings } = c.var;
    const props = { document: documentFor(c), origins, settings, reader: await readerOf(c, page) };
    return htmlAnswer(<Page {...props} />, {
      indexed: true,
      imageOrigin: origins.src,
      // Its playground fetches pictures.
      sends: page === docsPages.transforms,
    });
  });
}
reference.get("/plans", readMember, (c) => {
  const { settings, member } = c.var;
  const page = (
    <PlansPage
      anonymous={{ perHour: settings.ANONYMOUS_UPLOADS_PER_HOUR, perDay: settings.ANONYMOUS_UPLOADS_PER_DAY }}
      upgradeUrl={settings.UPGRADE_URL ?? null}
      signUpUrl={signUpUrlOf(settings, c.var.origins)}
      visitor={anyVisitorOf(c.var)}
      current={member?.account.plan ?? null}
    />
  );
  return htmlAnswer(page, { indexed: true });
});

/** D1 is asked for keys only where somebody is signed in and the page names one. */
async function readerOf(c: Context<AppEnv>, { namesKey = false }: DocsPageEntry): Promise<Reader | null> {
  const { member } = c.var;
  const visitor = anyVisitorOf(c.var);
  if (!member || !visitor) return null;
  if (!namesKey) return { visitor, key: null };
  const key = await findNewestKey(openDatabase(c.env.DB), member.account.id, Date.now());
  return { visitor, key: key ?? null };
}

function documentFor(c: Context<AppEnv>) {
  return openApiDocument(c.var.origins);
}
