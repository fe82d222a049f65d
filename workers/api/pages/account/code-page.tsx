// The second step: six digits from the mail.
import { FormToken } from "../form-token.tsx";
import { Layout } from "../layout.tsx";
import { Problem } from "../problem.tsx";

export interface CodePageProps {
  readonly email: string;
  /** Where the form goes. */
  readonly action: string;
  /** Where one asks for another code. */
  readonly again: string;
  readonly formToken: string;
  /** What the first step said and the second needs. */
  readonly hidden: Readonly<Record<string, string>>;
  /** The code itself, in local development only. */
  readonly shownCode: string | null;
  readonly problem: string | null;
}

export function CodePage({ email, action, again, formToken, hidden, shownCode, problem }: CodePageProps) {
  return (
    <Layout title="Your code · edgepix">
      <section class="account">
        <h1>Look into your mail</h1>
        <Problem words={problem} id="problem" />
        {problem === null && (
          <p role="status">
            A code of six digits is on its way to <strong>{email}</strong>. It is good for 10 minutes, in this
            browser.
          </p>
        )}
        {shownCode && (
          <p class="problem">
            Local development, no mail was sent: the code is <strong id="shown-code">{shownCode}</strong>
          </p>
        )}
        <form method="post" action={action}>
          <FormToken token={formToken} />
          <input type="hidden" name="email" value={email} />
          {Object.entries(hidden).map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <div class="field">
            <label for="code">Code</label>
            <input
              id="code"
              name="code"
              class="code"
              inputmode="numeric"
              autocomplete="one-time-code"
              maxlength={16}
              {...(problem && { "aria-describedby": "problem", "aria-invalid": "true" })}
              required
              autofocus
            />
          </div>
          <button type="submit" class="main">
            Go on
          </button>
        </form>
        <p>
          Nothing came? Look among the unwanted mail, or <a href={again}>ask for another code</a>.
        </p>
      </section>
    </Layout>
  );
}
