// `/oembed?url=…`: asked by the sites where people paste a picture's page.
import { Hono } from "hono";
import { imageIdSchema } from "../../../../schema/ids.ts";
import { ApiError } from "../../../shared/api-error.ts";
import { openDatabase } from "../../database.ts";
import { toImage } from "../../images/image-object.ts";
import { findViewableImage } from "../../images/store/index.ts";
import { asXml, oembedOf } from "../../pages/oembed.ts";
import type { AppEnv } from "../app-env.ts";
import { openHeaders } from "../open-headers.ts";

export const oembed = new Hono<AppEnv>();

oembed.get("/oembed", async (c) => {
  const format = c.req.query("format") ?? "json";
  if (format !== "json" && format !== "xml") {
    throw new ApiError("bad_request", { message: "Ask for format=json or format=xml." });
  }
  const { origins } = c.var;
  const id = idOf(c.req.query("url") ?? "", origins.page);
  const row = id && (await findViewableImage(openDatabase(c.env.DB), id, Date.now()));
  if (!row) throw new ApiError("not_found");
  const room = { maxWidth: sideOf(c.req.query("maxwidth")), maxHeight: sideOf(c.req.query("maxheight")) };
  const headers = openHeaders(c);
  const answer = oembedOf(toImage(row, origins), `${origins.page}/`, room);
  if (format === "json") return c.json(answer, 200, headers);
  return c.body(asXml(answer), 200, { ...headers, "Content-Type": "text/xml; charset=utf-8" });
});

/** The image whose page this is; null for every other address. */
function idOf(url: string, pageOrigin: string): string | null {
  if (!URL.canParse(url)) return null;
  const { origin, pathname } = new URL(url);
  const id = imageIdSchema.safeParse(pathname.slice(1));
  return origin === pageOrigin && id.success ? id.data : null;
}

/** What is no number is no limit. */
function sideOf(text: string | undefined): number {
  const side = Number(text ?? "");
  return Number.isInteger(side) && side > 0 ? side : Number.POSITIVE_INFINITY;
}
