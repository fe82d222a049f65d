// The member's tools at `/tools`: each filled with a key that is made for it, as a page or as a file.
import type { Context } from "hono";
import { MAX_KEYS } from "../../../../schema/plans.ts";
import { ApiError } from "../../../shared/api-error.ts";
import { createKey } from "../../accounts/keys.ts";
import { openDatabase } from "../../database.ts";
import { toImage } from "../../images/image-object.ts";
import { findImage } from "../../images/store/index.ts";
import { ToolsPage, type ToolsPageProps } from "../../pages/dashboard/tools-page.tsx";
import { htmlAnswer } from "../../pages/html-answer.ts";
import { toolOf } from "../../pages/tools/index.ts";
import { pictureSnippet } from "../../pages/tools/picture-snippet.ts";
import type { MemberEnv } from "../app-env.ts";
import { inSentences } from "../in-sentences.ts";
import { takePace } from "../member-pace.ts";
import { readMember, requireMember } from "../middleware/member.ts";
import { ownForm } from "../middleware/own-form.ts";
import { visitorOf } from "../visitor-of.ts";
import { createMemberPages } from "./page-router.ts";

export const toolsPages = createMemberPages();

toolsPages.use("/tools/*", readMember, requireMember);

toolsPages.get("/tools", async (c) => toolsPage(c, { picture: await askedPicture(c) }));

// The key is in this one answer: not in an address, and (as all that members are answered) in no cache.
toolsPages.post("/tools", ownForm, async (c) => {
  const { member, form, origins } = c.var;
  const tool = toolOf(form.get("tool") ?? "");
  if (!tool?.needsKey) throw new ApiError("not_found");
  await takePace(c, "keys");
  const newKey = { name: tool.name, abilities: ["write"], expiresAt: null } as const;
  const key = await createKey(openDatabase(c.env.DB), member.account.id, newKey, Date.now());
  if (key === undefined) {
    const message = `An account has at most ${MAX_KEYS} keys. Revoke one that nothing uses.`;
    return toolsPage(c, { refusal: new ApiError("forbidden", { message }) });
  }
  const file = form.get("as") === "file" ? tool.file?.({ ...origins, key }) : undefined;
  if (!file) return toolsPage(c, { fresh: { tool, key } });
  return new Response(file.text, {
    status: 201,
    headers: {
      "Content-Type": `${file.mediaType}; charset=utf-8`,
      "Content-Disposition": `attachment; filename="${file.name}"`,
    },
  });
});

/** Reads the id out of whatever names the picture: page, image, id. */
async function askedPicture(c: Context<MemberEnv>): Promise<ToolsPageProps["picture"]> {
  const address = c.req.query("picture")?.trim();
  if (!address) return null;
  const id = /(?:^|\/)([a-z0-9]{8})(?:\.[a-z0-9]+)?(?:[?#].*)?$/.exec(address)?.[1];
  const row = id && (await findImage(openDatabase(c.env.DB), id, c.var.member.account.id, Date.now()));
  return { address, html: row ? pictureSnippet(toImage(row, c.var.origins)) : null };
}

interface News {
  readonly fresh?: ToolsPageProps["fresh"];
  readonly picture?: ToolsPageProps["picture"];
  readonly refusal?: ApiError;
}

async function toolsPage(c: Context<MemberEnv>, { fresh, picture, refusal }: News): Promise<Response> {
  const props: ToolsPageProps = {
    visitor: visitorOf(c.var),
    origins: c.var.origins,
    fresh: fresh ?? null,
    picture: picture ?? null,
    problem: refusal ? inSentences(refusal) : null,
  };
  return htmlAnswer(<ToolsPage {...props} />, { status: refusal?.status ?? (fresh ? 201 : 200) });
}
