// The front page: a picture goes up without an account, by a plain form.
import { type Context, Hono } from "hono";
import type { ApiError } from "../../../shared/api-error.ts";
import { anonymousAccount } from "../../accounts/account.ts";
import { limitsOf } from "../../accounts/accounting.ts";
import type { Member } from "../../accounts/sessions.ts";
import { toImage } from "../../images/image-object.ts";
import { HomePage } from "../../pages/home-page.tsx";
import { htmlAnswer } from "../../pages/html-answer.ts";
import { UploadResultPage } from "../../pages/upload-result.tsx";
import { signUpUrlOf } from "../../sign-up-url.ts";
import type { AppEnv } from "../app-env.ts";
import { asUpload } from "../as-upload.ts";
import { inSentences } from "../in-sentences.ts";
import { asNobody } from "../middleware/credentials.ts";
import { drainRefused } from "../middleware/drain-refused.ts";
import { refusalOf } from "../middleware/errors.ts";
import { readMember } from "../middleware/member.ts";
import { uploadRateLimit } from "../middleware/rate-limit.ts";
import { readForm } from "../read-form.ts";
import { takeUpload } from "../take-upload.ts";
import { anyVisitorOf } from "../visitor-of.ts";
import { wayOutOf } from "../way-out.ts";
import { createPages } from "./page-router.ts";

export const front = new Hono<AppEnv>();

const shown = createPages();
shown.get("/", readMember, (c) => homePage(c));
front.route("/", shown);

// Who is signed in is only shown: what comes in here belongs to nobody.
front.use("/", readMember, asNobody);

front.post("/", drainRefused, refusedOnThePage, uploadRateLimit, async (c) => {
  const { row, deleteToken } = await takeUpload(c, await asUpload(c, () => readForm(c)));
  const image = toImage(row, c.var.origins);
  const deleteUrl = deleteToken && `${c.var.origins.page}/${row.id}/delete?token=${deleteToken}`;
  return htmlAnswer(<UploadResultPage {...{ image, deleteUrl, visitor: anyVisitorOf(c.var) }} />, {
    status: 201,
    imageOrigin: c.var.origins.src,
    sends: true,
  });
});

/** A refusal is told in words on the page that the form stands on, with its own status and headers. */
async function refusedOnThePage(c: Context<AppEnv>, next: () => Promise<void>): Promise<void> {
  await next();
  // What a handler threw has been logged and answered as JSON by then; its headers are kept.
  if (c.error) c.res = await homePage(c, refusalOf(c.error));
}

function homePage(c: Context<AppEnv>, refusal?: ApiError): Promise<Response> {
  const { settings, origins } = c.var;
  const member: Member | null = c.get("member") ?? null;
  const limits = limitsOf(member?.account ?? anonymousAccount, settings);
  const uploadsPerHour = settings.ANONYMOUS_UPLOADS_PER_HOUR;
  const page = (
    <HomePage
      apiOrigin={origins.api}
      visitor={anyVisitorOf({ ...c.var, member })}
      address={c.req.query("url")}
      signUpUrl={signUpUrlOf(settings, origins)}
      {...{ limits, uploadsPerHour }}
      {...(refusal && {
        problem: inSentences(refusal),
        wayOut: wayOutOf(refusal, { settings, origins, member }),
      })}
    />
  );
  return htmlAnswer(page, {
    indexed: refusal === undefined,
    imageOrigin: origins.src,
    sends: true,
    status: refusal?.status ?? 200,
  });
}
