// Which key the examples mean, for who is signed in: keys are shown once, so it is told by its name and its last characters.
import type { Reader, ReadersKey } from "./props.ts";

export function KeyHint({ reader }: { readonly reader: Reader | null }) {
  if (!reader) return null;
  return <div class="key-hint">{reader.key ? <Known of={reader.key} /> : <None />}</div>;
}

function Known({ of: { name, abilities, hint } }: { readonly of: ReadersKey }) {
  const [ability, ...others] = abilities.split(",");
  return (
    <p>
      Your newest key is “<bdi>{name}</bdi>”, <code>img_live_…{hint}</code>
      {others.length === 0 && `, and may only ${ability}`}. Put it in the place of <code>img_live_…</code>. A
      key is shown only when it is made: if you have not kept this one, <a href="/keys">make another</a>.
    </p>
  );
}

function None() {
  return (
    <p>
      You have no key yet: <a href="/keys">make one</a>, and put it in the place of <code>img_live_…</code>.
    </p>
  );
}
