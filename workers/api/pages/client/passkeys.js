// Passkeys: one button adds one on the account page, another signs in with one. Both stay hidden where the browser knows none.

const add = document.getElementById("add-passkey");
const use = document.getElementById("use-passkey");
const told = document.getElementById("passkey-told");

if (window.PublicKeyCredential?.parseCreationOptionsFromJSON) {
  for (const button of [add, use]) if (button) button.hidden = false;
} else if (add && told) told.textContent = "Adding a passkey needs a browser of 2025 or later.";

add?.addEventListener("click", () =>
  busy(add, async () => {
    const token = add.dataset.formToken;
    const options = PublicKeyCredential.parseCreationOptionsFromJSON(
      await ask("/account/passkeys/options", {}, token),
    );
    const credential = await navigator.credentials.create({ publicKey: options });
    return ask("/account/passkeys", { response: credential.toJSON() }, token);
  }),
);

use?.addEventListener("click", () =>
  busy(use, async () => {
    const options = PublicKeyCredential.parseRequestOptionsFromJSON(
      await ask("/sign-in/passkey/options", {}),
    );
    const credential = await navigator.credentials.get({ publicKey: options });
    return ask("/sign-in/passkey", { response: credential.toJSON(), next: use.dataset.next });
  }),
);

/** Runs one at a time; says in words what went wrong, and goes on where the answer says. */
async function busy(button, work) {
  button.disabled = true;
  told.textContent = "";
  try {
    const { next } = await work();
    const here = location.pathname + location.search;
    location.assign(next);
    if (next.split("#")[0] === here) location.reload();
  } catch (error) {
    const isRefusedByPerson = error.name === "NotAllowedError";
    const isKnown = error.name === "InvalidStateError";
    told.textContent = isRefusedByPerson
      ? "Nothing happened: the browser was not allowed to go on."
      : isKnown
        ? "This device has a passkey of yours already."
        : error.message;
  } finally {
    button.disabled = false;
  }
}

async function ask(path, body, formToken) {
  const headers = {
    "Content-Type": "application/json",
    ...(formToken && { "Edgepix-Form-Token": formToken }),
  };
  const answer = await fetch(path, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
    redirect: "error",
  });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(said.problem ?? "That did not work. Load the page again.");
  return said;
}
