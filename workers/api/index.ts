// The map of the API Worker: middleware in order, routes by noun, errors in one place.
import { OpenAPIHono } from "@hono/zod-openapi";
import { ApiError, refuseNoHost } from "../shared/api-error.ts";
import { withPlainAmpersands } from "../shared/http.ts";
import type { AppEnv } from "./http/app-env.ts";
import { configure } from "./http/middleware/configure.ts";
import { crossOrigin } from "./http/middleware/cors.ts";
import { credentials } from "./http/middleware/credentials.ts";
import { drainRefused } from "./http/middleware/drain-refused.ts";
import { answerError } from "./http/middleware/errors.ts";
import { inertAnswers } from "./http/middleware/inert-answers.ts";
import { measure } from "./http/middleware/measure.ts";
import { refuseOtherMethods } from "./http/middleware/methods.ts";
import { privateAnswers } from "./http/middleware/private-answers.ts";
import { requestId } from "./http/middleware/request-id.ts";
import { strictTransport } from "./http/middleware/strict-transport.ts";
import { account } from "./http/routes/account.tsx";
import { accountDeletion } from "./http/routes/account-deletion.tsx";
import { accountEmail } from "./http/routes/account-email.tsx";
import { admin } from "./http/routes/admin.ts";
import { deleteForm } from "./http/routes/delete-form.tsx";
import { front } from "./http/routes/front.tsx";
import { gallery } from "./http/routes/gallery.tsx";
import { galleryImage } from "./http/routes/gallery-image.tsx";
import { galleryUpload } from "./http/routes/gallery-upload.tsx";
import { health } from "./http/routes/health.ts";
import { invitations } from "./http/routes/invitations.tsx";
import { keys } from "./http/routes/keys.tsx";
import { oembed } from "./http/routes/oembed.ts";
import { operator } from "./http/routes/operator.tsx";
import { operatorAccounts } from "./http/routes/operator-accounts.tsx";
import { operatorFiles } from "./http/routes/operator-files.tsx";
import { passkeySignIn, passkeys } from "./http/routes/passkeys.tsx";
import { reference } from "./http/routes/reference.tsx";
import { report } from "./http/routes/report.tsx";
import { setup } from "./http/routes/setup.tsx";
import { signIn } from "./http/routes/sign-in.tsx";
import { toolsPages } from "./http/routes/tools.tsx";
import { usagePage } from "./http/routes/usage-page.tsx";
import { v1 } from "./http/routes/v1.ts";
import { notFoundAnswer, viewer } from "./http/routes/viewer.tsx";
import { askSrc } from "./images-of-src.ts";
import { runChores } from "./upkeep/chores.ts";

export { Codes } from "./accounts/codes/codes.ts";
export { Ledger } from "./ledger/ledger.ts";

// `/v1/images/` is `/v1/images`: nobody means another thing by the slash.
const app = new OpenAPIHono<AppEnv>({ strict: false });

app.use(requestId);
app.use(measure);
app.use(inertAnswers);
app.use((c, next) => {
  refuseNoHost(c.req);
  return next();
});
app.use(configure);

app.use(async (c, next) => askSrc(c.env.SRC, c.req.raw, c.var.requestId) ?? next());
app.use(strictTransport);

// The operator's addresses know no keys and no other sites.
app.route("/", admin);
app.use("/v1/*", drainRefused);
app.use("/v1/*", privateAnswers);
app.use("/v1/*", crossOrigin);
app.use("/v1/*", credentials);
app.route("/", v1);
app.route("/", health);
app.route("/", reference);
app.route("/", front);
app.route("/", signIn);
app.route("/", deleteForm);
app.route("/", setup);
app.route("/", passkeySignIn);
app.route("/", passkeys);
app.route("/", accountDeletion);
app.route("/", accountEmail);
app.route("/", account);
app.route("/", invitations);
app.route("/", keys);
app.route("/", toolsPages);
app.route("/", usagePage);
app.route("/", galleryUpload);
app.route("/", gallery);
app.route("/", galleryImage);
app.route("/", oembed);
app.route("/", report);
app.route("/", operator);
app.route("/", operatorAccounts);
app.route("/", operatorFiles);
app.route("/", viewer);
refuseOtherMethods(app);

app.onError(answerError);
app.notFound((c) => {
  if (`${c.req.path}/`.startsWith("/v1/")) return answerError(new ApiError("not_found"), c);
  return notFoundAnswer();
});

export default {
  fetch(request: Request, env, context) {
    const url = withPlainAmpersands(request.url);
    return app.fetch(url === request.url ? request : new Request(url, request), env, context);
  },
  scheduled: ({ scheduledTime }, env) => runChores(env, scheduledTime),
} satisfies ExportedHandler<ApiEnv>;
