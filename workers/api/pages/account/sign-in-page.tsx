// `/sign-in` and `/sign-up`: one form, because who shows that an address is theirs is let in or gets an account.
import { Layout } from "../layout.tsx";
import { Problem } from "../problem.tsx";

export interface SignInPageProps {
  readonly kind: "sign-in" | "sign-up";
  readonly email: string;
  readonly next: string;
  readonly invitation: string;
  readonly signUps: "open" | "invite" | "closed";
  /** Whether codes can be sent from here. */
  readonly sendsMail: boolean;
  /** Turnstile's; null = it is not asked. */
  readonly siteKey: string | null;
  /** Why the last try failed, in words. */
  readonly problem: string | null;
}

export function SignInPage(props: SignInPageProps) {
  const { kind, next, invitation, signUps, sendsMail, siteKey, problem } = props;
  const heading = kind === "sign-up" ? "Sign up" : "Sign in";
  const mayTry = sendsMail && (kind === "sign-in" || signUps === "open" || invitation !== "");
  const head = (
    <>
      {kind === "sign-in" && <script type="module" src="/passkeys.js"></script>}
      {siteKey && <script src="https://challenges.cloudflare.com/turnstile/v0/api.js" async defer></script>}
    </>
  );
  return (
    <Layout title={`${heading} · edgepix`} head={head}>
      <section class="account">
        <h1>{heading}</h1>
        <Problem words={problem} id="problem" />
        {mayTry && <EmailForm {...props} />}
        {kind === "sign-in" && (
          <>
            <button type="button" id="use-passkey" data-next={next} hidden>
              Sign in with a passkey
            </button>
            <p id="passkey-told" role="alert"></p>
            <noscript>
              <p>Signing in with a passkey needs JavaScript; with a code it does not.</p>
            </noscript>
          </>
        )}
        {!sendsMail && <p>This deployment sends no e-mail yet, so it can't send a code.</p>}
        {kind === "sign-up" && <WhoMaySignUp signUps={signUps} isInvited={invitation !== ""} />}
        {kind === "sign-in" && signUps === "open" && (
          <p>
            No account yet? <a href={`/sign-up?next=${encodeURIComponent(next)}`}>Sign up</a>
          </p>
        )}
      </section>
    </Layout>
  );
}

function EmailForm({ kind, email, next, invitation, siteKey, problem }: SignInPageProps) {
  return (
    <form method="post" action={`/${kind}`}>
      <input type="hidden" name="next" value={next} />
      <input type="hidden" name="invitation" value={invitation} />
      <div class="field">
        <label for="email">E-mail</label>
        <small id="email-hint">You get a code of six digits. There is no password.</small>
        <input
          id="email"
          name="email"
          type="email"
          value={email}
          autocomplete="email"
          maxlength={254}
          aria-describedby={problem ? "problem email-hint" : "email-hint"}
          required
        />
      </div>
      {siteKey && <div class="cf-turnstile" data-sitekey={siteKey}></div>}
      {siteKey && (
        <noscript>
          <p>Sending a code needs JavaScript here: it keeps programs from mailing strangers.</p>
        </noscript>
      )}
      <button type="submit" class="main">
        Send me a code
      </button>
    </form>
  );
}

function WhoMaySignUp({
  signUps,
  isInvited,
}: {
  readonly signUps: SignInPageProps["signUps"];
  readonly isInvited: boolean;
}) {
  if (signUps === "closed") return <p>Signing up is closed here.</p>;
  if (signUps === "invite" && !isInvited)
    return <p>Signing up is by invitation here: ask the operator for a link, and open it.</p>;
  return (
    <p>
      <a href="/plans">What an account holds</a>
    </p>
  );
}
