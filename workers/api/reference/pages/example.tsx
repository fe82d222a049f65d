// A call as a reader sees it: the request in one of three languages, chosen without a script, and the whole answer.
import type { Call } from "../examples/call.ts";
import { languages } from "../examples/languages.ts";

const statusTexts: Readonly<Record<Call["status"], string>> = {
  200: "OK",
  201: "Created",
  401: "Unauthorized",
  404: "Not Found",
  409: "Conflict",
  422: "Unprocessable Content",
};

export function Example({ call, apiOrigin }: { readonly call: Call; readonly apiOrigin: string }) {
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is no grid, and its legend would be in the way */}
      <div class="example" role="group" aria-label={call.title}>
        {languages.flatMap(({ id, label }) => [
          <input
            type="radio"
            name={`language-${call.name}`}
            id={`${call.name}-${id}`}
            value={id}
            checked={id === "curl"}
          />,
          <label for={`${call.name}-${id}`}>{label}</label>,
        ])}
        {languages.map(({ id, label, write }) => (
          <Code kind={id} label={`${call.title}, ${label}`} text={write(call, apiOrigin)} />
        ))}
      </div>
      <Answer call={call} />
    </>
  );
}

/** Code to copy; docs.js puts the button there. */
export function Code({
  kind = "",
  label,
  text,
}: {
  readonly kind?: string;
  readonly label: string;
  readonly text: string;
}) {
  return (
    <div class={`code ${kind}`.trim()} data-label={label}>
      <pre>
        <code>{text}</code>
      </pre>
    </div>
  );
}

function Answer({ call: { status, answer, answerHeaders = {} } }: { readonly call: Call }) {
  const headers = Object.entries(answerHeaders).map(([name, value]) => `${name}: ${value}\n`);
  return (
    <details class="answer" open>
      <summary>
        Answer: {status} {statusTexts[status]}
      </summary>
      <pre>
        <code>{`${headers.join("")}${headers.length > 0 ? "\n" : ""}${JSON.stringify(answer, null, 2)}`}</code>
      </pre>
    </details>
  );
}
