// In the head of a page: the way to one's account, or to get one.
import { FormToken } from "./form-token.tsx";

/** Who is signed in, as far as pages show it. */
export interface Visitor {
  readonly name: string;
  readonly isOperator: boolean;
  /** Goes into every form by `FormToken`. */
  readonly formToken: string;
}

interface AccountLinksProps {
  readonly visitor: Visitor | null;
  /** Where tabs lead to all the rest. */
  readonly isBrief: boolean;
}

export function AccountLinks({ visitor, isBrief }: AccountLinksProps) {
  return (
    <nav class="account-links" aria-label="Account">
      {visitor ? (
        <>
          {!isBrief && (
            <>
              {visitor.isOperator && <a href="/operator">Operator</a>}
              <a href="/gallery">Pictures</a>
              <a href="/account">Account</a>
            </>
          )}
          <form method="post" action="/sign-out">
            <FormToken token={visitor.formToken} />
            <button type="submit" class="plain">
              Sign out
            </button>
          </form>
        </>
      ) : (
        <a href="/sign-in">Sign in</a>
      )}
    </nav>
  );
}
