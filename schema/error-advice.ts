// What a caller can do about each error, in a sentence or two: the page that `doc_url` leads to.
import type { ErrorName } from "./errors.ts";

export const errorAdvice: Readonly<Record<ErrorName, string>> = {
  validation_error:
    "Read `details`: it names each field that is missing or not valid, with what was expected. Mend them and send the request again.",
  bad_request:
    "The body, the address or a header could not be read at all: check the `Content-Type`, that the JSON is whole, and that a cursor comes from a list of ours.",
  not_found:
    "The address is mistyped, or the image was deleted, has expired, is private or belongs to another account. An id has 8 characters.",
  method_not_allowed: "The header `Allow` names the methods that this address takes.",
  unauthorized:
    "Send `Authorization: Bearer img_live_…`. A key that was revoked, has expired or lost a character on its way counts as none.",
  forbidden: "The key lacks the ability that the message names. Use one that has it.",
  app_suspended:
    "The operator has suspended this account. Write to them: waiting or another key does not help.",
  media_blocked: "The operator has blocked this image. It can be deleted, and it counts until then.",
  file_blocked:
    "Nothing was kept and nothing was counted. Sending it again, by another way or from another account does not help. If you think that it is a mistake, write to the operator.",
  media_locked: "A blocked image can be deleted but not changed.",
  rate_limited:
    "Wait for as many seconds as `Retry-After` says, then go on. `RateLimit` tells with every answer how much is left. With a key of your own you have a rate of your own.",
  quota_exceeded:
    "`usage` shows how full the account is. Delete images to get storage back, wait for the next month for uploads, or follow `action` to a larger plan.",
  idempotency_key_conflict:
    "The key belongs to another request, or to an image that is deleted. Send this upload with a fresh key.",
  idempotency_key_in_progress:
    "The first request with this key is not done yet. Wait for `Retry-After`, then send it again.",
  media_failed: "The file's picture could not be read. Open it in a viewer, save it again, and upload that.",
  fetch_failed:
    "The address did not give us a picture: it is unknown, private, refuses strangers, or answers a page. Download the picture and upload the file instead.",
  fetch_timeout:
    "The address was too slow. Try again later, or download the picture and upload the file instead.",
  upload_failed:
    "Nothing was kept and nothing was counted. Send it again, with the same `Idempotency-Key` if you had one.",
  import_failed:
    "Nothing was kept and nothing was counted. Send it again, with the same `Idempotency-Key` if you had one.",
  update_failed: "Look at the image before you try again: the change may or may not have been made.",
  delete_failed: "Nothing was deleted. Try again: deleting twice does no harm.",
  server_error:
    "It is our fault. Try again; if it stays, tell the operator the `request_id`, which finds the line in their log.",
  overloaded: "Wait for `Retry-After`, a few seconds, then try again.",
};
