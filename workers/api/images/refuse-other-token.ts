// Who has no key may delete what they hold the token of, and nothing else.
import { ANONYMOUS_ACCOUNT } from "../../../schema/ids.ts";
import { ApiError } from "../../shared/api-error.ts";
import { hashDeleteToken } from "../accounts/delete-token.ts";
import type { Database } from "../database.ts";
import { findDeleteTokenHash } from "./store/index.ts";

/** Throws where the token is not the one that the image's upload was answered with. What is gone needs none. */
export async function refuseOtherToken(db: Database, id: string, token = ""): Promise<void> {
  const hash = await hashDeleteToken(token);
  const row = await findDeleteTokenHash(db, id, ANONYMOUS_ACCOUNT);
  if (hash !== null && (!row || row.hash === hash)) return;
  throw new ApiError("forbidden", {
    message: "This image can't be deleted with this token. Send the one that its upload was answered with.",
  });
}
