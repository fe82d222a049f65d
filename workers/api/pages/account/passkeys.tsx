// An account's passkeys, and the button that makes one.
import { FormToken } from "../form-token.tsx";

export interface PasskeyLine {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
}

interface PasskeysProps {
  readonly passkeys: readonly PasskeyLine[];
  readonly formToken: string;
}

export function Passkeys({ passkeys, formToken }: PasskeysProps) {
  return (
    <section aria-labelledby="passkeys">
      <h2 id="passkeys">Passkeys</h2>
      <p>With a passkey you sign in by fingerprint, face or PIN: no mail, no code.</p>
      <ul class="lines">
        {passkeys.map(({ id, name, createdAt, lastUsedAt }) => (
          <li>
            <span>
              {name}
              <small>
                added {dayOf(createdAt)},{" "}
                {lastUsedAt === null ? "not used yet" : `last used ${dayOf(lastUsedAt)}`}
              </small>
            </span>
            <form method="post" action="/account/passkeys/remove">
              <FormToken token={formToken} />
              <button type="submit" name="passkey" value={id} aria-label={`Remove the passkey of ${name}`}>
                Remove
              </button>
            </form>
          </li>
        ))}
      </ul>
      <button type="button" id="add-passkey" data-form-token={formToken} hidden>
        Add a passkey
      </button>
      <p id="passkey-told" role="alert"></p>
      <noscript>
        <p>Adding a passkey needs JavaScript. Everything else on this page does not.</p>
      </noscript>
    </section>
  );
}

const dayOf = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);
