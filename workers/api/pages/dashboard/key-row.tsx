// One key that works, and the way to end it: asked twice, with and without scripts.
import { FormToken } from "../form-token.tsx";
import { dateInWords } from "../words.ts";

export interface KeyOnPage {
  readonly id: string;
  readonly name: string;
  readonly hint: string;
  /** Comma-separated: `read,write`. */
  readonly abilities: string;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly revokedAt: number | null;
  /** Exact to the hour. */
  readonly lastUsedAt: number | null;
}

export function KeyRow({ line, formToken }: { readonly line: KeyOnPage; readonly formToken: string }) {
  const { id, name, hint, abilities, createdAt, expiresAt, lastUsedAt } = line;
  return (
    <li>
      <span>
        <bdi>{name}</bdi> <code>…{hint}</code>
        <small>
          {abilities.split(",").join(" and ")} · made <Day at={createdAt} /> ·{" "}
          {lastUsedAt === null ? (
            "never used"
          ) : (
            <>
              last used <Day at={lastUsedAt} />
            </>
          )}
          {expiresAt !== null && (
            <>
              {" "}
              · until <Day at={expiresAt} />
            </>
          )}
        </small>
      </span>
      <details class="sure">
        <summary aria-label={`Revoke ${name}`}>Revoke</summary>
        <form method="post" action="/keys/revoke">
          <FormToken token={formToken} />
          <p>Programs that use it are refused from then on. Pictures stay.</p>
          <button type="submit" name="key" value={id}>
            Revoke this key
          </button>
        </form>
      </details>
    </li>
  );
}

function Day({ at }: { readonly at: number }) {
  const timestamp = new Date(at).toISOString();
  return <time datetime={timestamp}>{dateInWords(timestamp)}</time>;
}
