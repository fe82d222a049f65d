// The front page: a picture goes up without an account, by a plain form, and comes down again by the link that was told.
import { type Context, Hono } from "hono";
import { imageIdSchema } from "../../../../schema/ids.ts";
import { ApiError } from "../../../shared/api-error.ts";
import { mediaType } from "../../../shared/http.ts";
import { logError } from "../../../shared/log.ts";
import { anonymousAccount } from "../../accounts/account.ts";
import { limitsOf } from "../../accounts/accounting.ts";
import { deleteImages } from "../../images/delete-images.ts";
import { toImage } from "../../images/image-object.ts";
import { refuseOtherToken } from "../../images/refuse-other-token.ts";
import { DeletedPage, DeletePage, NotDeletedPage } from "../../pages/delete-page.tsx";
import { HomePage } from "../../pages/home-page.tsx";
import { htmlAnswer } from "../../pages/html-answer.ts";
import { UploadResultPage } from "../../pages/upload-result.tsx";
import { finishingWith } from "../../upkeep/finishing.ts";
import type { AppEnv } from "../app-env.ts";
import { inSentences } from "../in-sentences.ts";
import { drainRefused } from "../middleware/drain-refused.ts";
import { uploadRateLimit } from "../middleware/rate-limit.ts";
import { readForm } from "../read-form.ts";
import { takeUpload } from "../take-upload.ts";

export const front = new Hono<AppEnv>();

front.get("/", (c) => homePage(c));

/** Pages know no keys: whoever posts here is nobody in particular. */
front.use("/", async (c, next) => {
  c.set("caller", { kind: "anonymous", account: anonymousAccount });
  await next();
});

front.post("/", drainRefused, refusedOnThePage, uploadRateLimit, async (c) => {
  const { row, deleteToken } = await takeUpload(c, await asUpload(c));
  const image = toImage(row, c.var.origins);
  const deleteUrl = deleteToken && `${c.var.origins.page}/${row.id}/delete?token=${deleteToken}`;
  return htmlAnswer(<UploadResultPage {...{ image, deleteUrl }} />, {
    status: 201,
    imageOrigin: c.var.origins.src,
    sends: true,
  });
});

front.get("/:id{[a-z0-9]{8}}/delete", (c) => {
  const token = c.req.query("token") ?? "";
  return htmlAnswer(<DeletePage id={c.req.param("id")} token={token} />);
});

front.post("/:id{[a-z0-9]{8}}/delete", async (c) => {
  const id = imageIdSchema.parse(c.req.param("id"));
  const context = { ...finishingWith(c.env), accountId: anonymousAccount.id, now: Date.now() };
  try {
    await refuseOtherToken(context.db, id, (await readForm(c)).get("token") ?? "");
    await deleteImages([id], context);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal.status >= 500) logError(refusal.code, error, { requestId: c.var.requestId });
    return htmlAnswer(<NotDeletedPage reason={refusal.message} />, { status: refusal.status });
  }
  return htmlAnswer(<DeletedPage pageUrl={`${c.var.origins.page}/${id}`} />);
});

/** A form with an address says what an import says in JSON. */
async function asUpload(c: Context<AppEnv>): Promise<Request> {
  const request = c.req.raw;
  if (mediaType(request.headers.get("Content-Type")) !== "application/x-www-form-urlencoded") return request;
  const url = (await readForm(c)).get("url") ?? "";
  const headers = new Headers(request.headers);
  headers.set("Content-Type", "application/json");
  headers.delete("Content-Length");
  return new Request(request.url, { method: "POST", headers, body: JSON.stringify({ url }) });
}

/** A refusal is told in words on the page that the form stands on, with its own status and headers. */
async function refusedOnThePage(c: Context<AppEnv>, next: () => Promise<void>): Promise<void> {
  await next();
  // What a handler threw has been logged and answered as JSON by then; its headers are kept.
  if (c.error) c.res = await homePage(c, refusalOf(c.error));
}

const refusalOf = (error: unknown): ApiError =>
  error instanceof ApiError ? error : new ApiError("server_error", { cause: error });

function homePage(c: Context<AppEnv>, refusal?: ApiError): Promise<Response> {
  const { settings, origins } = c.var;
  const limits = limitsOf(anonymousAccount, settings);
  const uploadsPerHour = settings.ANONYMOUS_UPLOADS_PER_HOUR;
  const page = (
    <HomePage
      apiOrigin={origins.api}
      {...{ limits, uploadsPerHour }}
      {...(refusal && { problem: inSentences(refusal) })}
    />
  );
  return htmlAnswer(page, {
    indexed: refusal === undefined,
    imageOrigin: origins.src,
    sends: true,
    status: refusal?.status ?? 200,
  });
}
