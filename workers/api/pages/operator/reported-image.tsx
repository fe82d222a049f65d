// A picture as the operator judges it: what it shows, what was said of it, and what can be done.
import type { Image } from "../../../../schema/api.ts";
import type { ReportReason, Resolution } from "../../../../schema/reports.ts";
import { FormToken } from "../form-token.tsx";
import { reasonsInWords } from "../report-reasons.ts";
import { alternativeOf, bytesInWords, dateInWords, titleOf } from "../words.ts";

export interface ReportOnPage {
  readonly reason: ReportReason;
  readonly words: string;
  readonly email: string | null;
  readonly createdAt: number;
  readonly resolution: Resolution | null;
}

export interface JudgedImage {
  readonly image: Image;
  /** null = shared without an account. */
  readonly accountId: string | null;
}

/** At the small size; what is marked nsfw only where `isShown`. */
export function JudgedPicture({ image, isShown }: { readonly image: Image; readonly isShown: boolean }) {
  if (image.status === "blocked") return <p class="stand-in">Blocked: nobody sees it.</p>;
  if (image.status !== "ready") return <p class="stand-in">There is no picture to see.</p>;
  if (image.nsfw && !isShown) {
    return (
      <p class="stand-in">
        Marked as not safe for work.
        <a href={`/operator/images/${image.id}?show=1`} aria-label={`Show it: ${image.id}`}>
          Show it
        </a>
      </p>
    );
  }
  const { small } = image.sizes;
  return (
    <a class="judged" href={image.url}>
      <img
        src={small?.url ?? image.url}
        alt={alternativeOf(image)}
        loading="lazy"
        {...(small && { width: small.width, height: small.height })}
      />
    </a>
  );
}

export function AboutImage({ image, accountId }: JudgedImage) {
  return (
    <p class="about-image">
      <bdi>{titleOf(image)}</bdi>
      <small>
        <code>{image.id}</code> · {bytesInWords(image.bytes)} · uploaded{" "}
        <time datetime={image.created_at}>{dateInWords(image.created_at)}</time> ·{" "}
        {image.public ? <a href={image.page_url}>its page</a> : "private"} ·{" "}
        {accountId ? <a href={`/operator/accounts/${accountId}`}>its account</a> : "without an account"}
      </small>
    </p>
  );
}

const resolutionsInWords: Readonly<Record<Resolution, string>> = {
  blocked: "blocked",
  marked: "marked as not safe for work",
  deleted: "deleted",
  dismissed: "left as it is",
};

export function ReportLines({ reports }: { readonly reports: readonly ReportOnPage[] }) {
  return (
    <ul class="reports">
      {reports.map(({ reason, words, email, createdAt, resolution }) => (
        <li>
          <strong>{reasonsInWords[reason]}</strong>
          {words && (
            <p class="words" dir="auto">
              {words}
            </p>
          )}
          <small>
            <Day at={createdAt} />
            {email && (
              <>
                {" "}
                · answer to <bdi>{email}</bdi>
              </>
            )}
            {resolution && <> · {resolutionsInWords[resolution]}</>}
          </small>
        </li>
      ))}
    </ul>
  );
}

export function Day({ at }: { readonly at: number }) {
  const timestamp = new Date(at).toISOString();
  return <time datetime={timestamp}>{dateInWords(timestamp)}</time>;
}

interface ActionsProps {
  readonly image: Image;
  readonly formToken: string;
  readonly hasReports: boolean;
  /** Where its answer leads: back to the list, or to the picture's own page. */
  readonly back: "list" | "image";
}

export function Actions({ image, formToken, hasReports, back }: ActionsProps) {
  const { id, status, nsfw } = image;
  return (
    <form method="post" action={`/operator/images/${id}`} class="judgement">
      <FormToken token={formToken} />
      <input type="hidden" name="back" value={back} />
      <RefuseFile id={id} />
      {status === "blocked" ? (
        <Action name="unblock" id={id}>
          Unblock
        </Action>
      ) : (
        <Action name="block" id={id}>
          Block
        </Action>
      )}
      {nsfw ? (
        <Action name="sfw" id={id}>
          Safe for work
        </Action>
      ) : (
        <Action name="nsfw" id={id}>
          Not safe for work
        </Action>
      )}
      {hasReports && (
        <Action name="dismiss" id={id}>
          Leave it as it is
        </Action>
      )}
      <details class="sure">
        <summary aria-label={`Delete ${id}`}>Delete</summary>
        <p>The picture and all its addresses are gone for good.</p>
        <Action name="delete" id={id}>
          Delete it for good
        </Action>
      </details>
    </form>
  );
}

/** Counts where the picture is blocked or deleted with it. */
function RefuseFile({ id }: { readonly id: string }) {
  return (
    <label class="refuse">
      <input type="checkbox" name="refuse" value="1" aria-label={`Refuse the file of ${id} from now on`} />
      <span>
        With <em>Block</em> and <em>Delete</em>: nobody can upload this very file again
      </span>
    </label>
  );
}

function Action({
  name,
  id,
  children,
}: {
  readonly name: string;
  readonly id: string;
  readonly children: string;
}) {
  return (
    <button type="submit" name="do" value={name} aria-label={`${children}: ${id}`}>
      {children}
    </button>
  );
}
