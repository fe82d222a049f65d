// Sends what is chosen to the page's own routes, a hundred at a time as they take it.
// @ts-check

const AT_ONCE = 100;

/**
 * @typedef {object} Sent
 * @property {string} problem Why it did not work, in words; empty where it did.
 * @property {readonly Document[]} pages What was answered.
 */

/**
 * @param {string} address
 * @param {HTMLFormElement} form
 * @param {readonly string[]} ids
 * @param {Readonly<Record<string, string>>} [more]
 * @returns {Promise<Sent>}
 */
export async function sendChosen(address, form, ids, more = {}) {
  /** @type {Document[]} */
  const pages = [];
  if (ids.length === 0) return { problem: "Choose a picture first.", pages };
  for (const body of bodiesOf(form, ids, more)) {
    const answer = await fetch(address, { method: "POST", body }).catch(() => null);
    if (!answer) return { problem: "The connection was lost.", pages };
    // Signed out meanwhile.
    if (answer.redirected && new URL(answer.url).pathname === "/sign-in")
      return { problem: "You are signed out. Load the page again.", pages };
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    pages.push(page);
    if (!answer.ok) return { problem: problemIn(page), pages };
  }
  return { problem: "", pages };
}

/**
 * @param {HTMLFormElement} form
 * @param {readonly string[]} ids
 * @param {Readonly<Record<string, string>>} more
 */
export function bodiesOf(form, ids, more) {
  const bodies = [];
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (name !== "id" && typeof value === "string") body.append(name, value);
    }
    for (const id of ids.slice(at, at + AT_ONCE)) body.append("id", id);
    for (const [name, value] of Object.entries(more)) body.set(name, value);
    bodies.push(body);
  }
  return bodies;
}

/** @param {Document} page */
function problemIn(page) {
  return page.querySelector(".problem")?.textContent ?? "That did not work.";
}
