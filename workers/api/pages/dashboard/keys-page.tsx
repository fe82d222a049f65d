// `/keys`: what programs come with. A new key is on the page that answers its form, and never again.
import type { Visitor } from "../account-links.tsx";
import { FormToken } from "../form-token.tsx";
import { Problem } from "../problem.tsx";
import { dateInWords } from "../words.ts";
import { DashboardFrame } from "./frame.tsx";
import { type KeyOnPage, KeyRow } from "./key-row.tsx";

export interface KeysPageProps {
  readonly visitor: Visitor;
  readonly apiOrigin: string;
  readonly keys: readonly KeyOnPage[];
  readonly now: number;
  /** A key that was made just now. */
  readonly fresh: string | null;
  readonly problem: string | null;
}

export function KeysPage({ visitor, apiOrigin, keys, now, fresh, problem }: KeysPageProps) {
  const [alive, over] = [keys.filter((key) => isAlive(key, now)), keys.filter((key) => !isAlive(key, now))];
  return (
    <DashboardFrame
      visitor={visitor}
      here="/keys"
      title="Keys"
      head={<script type="module" src="/copy-buttons.js"></script>}
    >
      <h1>Keys</h1>
      <p class="lead">
        Programs come with a key and act for your account. <a href="/docs">The reference</a> says what they
        can do.
      </p>
      {fresh && <FreshKey secret={fresh} apiOrigin={apiOrigin} />}
      <Problem words={problem} />
      <NewKey formToken={visitor.formToken} />
      <h2 id="keys">Keys that work</h2>
      {alive.length === 0 && <p>There is none yet.</p>}
      <ul class="lines">
        {alive.map((key) => (
          <KeyRow line={key} formToken={visitor.formToken} />
        ))}
      </ul>
      {over.length > 0 && (
        <details>
          <summary>Keys that are over ({over.length})</summary>
          <ul class="lines">
            {over.map(({ name, hint, revokedAt, expiresAt }) => (
              <li>
                <span>
                  <bdi>{name}</bdi> <code>…{hint}</code>
                  <small>
                    {revokedAt === null ? "expired" : "revoked"} {dayOf(revokedAt ?? expiresAt ?? now)}
                  </small>
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </DashboardFrame>
  );
}

function FreshKey({ secret, apiOrigin }: { readonly secret: string; readonly apiOrigin: string }) {
  const curl = `curl -H "Authorization: Bearer ${secret}" -F file=@photo.jpg ${apiOrigin}/v1/images`;
  return (
    <section class="notice" aria-labelledby="fresh">
      <h2 id="fresh">Your new key</h2>
      <p>
        <strong>Copy it now.</strong> Only its fingerprint is kept here, so it can't be shown again.
      </p>
      <div class="snippet">
        <label for="secret">Key</label>
        <input id="secret" value={secret} readonly spellcheck={false} autocomplete="off" />
      </div>
      <div class="snippet">
        <label for="curl">Try it in a terminal</label>
        <input id="curl" value={curl} readonly spellcheck={false} autocomplete="off" />
      </div>
      <p role="status" class="said"></p>
    </section>
  );
}

function NewKey({ formToken }: { readonly formToken: string }) {
  return (
    <form method="post" action="/keys" class="new-key">
      <FormToken token={formToken} />
      <div class="field">
        <label for="name">New key</label>
        <small id="name-help">What it is for, such as “my laptop”.</small>
        <input
          id="name"
          name="name"
          maxlength={100}
          required
          autocomplete="off"
          aria-describedby="name-help"
        />
      </div>
      <fieldset class="field">
        <legend>It may</legend>
        <label>
          <input type="checkbox" name="may" value="read" checked /> read: look at and list your pictures
        </label>
        <label>
          <input type="checkbox" name="may" value="write" checked /> write: upload, change and delete them
        </label>
      </fieldset>
      <div class="field">
        <label for="days">It works</label>
        <select id="days" name="days">
          <option value="">until you revoke it</option>
          <option value="7">for 7 days</option>
          <option value="30">for 30 days</option>
          <option value="90">for 90 days</option>
          <option value="365">for a year</option>
        </select>
      </div>
      <button type="submit" class="main">
        Make the key
      </button>
    </form>
  );
}

function isAlive({ revokedAt, expiresAt }: KeyOnPage, now: number): boolean {
  return revokedAt === null && (expiresAt === null || expiresAt > now);
}

const dayOf = (milliseconds: number): string => dateInWords(new Date(milliseconds).toISOString());
