// `/account/deletion`: how far the end of an account has come. It is told to whoever still has a session of it, and afterwards to anybody.
import { openDatabase } from "../../database.ts";
import { countImages } from "../../images/store/index.ts";
import { DeletedAccountPage, DeletionPage } from "../../pages/account/deletion-page.tsx";
import { htmlAnswer } from "../../pages/html-answer.ts";
import { sessionCookie } from "../cookies.ts";
import { DELETION_PATH, readMember } from "../middleware/member.ts";
import { visitorOf } from "../visitor-of.ts";
import { createPages } from "./page-router.ts";

export const accountDeletion = createPages();

/** More are told as "more than". */
const MOST_COUNTED = 10_000;

accountDeletion.get(DELETION_PATH, readMember, async (c) => {
  const { member, formToken } = c.var;
  if (!member) return htmlAnswer(<DeletedAccountPage wasHere={sessionCookie.read(c) !== undefined} />);
  if (!member.isBeingDeleted) return c.redirect("/account", 303);
  const left = await countImages(openDatabase(c.env.DB), member.account.id, MOST_COUNTED);
  return htmlAnswer(
    <DeletionPage visitor={visitorOf({ member, formToken })} left={left} most={MOST_COUNTED} />,
  );
});
