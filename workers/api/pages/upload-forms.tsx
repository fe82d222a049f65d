// Where a visitor puts a picture: a file or an address. Two plain forms, which upload.js turns into one drop zone with progress.
import { Problem } from "./problem.tsx";
import { type WayOut, WayOutLink } from "./way-out.tsx";

interface UploadFormsProps {
  /** Where both forms go. */
  readonly action?: string;
  /** What the form for an address begins with: nothing is taken before somebody sends it. */
  readonly address?: string | undefined;
  readonly maxFileBytes: number;
  /** How long a picture stays at most; null = until it is deleted. */
  readonly maxTtlSeconds?: number | null;
  /** Whether the form for an address opens on demand only; with an address it is open. */
  readonly isFolded?: boolean;
  /** Why the last try failed, in words; null = there was none, or it went well. */
  readonly problem: string | null;
  readonly wayOut?: WayOut | null | undefined;
}

export function UploadForms({
  action = "/",
  address,
  maxFileBytes,
  maxTtlSeconds = null,
  isFolded = false,
  problem,
  wayOut,
}: UploadFormsProps) {
  return (
    <section class="upload" aria-labelledby="upload-heading">
      <h2 id="upload-heading" class="aside">
        Upload
      </h2>
      <Problem words={problem} />
      <WayOutLink to={wayOut} />
      <form
        class="drop"
        id="upload"
        action={action}
        method="post"
        enctype="multipart/form-data"
        data-max-bytes={String(maxFileBytes)}
      >
        <label class="choose" for="file">
          <strong>Choose a picture</strong>
          <span class="with-scripts">or drop some anywhere on this page, or paste one</span>
        </label>
        <input id="file" name="file" type="file" accept="image/*,.heic,.heif,.avif,.tif,.tiff" required />
        <button type="submit" class="main">
          Upload
        </button>
        <Stay maxTtlSeconds={maxTtlSeconds} />
      </form>
      {isFolded && address === undefined ? (
        <details class="folded">
          <summary>Take one from the web</summary>
          <ImportForm action={action} label="Its address" />
        </details>
      ) : (
        <ImportForm action={action} address={address} label="Or take one from the web" />
      )}
    </section>
  );
}

const DAY_SECONDS = 86_400;
const lifetimes = [
  ["30d", "30 days", 30 * DAY_SECONDS],
  ["7d", "7 days", 7 * DAY_SECONDS],
  ["1d", "1 day", DAY_SECONDS],
  ["1h", "1 hour", 3_600],
] as const;

/** What is not chosen stays as long as it may. With scripts the choice is of pictures from the web, too. */
function Stay({ maxTtlSeconds }: { readonly maxTtlSeconds: number | null }) {
  const longest =
    maxTtlSeconds === null ? "until you delete them" : `${Math.round(maxTtlSeconds / DAY_SECONDS)} days`;
  return (
    <p class="stay">
      <label for="ttl">Pictures stay</label>
      <select id="ttl" name="ttl">
        <option value="">{longest}</option>
        {lifetimes
          .filter(([, , seconds]) => maxTtlSeconds === null || seconds < maxTtlSeconds)
          .map(([value, words]) => (
            <option value={value}>{words}</option>
          ))}
      </select>
    </p>
  );
}

interface ImportFormProps {
  readonly action: string;
  readonly address?: string | undefined;
  readonly label: string;
}

function ImportForm({ action, address, label }: ImportFormProps) {
  return (
    <form class="address" id="import" action={action} method="post">
      <label for="url">{label}</label>
      <div class="row">
        <input
          id="url"
          name="url"
          type="url"
          value={address}
          placeholder="https://example.com/picture.jpg"
          autocomplete="off"
          required
        />
        <button type="submit">Take it</button>
      </div>
    </form>
  );
}
