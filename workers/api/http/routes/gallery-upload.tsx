// Uploads of who is signed in: the front page's forms, for an account.
import { toImage } from "../../images/image-object.ts";
import { MemberUploadPage } from "../../pages/dashboard/member-upload-page.tsx";
import { htmlAnswer } from "../../pages/html-answer.ts";
import { asUpload } from "../as-upload.ts";
import { asCaller } from "../middleware/as-caller.ts";
import { drainRefused } from "../middleware/drain-refused.ts";
import { readMember, requireMember } from "../middleware/member.ts";
import { ownForm } from "../middleware/own-form.ts";
import { uploadRateLimit } from "../middleware/rate-limit.ts";
import { takeUpload } from "../take-upload.ts";
import { visitorOf } from "../visitor-of.ts";
import { createMemberPages } from "./page-router.ts";

export const galleryUpload = createMemberPages();

galleryUpload.use("/gallery/upload", drainRefused, readMember, requireMember, asCaller);

galleryUpload.post("/gallery/upload", ownForm, uploadRateLimit, async (c) => {
  const { origins, form } = c.var;
  const { row } = await takeUpload(c, await asUpload(c, async () => form));
  const page = <MemberUploadPage visitor={visitorOf(c.var)} image={toImage(row, origins)} />;
  return htmlAnswer(page, { status: 201, imageOrigin: origins.src, sends: true });
});
