// Where an account is signed in, and the way to end it.
import { FormToken } from "../form-token.tsx";

export interface SessionLine {
  readonly id: string;
  readonly agent: string;
  readonly seenAt: number;
  /** The one that looks at the page. */
  readonly isThis: boolean;
}

export function Sessions({
  sessions,
  formToken,
}: {
  readonly sessions: readonly SessionLine[];
  readonly formToken: string;
}) {
  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions">Where you are signed in</h2>
      <ul class="lines">
        {sessions.map(({ id, agent, seenAt, isThis }) => (
          <li>
            <span>
              {agent}
              <small>{isThis ? "this browser" : `last used ${dayOf(seenAt)}`}</small>
            </span>
            {!isThis && (
              <form method="post" action="/account/sessions/end">
                <FormToken token={formToken} />
                <button type="submit" name="session" value={id} aria-label={`Sign out ${agent}`}>
                  Sign out
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <form method="post" action="/account/sessions/end-others">
          <FormToken token={formToken} />
          <button type="submit">Sign out everywhere else</button>
        </form>
      )}
    </section>
  );
}

const dayOf = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);
