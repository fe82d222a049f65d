// `/operator/files`: files that nobody may upload, the newest first.
import type { Visitor } from "../account-links.tsx";
import { FormToken } from "../form-token.tsx";
import { Problem } from "../problem.tsx";
import { OperatorFrame } from "./frame.tsx";
import { Day } from "./reported-image.tsx";

export interface FileOnPage {
  readonly sha256: string;
  readonly imageId: string | null;
  readonly note: string;
  readonly blockedAt: number;
  /** The operator's account; null for a program's. */
  readonly blockedBy: string | null;
  readonly liftedAt: number | null;
}

interface FilesPageProps {
  readonly visitor: Visitor;
  readonly files: readonly FileOnPage[];
  readonly next: string | null;
  readonly isFirst: boolean;
  readonly problem: string | null;
}

export function FilesPage({ visitor, files, next, isFirst, problem }: FilesPageProps) {
  const { formToken } = visitor;
  return (
    <OperatorFrame visitor={visitor} here="/operator/files" title="Refused files">
      <p>
        Nobody can upload these again, by whatever way. A file is known by its SHA-256: the same picture saved
        anew, or a size of it, is another file.
      </p>
      <Problem words={problem} />
      <form method="post" action="/operator/files">
        <FormToken token={formToken} />
        <div class="field">
          <label for="sha256">SHA-256 of a file, 64 hexadecimal digits</label>
          <input id="sha256" name="sha256" autocomplete="off" spellcheck={false} required />
        </div>
        <div class="field">
          <label for="note">A note for whoever reads this later</label>
          <input id="note" name="note" maxlength={500} autocomplete="off" />
        </div>
        <button type="submit" class="main">
          Refuse it
        </button>
      </form>
      <h2>Refused so far</h2>
      {files.length === 0 && <p>{isFirst ? "None yet." : "There are no more."}</p>}
      <ul class="lines">
        {files.map((file) => (
          <RefusedFile file={file} formToken={formToken} />
        ))}
      </ul>
      {next && (
        <nav class="pages" aria-label="More files">
          <a class="button" href={next} rel="next">
            Older ones
          </a>
        </nav>
      )}
    </OperatorFrame>
  );
}

function RefusedFile({ file, formToken }: { readonly file: FileOnPage; readonly formToken: string }) {
  const { sha256, imageId, note, blockedAt, blockedBy, liftedAt } = file;
  return (
    <li>
      <span>
        <code class="hash">{sha256}</code>
        <small>
          {note && (
            <>
              <bdi>{note}</bdi> ·{" "}
            </>
          )}
          refused <Day at={blockedAt} /> by{" "}
          {blockedBy ? <a href={`/operator/accounts/${blockedBy}`}>an operator</a> : "a program"}
          {imageId && (
            <>
              {" "}
              with <a href={`/operator/images/${imageId}`}>{imageId}</a>
            </>
          )}
          {liftedAt !== null && (
            <>
              , allowed again <Day at={liftedAt} />
            </>
          )}
        </small>
      </span>
      {liftedAt === null && (
        <form method="post" action="/operator/files/allow">
          <FormToken token={formToken} />
          <button
            type="submit"
            name="sha256"
            value={sha256}
            aria-label={`Allow the file ${sha256.slice(0, 12)} again`}
          >
            Allow it again
          </button>
        </form>
      )}
    </li>
  );
}
