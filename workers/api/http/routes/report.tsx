// `/{id}/report`: the form that lands on the operator's pages. For whoever sees the picture, signed in or not.
import { imageIdSchema } from "../../../../schema/ids.ts";
import { reportFormSchema } from "../../../../schema/reports.ts";
import { ApiError } from "../../../shared/api-error.ts";
import { openDatabase } from "../../database.ts";
import { toImage } from "../../images/image-object.ts";
import { findPublicImage } from "../../images/store/index.ts";
import { htmlAnswer } from "../../pages/html-answer.ts";
import { ReportedPage, ReportPage } from "../../pages/report-page.tsx";
import { titleOf } from "../../pages/words.ts";
import { reportImage } from "../../reports/report-image.ts";
import { callerAddress } from "../caller-address.ts";
import { isFromHere } from "../middleware/own-form.ts";
import { readForm } from "../read-form.ts";
import { takeReport } from "../report-rate.ts";
import { createPages } from "./page-router.ts";
import { blockedAnswer, notFoundAnswer } from "./viewer.tsx";

export const report = createPages();

report.get("/:id{[a-z0-9]{8}}/report", async (c) => {
  const id = imageIdSchema.parse(c.req.param("id"));
  const row = await findPublicImage(openDatabase(c.env.DB), id, Date.now());
  if (!row) return notFoundAnswer();
  if (row.status === "blocked") return blockedAnswer();
  return htmlAnswer(<ReportPage id={id} title={titleOf(toImage(row, c.var.origins))} />);
});

report.post("/:id{[a-z0-9]{8}}/report", async (c) => {
  if (!isFromHere(c.req.raw, c.var.origins)) {
    throw new ApiError("forbidden", {
      message: "This form was not sent from a page of ours. Load it again.",
    });
  }
  const now = Date.now();
  await takeReport(c, now);
  const form = await readForm(c);
  const id = imageIdSchema.parse(c.req.param("id"));
  const db = openDatabase(c.env.DB);
  const row = await findPublicImage(db, id, now);
  if (!row) return notFoundAnswer();
  if (row.status === "blocked") return blockedAnswer();
  const field = (name: string) => form.get(name) ?? "";
  const fields = { reason: field("reason"), words: field("words"), email: field("email") };
  const result = reportFormSchema.safeParse(fields);
  if (!result.success) {
    const problem = result.error.issues.map(({ message }) => message).join(" ");
    const title = titleOf(toImage(row, c.var.origins));
    return htmlAnswer(<ReportPage {...{ id, title, fields, problem }} />, { status: 422 });
  }
  await reportImage(db, { imageId: id, address: callerAddress(c.req.raw), form: result.data, now });
  return htmlAnswer(<ReportedPage />);
});
