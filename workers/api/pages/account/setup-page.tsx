// `/setup`: the first account of a deployment, without any mail.
import { Layout } from "../layout.tsx";
import { MessagePage } from "../message-page.tsx";
import { Problem } from "../problem.tsx";

export function SetupPage({ token, problem }: { readonly token: string; readonly problem: string | null }) {
  return (
    <Layout title="Set up · edgepix">
      <section class="account">
        <h1>Make this deployment yours</h1>
        <p>
          Whoever holds the setup token becomes the operator, with an account without limits. The token is
          good once.
        </p>
        <Problem words={problem} id="problem" />
        <form method="post" action="/setup">
          <div class="field">
            <label for="token">Setup token</label>
            <input
              id="token"
              name="token"
              value={token}
              autocomplete="off"
              spellcheck={false}
              {...(problem && { "aria-describedby": "problem" })}
              required
            />
          </div>
          <div class="field">
            <label for="name">Your name</label>
            <input id="name" name="name" autocomplete="name" maxlength={100} required />
          </div>
          <button type="submit" class="main">
            Make it mine
          </button>
        </form>
      </section>
    </Layout>
  );
}

export function NoSetupPage() {
  return (
    <MessagePage title="Set up" heading="There is nothing to set up here">
      <p>
        No setup token is set. If this is your deployment, set one with{" "}
        <code>npx wrangler secret put SETUP_TOKEN</code> and open this page again.
      </p>
    </MessagePage>
  );
}

export function ClaimedPage() {
  return (
    <MessagePage title="Set up" heading="This deployment has its operator">
      <p role="alert">The setup token was used already, and it is good once.</p>
      <p>
        <a href="/sign-in">Sign in</a>. If that can't be done any more, the owner of the Cloudflare account
        sets another SETUP_TOKEN, which makes another operator.
      </p>
    </MessagePage>
  );
}
