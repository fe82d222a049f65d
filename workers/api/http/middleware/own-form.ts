// Lets only forms pass that one of our own pages sent: by Origin, which no site can choose, and by a token of the session.
import { createMiddleware } from "hono/factory";
import { ApiError } from "../../../shared/api-error.ts";
import { mediaType } from "../../../shared/http.ts";
import { formTokenOf } from "../../accounts/form-token.ts";
import { isSame } from "../../accounts/is-same.ts";
import type { Origins } from "../../origins.ts";
import type { AppEnv, MemberEnv } from "../app-env.ts";
import { browserCookie } from "../cookies.ts";
import { readForm } from "../read-form.ts";

/** Scripts send the token so; forms without files in a field, others in their address. */
export const FORM_TOKEN_HEADER = "Edgepix-Form-Token";
/** As `pages/form-token.tsx` writes it. */
const FIELD = "form_token";

/** A picture's fields at their longest, and a hundred ids. */
const MAX_MEMBERS_FORM_BYTES = 500_000;

/** Puts an urlencoded form's fields into the context; a body of another type is left unread. A 403 for every form that is not ours. */
export const ownForm = createMiddleware<MemberEnv>(async (c, next) => {
  if (!isFromHere(c.req.raw, c.var.origins)) throw notOurs();
  const isPlain = mediaType(c.req.header("Content-Type") ?? null) === "application/x-www-form-urlencoded";
  const form = isPlain ? await readForm(c, MAX_MEMBERS_FORM_BYTES) : new URLSearchParams();
  const given = c.req.header(FORM_TOKEN_HEADER) ?? form.get(FIELD) ?? c.req.query(FIELD) ?? "";
  if (!(await isSame(given, c.var.formToken))) throw notOurs();
  c.set("form", form);
  await next();
});

/** Of somebody who is not signed in: there is no session that a token could be of, so it is the origin alone that counts. */
export const fromHere = createMiddleware<AppEnv>(async (c, next) => {
  if (!isFromHere(c.req.raw, c.var.origins)) throw notOurs();
  c.set("form", await readForm(c));
  await next();
});

/** The same for scripts that send JSON. */
export const ourOrigin = createMiddleware<AppEnv>(async (c, next) => {
  if (!isFromHere(c.req.raw, c.var.origins)) throw notOurs();
  await next();
});

/** The second form of somebody who waits for a code: its token is of the browser's cookie. */
export const browserForm = createMiddleware<AppEnv>(async (c, next) => {
  if (!isFromHere(c.req.raw, c.var.origins)) throw notOurs();
  const secret = browserCookie.read(c);
  const form = await readForm(c);
  const isOurs = secret !== undefined && (await isSame(form.get(FIELD) ?? "", await formTokenOf(secret)));
  if (!isOurs)
    throw new ApiError("forbidden", {
      message: "This browser waits for no code, or it took longer than 10 minutes. Begin again.",
    });
  c.set("form", form);
  await next();
});

/** Browsers tell the origin of every form; a request that tells none must say otherwise that it comes from here. */
export function isFromHere(request: Request, { page }: Origins): boolean {
  const origin = request.headers.get("Origin");
  if (origin === null) return request.headers.get("Sec-Fetch-Site") === "same-origin";
  return origin === new URL(request.url).origin || origin === page;
}

const notOurs = () =>
  new ApiError("forbidden", {
    message: "This form was not sent from a page of ours, or you have signed in or out since. Load it again.",
  });
